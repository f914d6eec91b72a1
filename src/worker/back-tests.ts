// The job run_back_tests: runs queued back-tests on a separate thread, so that they do not block
// requests.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { HAS_BACK_TESTS, silentSince } from '../backtests/store.ts'
import type { BackTestSetup } from './back-test-thread.ts'
import { eachBusiness } from './businesses.ts'
import type { JobDeps, Tally } from './deps.ts'
import { NOTHING } from './deps.ts'

/** A process runs one back-test at a time, to leave a core to the orders. */
let running = false

/** `signal` ends the thread after the current page. The next run starts the back-test again. */
export async function runBackTestsOnThread(deps: JobDeps, setup: BackTestSetup): Promise<Tally> {
  if (running || !(await isAnyWaiting(deps))) return NOTHING
  running = true
  try {
    return await onThread(setup, deps.signal)
  } finally {
    running = false
  }
}

async function isAnyWaiting(deps: JobDeps): Promise<boolean> {
  const { done } = await eachBusiness(deps, HAS_BACK_TESTS, [silentSince(deps.clock.now())], async () => {
    return { done: 1, failed: 0 }
  })
  return done > 0
}

/** Megabytes: enough for the ids of two million sales, and sums by customer. */
const MOST_MEMORY = 768

async function onThread(setup: BackTestSetup, signal: AbortSignal | undefined): Promise<Tally> {
  const thread = new Worker(new URL('./back-test-thread.ts', import.meta.url), {
    name: 'back-tests',
    workerData: setup,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY },
  })
  const stop = () => thread.postMessage('stop')
  signal?.addEventListener('abort', stop)
  try {
    let tally = NOTHING
    thread.on('message', (message: Tally) => {
      tally = message
    })
    await once(thread, 'exit')
    return tally
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}
