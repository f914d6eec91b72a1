// A process of its own that counts the events of a business, for tests that kill it:
// node count-reports.ts <url> <business>.
import { createDatabase } from '../../src/db/database.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { countEvents } from '../../src/reports/count.ts'

const [url = '', businessId = ''] = process.argv.slice(2)
const db = createDatabase({ url, max: 1 })
await countEvents(db, businessId, { clock: systemClock, limit: 1_000 })
await db.close()
