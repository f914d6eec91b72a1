// The ingest thread: the main thread goes on reading orders and answering the POS while a batch is
// computed here.
import { parentPort, workerData } from 'node:worker_threads'
import { createDictionaryCache } from '../../archive/dictionaries.ts'
import { createDatabase } from '../../db/database.ts'
import { createStatistics } from '../../db/statistics.ts'
import { must } from '../../kernel/assert.ts'
import { systemClock } from '../../kernel/clock.ts'
import { createIds } from '../../kernel/ids.ts'
import { createProgramCache } from '../../programs/store.ts'
import { createLog, destinationOf } from '../../server/log.ts'
import { createIngest } from '../ingest.ts'
import { type Port, serveIngest } from './remote-ingest.ts'

/** What the thread is started with. */
export interface IngestThreadSetup {
  databaseUrl: string
  maxInFlight: number
  logLevel: string
  readableLog: boolean
}

const { databaseUrl, maxInFlight: lanes, logLevel, readableLog } = workerData as IngestThreadSetup
const port: Port = must(parentPort, 'the thread that started this one')
const log = createLog({ level: logLevel, readable: readableLog, destination: destinationOf(2), clock: systemClock })
const db = createDatabase({
  url: databaseUrl,
  // One for each batch in flight, and one for quarantine and for analysing tables.
  max: lanes + 1,
  // It looks rows up by key only. While a table is small, the planner prefers to scan it, and keeps
  // that plan for minutes after it has grown.
  settings: { enable_seqscan: 'off' },
  onError: (error) => log.warn({ err: error }, 'an idle database connection was lost'),
})
const statistics = createStatistics(db, {
  // The tables to which each order adds rows.
  tables: ['deliveries', 'orders', 'transfers', 'lots'],
  onError: (error) => log.warn({ err: error }, 'the tables could not be analysed'),
})
const ingest = createIngest(
  {
    db,
    log,
    clock: systemClock,
    ids: createIds(),
    programs: createProgramCache(),
    branches: new Map(),
    dictionaries: createDictionaryCache(),
    onBatch({ size }) {
      port.postMessage({ kind: 'batch', size })
      void statistics.grown(size)
    },
  },
  { maxInFlight: lanes },
)
serveIngest(port, ingest, () => db.close())
