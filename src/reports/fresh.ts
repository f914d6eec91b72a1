// Brings the sums of a business up to date before a report is read.
import type { Database, Statement } from '../db/database.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { buildReports } from './build.ts'
import { countEvents } from './count.ts'
import { beginReports, findReportState } from './state.ts'

/** The most events that a report counts before it answers; a job counts the rest. */
const MOST_EVENTS = 500

/** The most orders that a report counts when it is the first one of its business. */
const MOST_ORDERS = 20_000

/**
 * Everything up to the returned instant is in the sums. Null while they are built: the first report
 * of a business with many orders has to wait for a job, within a minute and as long as it takes.
 */
export async function freshenReports(
  db: Database,
  businessId: Uuid,
  { clock }: { clock: Clock },
): Promise<EpochMs | null> {
  const state = await findReportState(db, businessId)
  if (!state) await beginReports(db, businessId)
  if (state?.isBuilt) await countEvents(db, businessId, { clock, limit: MOST_EVENTS })
  else if (await isSmall(db, businessId)) await buildReports(db, businessId, { clock })
  const now = await findReportState(db, businessId)
  return now?.isBuilt ? now.countedAt : null
}

async function isSmall(db: Database, businessId: Uuid): Promise<boolean> {
  const [row] = await db.query<{ n: number }>(COUNT_ORDERS, [businessId, MOST_ORDERS + 1])
  return (row?.n ?? 0) <= MOST_ORDERS
}

const COUNT_ORDERS: Statement = {
  name: 'report_count_orders',
  text: 'select count(*)::int as n from (select from orders where business_id = $1 limit $2) as part',
}
