// Runs the tests on a real PostgreSQL: a throwaway server, or new databases on the server of DATABASE_URL. `npm test -- --help`
import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import type { TestServer } from '../test/support/database.ts'
import { withThrowawayServer } from './throwaway-server.ts'

const HELP = `npm test                                  all tests but those of test/faults and test/slow
npm test -- src/ledger money.test.ts      the files whose path contains one of these words
npm test -- test/slow                     a folder that is otherwise left out
npm test -- --test-name-pattern=expiry    any option of node --test, written with "="`

const FOLDERS = ['src', 'test', 'contract', 'scripts']
const LEFT_OUT = ['test/faults/', 'test/slow/']

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

/** Waits for the tests however they end: a signal goes to them, so that the server is stopped after they are gone. */
function runTests(files: string[], server: TestServer): Promise<number> {
  const child = spawn(
    process.execPath,
    ['--test', '--test-concurrency=2', '--test-timeout=900000', '--test-reporter=spec', ...options, ...files],
    { stdio: 'inherit', env: { ...process.env, LOYAPRO_TEST_DATABASE: JSON.stringify(server) } },
  )
  const forward = (signal: NodeJS.Signals) => child.kill(signal)
  process.on('SIGINT', forward).on('SIGTERM', forward)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
