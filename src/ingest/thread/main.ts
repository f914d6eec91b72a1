// The thread that ingest has to itself: reading orders and answering tills go on while a batch is
// computed.
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
import { type Port, serveIngest } from './server.ts'

/** What the thread is told when it starts. */
export interface IngestThreadSetup {
  databaseUrl: string
  lanes: number
  logLevel: string
  readableLog: boolean
}

const { databaseUrl, lanes, logLevel, readableLog } = workerData as IngestThreadSetup
const port: Port = must(parentPort, 'the thread that started this one')
const log = createLog({ level: logLevel, readable: readableLog, destination: destinationOf(2), clock: systemClock })
const db = createDatabase({
  url: databaseUrl,
  // One for each batch in flight, and one to keep what fails, and to analyse.
  max: lanes + 1,
  // It asks for rows by their keys alone. Planned while a table was small, reading all of it would
  // look best, and be so for minutes.
  settings: { enable_seqscan: 'off' },
  onError: (error) => log.warn({ err: error }, 'an idle database connection was lost'),
})
const statistics = createStatistics(db, {
  // Each order adds to them.
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
  { lanes },
)
serveIngest(port, ingest, () => db.close())
