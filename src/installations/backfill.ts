// The backfill: reads the past orders of a POS page by page and submits each to ingest as if the
// POS had sent it. Its position is stored, so it is resumable.
import type { Selectable } from 'kysely'
import type { Queryable, WriteTransaction } from '../db/database.ts'
import { db, type Tables } from '../db/tables.ts'
import { instant } from '../db/values.ts'
import { receive } from '../ingest/receive.ts'
import type { InstallationKey } from '../integrations/client.ts'
import { backOff, type PastOrder } from '../integrations/client.ts'
import type { IsoDate } from '../kernel/clock.ts'
import type { InstallationDeps } from './deps.ts'
import type { Session } from './session.ts'

export type Backfill = Selectable<Tables['pos_backfills']>

/**
 * Starts the import, or returns the one that is running with the same date. An import that is done
 * starts again from the first order. `not_found`: the business has no installation for this POS.
 */
export async function startBackfill(
  tx: WriteTransaction,
  { businessId, posName }: InstallationKey,
  from: IsoDate,
  now: number,
): Promise<{ kind: 'started'; backfill: Backfill } | { kind: 'not_found' | 'running' | 'needs_consent' }> {
  const [installation] = await tx.run(
    db
      .selectFrom('installations')
      .select('status')
      .where('business_id', '=', businessId)
      .where('pos_name', '=', posName)
      .forUpdate(),
  )
  if (!installation) return { kind: 'not_found' }
  if (installation.status === 'needs_consent') return { kind: 'needs_consent' }
  const before = await findBackfill(tx, { businessId, posName })
  if (before?.status === 'running') {
    return before.from_date === from ? { kind: 'started', backfill: before } : { kind: 'running' }
  }
  const fresh = {
    from_date: from,
    status: 'running' as const,
    last_reference: 0,
    orders: 0,
    processed: 0,
    duplicate: 0,
    stale: 0,
    parked: 0,
    passed_over: 0,
    not_applied: 0,
    attempts: 0,
    problem: null,
    finished_at: null,
    due_at: instant(now),
    started_at: instant(now),
    started_by: tx.actor,
  }
  const [backfill] = await tx.run(
    db
      .insertInto('pos_backfills')
      .values({ business_id: businessId, pos_name: posName, ...fresh })
      .onConflict((conflict) => conflict.columns(['business_id', 'pos_name']).doUpdateSet(fresh))
      .returningAll(),
  )
  return backfill ? { kind: 'started', backfill } : { kind: 'not_found' }
}

export async function findBackfill(q: Queryable, { businessId, posName }: InstallationKey): Promise<Backfill | null> {
  const query = db.selectFrom('pos_backfills').selectAll().where('business_id', '=', businessId)
  const [row] = await q.run(query.where('pos_name', '=', posName))
  return row ?? null
}

/**
 * Returns the number of submitted orders. Ends when the import is complete, the installation cannot
 * make more calls now, or ingest is full.
 */
export async function runBackfill(deps: InstallationDeps, session: Session, adapter: string): Promise<number> {
  let submitted = 0
  for (;;) {
    const backfill = await findBackfill(deps.db, session)
    if (backfill?.status !== 'running' || backfill.due_at > deps.clock.now()) return submitted
    const taken = await importPage(deps, session, adapter, backfill)
    if (taken === null) return submitted
    submitted += taken
  }
}

/** The number of submitted orders of one page; null when the import cannot continue now. */
async function importPage(
  deps: InstallationDeps,
  session: Session,
  adapter: string,
  backfill: Backfill,
): Promise<number | null> {
  const { last_reference: after, from_date: from } = backfill
  const answer = await session.call((token) => session.pos.orders(token, after, from, session.facts))
  if (answer.kind === 'stop') return null
  if (answer.kind === 'refused') return finishBackfill(deps, backfill, 'failed', answer.reason)
  if (answer.kind === 'failed') return postpone(deps, backfill, answer.reason)
  const { orders, isEnd } = answer.value
  if (isEnd) return finishBackfill(deps, backfill, 'done', null)
  const last = Math.max(after, ...orders.map(({ reference }) => reference))
  if (last === after) return finishBackfill(deps, backfill, 'failed', 'the POS returned orders without a reference')
  const counts = await submitPage(deps, session, adapter, orders, from)
  if (typeof counts === 'string') return postpone(deps, backfill, counts)
  await storeProgress(deps, backfill, last, counts)
  return orders.length - counts.passed_over
}

const NO_COUNTS = { processed: 0, duplicate: 0, stale: 0, parked: 0, passed_over: 0, not_applied: 0 }
type Counts = typeof NO_COUNTS

/**
 * Submits a page at once, which becomes few batches. A text is the reason why the import has to
 * wait.
 */
async function submitPage(
  deps: InstallationDeps,
  session: Session,
  adapter: string,
  orders: readonly PastOrder[],
  from: IsoDate,
): Promise<Counts | string> {
  const wanted = orders.filter((order) => order.isSent && (order.businessDate === null || order.businessDate >= from))
  const results = await Promise.all(wanted.map((order) => submitOrder(deps, session, adapter, order)))
  const counts = { ...NO_COUNTS, passed_over: orders.length - wanted.length }
  for (const result of results) {
    if (result === 'overloaded' || result === 'unavailable' || result === 'not_connected') return REASONS[result]
    counts[result] += 1
  }
  return counts
}

const REASONS = {
  overloaded: 'too many orders are waiting',
  unavailable: 'the database is unavailable',
  not_connected: 'the reference of the account is not connected to the business',
}

async function submitOrder(
  deps: InstallationDeps,
  { businessId, posName }: Session,
  adapter: string,
  { body, posOrderId }: PastOrder,
): Promise<keyof Counts | keyof typeof REASONS> {
  const received = await receive(deps, { posName, adapter }, { raw: Buffer.from(JSON.stringify(body)), value: body })
  if (received.kind === 'unmatched' || (received.kind === 'delivery' && received.business.businessId !== businessId)) {
    return 'not_connected'
  }
  if (received.kind === 'invalid') {
    const pointers = received.errors.map(({ pointer }) => pointer)
    deps.log.warn({ business: businessId, pos: posName, order: posOrderId, pointers }, 'a past order is not valid')
    return 'not_applied'
  }
  const answer = await deps.ingest.submit(received.delivery)
  if (typeof answer === 'string') return answer
  const { result } = answer
  return result === 'ignored' || result === 'failed' || result === 'unmatched' ? 'not_applied' : result
}

/**
 * Stores the counts and the position together: after a crash, a page is submitted again and counted
 * once.
 */
async function storeProgress(
  { db: q, clock }: InstallationDeps,
  backfill: Backfill,
  last: number,
  counts: Counts,
): Promise<void> {
  const { processed, duplicate, stale, parked, passed_over, not_applied } = counts
  const orders = Object.values(counts).reduce((sum, count) => sum + count, 0)
  await q.query(
    `update pos_backfills set last_reference = $4, orders = orders + $5, processed = processed + $6,
       duplicate = duplicate + $7, stale = stale + $8, parked = parked + $9, passed_over = passed_over + $10,
       not_applied = not_applied + $11, attempts = 0, problem = null, due_at = $12::timestamptz
     where business_id = $1 and pos_name = $2 and last_reference = $3 and status = 'running'`,
    [
      backfill.business_id,
      backfill.pos_name,
      backfill.last_reference,
      last,
      orders,
      processed,
      duplicate,
      stale,
      parked,
      passed_over,
      not_applied,
      instant(clock.now()),
    ],
  )
}

async function postpone(deps: InstallationDeps, backfill: Backfill, problem: string): Promise<null> {
  const attempts = backfill.attempts + 1
  await change(deps, backfill, { attempts, problem, due_at: instant(deps.clock.now() + backOff(attempts)) })
  return null
}

async function finishBackfill(
  deps: InstallationDeps,
  backfill: Backfill,
  status: 'done' | 'failed',
  problem: string | null,
): Promise<null> {
  await change(deps, backfill, { status, problem, finished_at: instant(deps.clock.now()) })
  return null
}

type Changes = Partial<{
  status: 'done' | 'failed'
  attempts: number
  problem: string | null
  due_at: string
  finished_at: string
}>

async function change(
  { db: q }: InstallationDeps,
  { business_id, pos_name }: Backfill,
  changes: Changes,
): Promise<void> {
  await q.run(
    db
      .updateTable('pos_backfills')
      .set(changes)
      .where('business_id', '=', business_id)
      .where('pos_name', '=', pos_name),
  )
}
