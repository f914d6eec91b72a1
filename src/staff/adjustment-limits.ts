// How much money people may move by adjusting balances: the limits of a business by role, and what
// each person has adjusted on a day.
import type { Actor } from '../../contract/actor.ts'
import { type LimitedRole, limitByDefault } from '../../contract/roles.ts'
import { assertLocked, type BusinessLock } from '../db/business-lock.ts'
import type { Queryable, WriteTransaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { Clock, EpochMs, IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Minor } from '../kernel/money.ts'

export interface AdjustmentLimit {
  /** Of one adjustment; 0: none is allowed. */
  perAdjustment: Minor
  /** Of a person on a day; at least `perAdjustment`. */
  perDay: Minor
}

export interface StoredLimit extends AdjustmentLimit {
  /** Null for the limit by default. */
  updatedAt: EpochMs | null
  updatedBy: Actor | null
}

/** The limit of a role; null when it has none. */
export async function adjustmentLimit(q: Queryable, businessId: Uuid, role: LimitedRole): Promise<StoredLimit | null> {
  const [stored] = await q.query<StoredLimit>(
    `select per_adjustment as "perAdjustment", per_day as "perDay", updated_at as "updatedAt", updated_by as "updatedBy"
     from adjustment_limits where business_id = $1 and role = $2`,
    [businessId, role],
  )
  if (stored) return stored
  return limitByDefault(role) === 'none' ? null : { perAdjustment: 0, perDay: 0, updatedAt: null, updatedBy: null }
}

/**
 * Sets the limit of a role; null: the one by default. Under the lock, so that no adjustment is
 * checked against one limit and written under another.
 */
export async function setAdjustmentLimit(
  tx: WriteTransaction,
  lock: BusinessLock,
  { businessId, role, limit }: { businessId: Uuid; role: LimitedRole; limit: AdjustmentLimit | null },
  clock: Clock,
): Promise<void> {
  assertLocked(lock, businessId)
  if (limit === null) {
    await tx.query('delete from adjustment_limits where business_id = $1 and role = $2', [businessId, role])
    return
  }
  await tx.query(
    `insert into adjustment_limits (business_id, role, per_adjustment, per_day, updated_at, updated_by)
     values ($1, $2, $3, $4, $5::timestamptz, $6)
     on conflict (business_id, role) do update set per_adjustment = excluded.per_adjustment, per_day = excluded.per_day,
       updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
    [businessId, role, limit.perAdjustment, limit.perDay, instant(clock.now()), tx.actor],
  )
}

/** A person on a day of the business. */
export interface PersonDay {
  businessId: Uuid
  staffId: Uuid
  day: IsoDate
}

/** What the person has adjusted under a limit on the day. */
export async function adjustedOn(q: Queryable, { businessId, staffId, day }: PersonDay): Promise<Minor> {
  const [row] = await q.query<{ amount: Minor }>(
    'select amount from adjusted_amounts where business_id = $1 and staff_id = $2 and day = $3::date',
    [businessId, staffId, day],
  )
  return row?.amount ?? 0
}

/** Additions and deductions count alike: taking back what was given leaves no more to give. */
export async function countAdjusted(
  tx: WriteTransaction,
  lock: BusinessLock,
  { businessId, staffId, day }: PersonDay,
  amount: Minor,
): Promise<void> {
  assertLocked(lock, businessId)
  await tx.query(
    `insert into adjusted_amounts (business_id, staff_id, day, amount) values ($1, $2, $3::date, $4)
     on conflict (business_id, staff_id, day) do update set amount = adjusted_amounts.amount + excluded.amount`,
    [businessId, staffId, day, amount],
  )
}

export type AdjustmentDecision =
  | { kind: 'allowed'; amount: Minor; left: Minor }
  | { kind: 'not_allowed' }
  | { kind: 'value_unknown' }
  | { kind: 'over_adjustment' | 'over_day'; amount: Minor; left: Minor }

/**
 * Decides about units of which `worth.units` are worth `worth.amount`; null: nobody knows. In order
 * of precedence: not_allowed, value_unknown, over_adjustment, over_day, allowed.
 */
export function decideAdjustment(
  { perAdjustment, perDay }: AdjustmentLimit,
  used: Minor,
  units: number,
  worth: { amount: Minor; units: number } | null,
): AdjustmentDecision {
  if (perAdjustment === 0) return { kind: 'not_allowed' }
  if (worth === null) return { kind: 'value_unknown' }
  const amount = worthOf(Math.abs(units), worth)
  const left = Math.max(0, perDay - used)
  if (amount > perAdjustment) return { kind: 'over_adjustment', amount, left }
  if (amount > left) return { kind: 'over_day', amount, left }
  return { kind: 'allowed', amount, left: left - amount }
}

/** Rounded up: many small adjustments count no less than a large one. */
function worthOf(units: number, worth: { amount: Minor; units: number }): Minor {
  const of = BigInt(worth.units)
  return Number((BigInt(units) * BigInt(worth.amount) + of - 1n) / of)
}
