// The row of a demo business: how much of its history was sent, and whether it is being removed.
import type { Queryable, Transaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

export interface DemoState {
  businessId: Uuid
  /** What is added to the times of the recording, in milliseconds. */
  shift: number
  /** Visits that were sent. */
  position: number
  /** Visits that lay in the past when the demo was created. */
  due: number
  loadedAt: EpochMs | null
  removedAt: EpochMs | null
  /** The business that the owner got instead. */
  replacedBy: Uuid | null
}

export async function markAsDemo(
  tx: Transaction,
  { businessId, shift, due, loadedAt }: Pick<DemoState, 'businessId' | 'shift' | 'due' | 'loadedAt'>,
): Promise<void> {
  await tx.query(
    'insert into demo_businesses (business_id, shift, due, loaded_at) values ($1, $2, $3, $4::timestamptz)',
    [businessId, shift, due, instant(loadedAt)],
  )
}

/** Null when the business is no demo. */
export async function findDemo(q: Queryable, businessId: Uuid): Promise<DemoState | null> {
  const [state] = await q.query<DemoState>(`select ${COLUMNS} from demo_businesses where business_id = $1`, [
    businessId,
  ])
  return state ?? null
}

/** Whether a page shows the mails of the business, because nobody receives them: it is a demo. */
export async function showsMails(q: Queryable, businessId: Uuid): Promise<boolean> {
  const demo = await findDemo(q, businessId)
  return demo !== null && demo.removedAt === null
}

/** A condition on a business `b`: it was a demo that was removed before $1. */
export const IS_REMOVED_DEMO = `exists (
  select from demo_businesses d where d.business_id = b.id and d.removed_at <= $1::timestamptz)`

/** False when the demo is being removed, so that nothing more must be sent. */
export async function savePosition(q: Queryable, businessId: Uuid, position: number): Promise<boolean> {
  const rows = await q.query(
    'update demo_businesses set position = $2 where business_id = $1 and removed_at is null returning business_id',
    [businessId, position],
  )
  return rows.length > 0
}

export async function saveLoaded(q: Queryable, businessId: Uuid, at: EpochMs): Promise<void> {
  await q.query('update demo_businesses set loaded_at = $2::timestamptz where business_id = $1', [
    businessId,
    instant(at),
  ])
}

export async function saveRemoval(tx: Transaction, businessId: Uuid, replacedBy: Uuid, at: EpochMs): Promise<void> {
  await tx.query('update demo_businesses set removed_at = $2::timestamptz, replaced_by = $3 where business_id = $1', [
    businessId,
    instant(at),
    replacedBy,
  ])
}

export async function deleteDemo(tx: Transaction, businessId: Uuid): Promise<void> {
  await tx.query('delete from demo_businesses where business_id = $1', [businessId])
}

const COLUMNS = `business_id as "businessId", shift, position, due, loaded_at as "loadedAt",
  removed_at as "removedAt", replaced_by as "replacedBy"`
