// Runs the tests on a real PostgreSQL: a throwaway server, or new databases on the server of
// DATABASE_URL (`npm test -- --help`).
import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import type { TestServer } from '../test/support/database.ts'
import { withThrowawayServer } from './throwaway-server.ts'

const HELP = `npm test                                  all tests but those of test/faults and test/slow
npm test -- src/ledger money.test.ts      the files whose path contains one of these words
npm test -- test/slow                     a folder that is otherwise left out
npm test -- --test-name-pattern=expiry    any option of node --test, written with "="`

const FOLDERS = ['src', 'test', 'contract', 'scripts', 'simulator', 'bench']
const LEFT_OUT = ['test/faults/', 'test/slow/']

const interruption: { signal?: NodeJS.Signals; pass?: (signal: NodeJS.Signals) => void } = {}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    interruption.signal = signal
    interruption.pass?.(signal)
  })
}

const words = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const options = process.argv.slice(2).filter((argument) => argument.startsWith('--'))

if (options.includes('--help')) {
  console.log(HELP)
} else {
  const files = chooseFiles()
  if (files.length === 0) {
    console.error(`no test file has a path with: ${words.join(', ')}`)
    process.exitCode = 1
  } else {
    process.exitCode = await withThrowawayServer((server) => runTests(files, server))
  }
}

function chooseFiles(): string[] {
  const all = globSync(FOLDERS.map((folder) => `${folder}/**/*.test.ts`)).sort()
  if (words.length === 0) return all.filter((file) => !LEFT_OUT.some((folder) => file.startsWith(folder)))
  return all.filter((file) => words.some((word) => file.includes(word.replace(/^\.\//, ''))))
}

/**
 * A signal goes to the tests, or keeps them from starting: in either case the server is stopped
 * after they are gone.
 */
function runTests(files: string[], server: TestServer): Promise<number> {
  if (interruption.signal) return Promise.resolve(1)
  const child = spawn(
    process.execPath,
    ['--test', '--test-concurrency=2', '--test-timeout=2700000', '--test-reporter=spec', ...options, ...files],
    { stdio: 'inherit', env: { ...process.env, LOYAPRO_TEST_DATABASE: JSON.stringify(server) } },
  )
  interruption.pass = (signal) => child.kill(signal)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
