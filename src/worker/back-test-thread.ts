// The thread of back-tests: runs queued back-tests one after the other and ends.
import { parentPort, workerData } from 'node:worker_threads'
import { type BackTestDeps, runNextBackTest } from '../backtests/run.ts'
import { HAS_BACK_TESTS, silentSince } from '../backtests/store.ts'
import { createDatabase } from '../db/database.ts'
import { must } from '../kernel/assert.ts'
import { systemClock } from '../kernel/clock.ts'
import { createLog, destinationOf } from '../server/log.ts'
import { eachBusiness } from './businesses.ts'

/** The parameters of the thread. */
export interface BackTestSetup {
  databaseUrl: string
  logLevel: string
  readableLog: boolean
}

const { databaseUrl, logLevel, readableLog } = workerData as BackTestSetup
const port = must(parentPort, 'the thread that started this one')
const stopping = new AbortController()
port.on('message', () => stopping.abort())
const log = createLog({ level: logLevel, readable: readableLog, destination: destinationOf(2), clock: systemClock })
const db = createDatabase({
  url: databaseUrl,
  // One reads pages, one writes the progress.
  max: 2,
  applicationName: 'loyapro_back_tests',
  onError: (error) => log.warn({ err: error }, 'an idle database connection was lost'),
})
const deps: BackTestDeps = { db, clock: systemClock, log, signal: stopping.signal }

const tally = await eachBusiness(deps, HAS_BACK_TESTS, [silentSince(systemClock.now())], async (businessId) => {
  let [done, failed] = [0, 0]
  while (!stopping.signal.aborted) {
    const status = await runNextBackTest(deps, businessId)
    if (status === null) break
    if (status === 'failed') failed += 1
    else done += 1
  }
  return { done, failed }
})
port.postMessage(tally)
await db.close()
port.close()
