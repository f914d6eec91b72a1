#!/usr/bin/env node
// Runs the command line on the Node that it is written for, whichever Node this one is.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const OLDEST = 24

// The commands of the tools are there in a checkout of the repository; the image has none, and the
// server needs none.
const [server, tools] = ['../src/cli.ts', '../tools/cli.ts'].map((file) =>
  fileURLToPath(new URL(file, import.meta.url)),
)
const cli = process.argv[2] !== 'start' && existsSync(tools) ? tools : server
const pinned = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url))
const isPinnedThere = existsSync(pinned)

if (!isPinnedThere && Number.parseInt(process.versions.node, 10) < OLDEST) {
  console.error(
    `LoyaPro needs Node.js ${OLDEST} or later; this is ${process.version}. Run "npm ci" first; it installs the right version.`,
  )
  process.exitCode = 1
} else {
  // Garbage is collected more often than V8 would by itself: 150 MB less memory under load. What
  // slow first orders are made of is not taken for what lasts. What was compiled stays so, and
  // nothing is tidied up in a quiet while: the first orders after it are as fast as those before.
  const args = [
    `--import=${new URL('./stripped.mjs', import.meta.url).href}`,
    '--max-semi-space-size=10',
    '--heap-growing-percent=60',
    '--no-allocation-site-pretenuring',
    '--no-flush-bytecode',
    '--no-memory-reducer',
    '--v8-pool-size=2',
    cli,
    ...process.argv.slice(2),
  ]
  // Of glibc: memory that one thread gives back, another one uses, and what lies free at the end
  // goes back to the system.
  const env = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072', ...process.env }
  const child = spawn(isPinnedThere ? pinned : process.execPath, args, { env, stdio: 'inherit' })
  // A terminal sends its signals to both processes; what is sent to this one alone is passed on. A
  // second would mean "now".
  const pass = (signal) => {
    if (!process.stdin.isTTY) child.kill(signal)
  }
  process.on('SIGINT', pass).on('SIGTERM', (signal) => child.kill(signal))
  child.once('error', (error) => {
    console.error(error.message)
    process.exitCode = 1
  })
  child.once('exit', (code, signal) => {
    process.removeAllListeners('SIGINT').removeAllListeners('SIGTERM')
    // Ends as the child did, so that whoever started this one sees what happened.
    if (signal) process.kill(process.pid, signal)
    else process.exitCode = code ?? 1
  })
}
