// Runs the tests on a real PostgreSQL: a throwaway server, or new databases on the server of
// DATABASE_URL (`npm test -- --help`).
import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { TestServer } from '../test/support/database.ts'
import { withThrowawayServer } from './throwaway-server.ts'

const HELP = `npm test                                  every kind of test, with few repetitions
npm run test:full                         the same tests at full size, and those of test/slow
npm test -- src/ledger money.test.ts      the files whose path contains one of these words
npm test -- --test-name-pattern=expiry    any option of node --test, written with "="
LOYAPRO_RUNS=500 npm test -- test/laws    another number of repetitions: 1000 is the full size`

const FOLDERS = ['src', 'contract', 'web', 'scripts', 'tools', 'test']
const FULL_SIZE_ONLY = 'test/slow/'
/** They measure what servers do under load, so no other test runs at the same time. */
const ALONE_AT_FULL_SIZE = ['test/faults.test.ts']
/** Tests that wait, for a process or a clock, leave a core to others. */
const FILES_AT_ONCE = availableParallelism() + 1
const REPORTER = new URL('./test-reporter.ts', import.meta.url).href
/** Compiled sources of a run are reused by its other files, which load the same modules. */
const COMPILE_CACHE = fileURLToPath(new URL('../node_modules/.cache/tests', import.meta.url))
const LONGEST_TEST_MS = 45 * 60_000

const interruption: { signal?: NodeJS.Signals; pass?: (signal: NodeJS.Signals) => void } = {}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    interruption.signal = signal
    interruption.pass?.(signal)
  })
}

const given = process.argv.slice(2)
const isFull = given.includes('--full')
const words = given.filter((argument) => !argument.startsWith('--'))
const options = given.filter((argument) => argument.startsWith('--') && argument !== '--full')

if (options.includes('--help')) {
  console.log(HELP)
} else {
  const files = chooseFiles()
  if (files.length === 0) {
    console.error(`no test file has a path with: ${words.join(', ')}`)
    process.exitCode = 1
  } else {
    process.exitCode = await withThrowawayServer(async (server) => {
      const alone = isFull ? files.filter((file) => ALONE_AT_FULL_SIZE.includes(file)) : []
      const together = await runTests(
        files.filter((file) => !alone.includes(file)),
        server,
      )
      return together || (await runTests(alone, server))
    })
  }
}

function chooseFiles(): string[] {
  const found = globSync(FOLDERS.map((folder) => `${folder}/**/*.test.ts`)).sort()
  if (words.length > 0) return found.filter((file) => words.some((word) => file.includes(word.replace(/^\.\//, ''))))
  return isFull ? found : found.filter((file) => !file.startsWith(FULL_SIZE_ONLY))
}

/**
 * Passes signals to the tests and keeps them from starting after one, so that the server is stopped
 * after the tests have ended.
 */
function runTests(files: string[], server: TestServer): Promise<number> {
  if (files.length === 0) return Promise.resolve(0)
  if (interruption.signal) return Promise.resolve(1)
  const reporter = options.some((option) => option.startsWith('--test-reporter')) ? [] : [`--test-reporter=${REPORTER}`]
  const child = spawn(
    process.execPath,
    [
      '--test',
      `--test-concurrency=${FILES_AT_ONCE}`,
      `--test-timeout=${LONGEST_TEST_MS}`,
      ...reporter,
      ...options,
      ...files,
    ],
    { stdio: 'inherit', env: environment(files, server) },
  )
  interruption.pass = (signal) => child.kill(signal)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

function environment(files: readonly string[], server: TestServer): NodeJS.ProcessEnv {
  return {
    NODE_COMPILE_CACHE: COMPILE_CACHE,
    ...(isFull && { LOYAPRO_RUNS: '1000' }),
    ...process.env,
    LOYAPRO_TEST_DATABASE: JSON.stringify(server),
    LOYAPRO_TEST_FILES: String(files.length),
  }
}
