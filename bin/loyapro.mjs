#!/usr/bin/env node
// Starts LoyaPro: the server (`loyapro start`) and every other command, with the Node.js version
// and the flags that LoyaPro is measured with. npm, the image and the benchmark start it here.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const OLDEST_NODE = 24

// The only list of Node.js flags, with the gain of each, measured by leaving it out: servers with
// and without it took turns on one database (two busy cores, Node 26.10, 200 businesses). Memory is
// resident memory after 15,000 orders; CPU is that of the server per order.
const NODE_FLAGS = [
  // Young memory per thread. Without it: 369 instead of 296 MB (20 %).
  '--max-semi-space-size=14',
  // Collects old memory before it has doubled. Without it: 312 instead of 289 MB (8 %).
  '--heap-growing-percent=60',
  // A process that starts on an empty database is slow at first, and V8 would conclude that the
  // objects of an order live long. Without it: 0.85 instead of 0.72 ms CPU (15 %).
  '--no-allocation-site-pretenuring',
  // Discards nothing in a pause that the next orders need. Without it: 0.87 instead of 0.76 ms CPU
  // after a pause of a minute (13 %).
  '--no-memory-reducer',
  // Helper threads of V8. Without it: 323 instead of 282 MB (13 %) in one run, 304 instead of 289
  // MB (5 %) in another.
  '--v8-pool-size=2',
]

// Setting of glibc's allocator: threads share freed memory. Without it: 321 instead of 282 MB (12
// %) in one run, 304 instead of 288 MB (5 %) in another. A value in the environment wins.
const ALLOCATOR = { MALLOC_ARENA_MAX: '2' }

const pathOf = (file) => fileURLToPath(new URL(`../${file}`, import.meta.url))
const pinnedNode = pathOf('node_modules/.bin/node')
const node = existsSync(pinnedNode) ? pinnedNode : process.execPath

if (node !== pinnedNode && Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  console.error(
    `LoyaPro needs Node.js ${OLDEST_NODE} or later; this is ${process.version}. Run "npm ci" first; it installs the right version.`,
  )
  process.exitCode = 1
} else {
  const [command] = process.argv.slice(2)
  // Flags of the launcher itself go to LoyaPro too: `node --cpu-prof bin/loyapro.mjs start`.
  const args = [...NODE_FLAGS, ...process.execArgv, entryOf(command), ...process.argv.slice(2)]
  const env = { ...ALLOCATOR, ...process.env }
  if (process.execve && process.platform !== 'win32') process.execve(node, [node, ...args], env)
  else runAsChild(args, env)
}

/** A checkout of the repository has the commands of the tools too; the image has no tools. */
function entryOf(command) {
  const withTools = pathOf('tools/cli.ts')
  return command !== 'start' && existsSync(withTools) ? withTools : pathOf('src/cli.ts')
}

/**
 * For a Node.js that cannot replace its own process (before 22.15). Ends as the child does: with
 * the same exit code or signal.
 */
function runAsChild(args, env) {
  const child = spawn(node, args, { env, stdio: 'inherit' })
  // A terminal sends Ctrl-C to both processes.
  process.on('SIGINT', (signal) => process.stdin.isTTY || child.kill(signal))
  process.on('SIGTERM', (signal) => child.kill(signal))
  child.once('error', (error) => {
    console.error(error.message)
    process.exitCode = 1
  })
  child.once('exit', (code, signal) => {
    process.removeAllListeners('SIGINT').removeAllListeners('SIGTERM')
    if (signal) process.kill(process.pid, signal)
    else process.exitCode = code ?? 1
  })
}
