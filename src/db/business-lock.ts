// The business lock: a transaction that holds it is the only writer of the orders, claims and
// customers of a business.
import type { Uuid } from '../kernel/ids.ts'
import type { Statement, Transaction } from './database.ts'
import { plainArray } from './values.ts'

/** Only this file can make a lock. */
const HELD: unique symbol = Symbol('held')

/**
 * A lock whose statement is sent. Statements that the transaction sends from now on run under it,
 * because a transaction runs its statements in order.
 */
export interface RequestedLock {
  readonly [HELD]: true
  readonly businessIds: ReadonlySet<Uuid>
}

/**
 * The lock that this transaction holds until its end. A function that must run under the lock takes
 * it as an argument, after the transaction.
 */
export interface BusinessLock extends RequestedLock {
  /** The configuration cannot change while the lock is held. */
  readonly businesses: readonly LockedBusiness[]
}

export interface LockedBusiness {
  businessId: Uuid
  configVersion: number
}

/** Locks these businesses in sorted order, so that two transactions cannot deadlock. */
export async function lockBusinesses(tx: Transaction, ids: readonly Uuid[]): Promise<BusinessLock> {
  const { lock } = await lockAndRead(tx, ids, async () => undefined)
  return lock
}

/** As `lockBusinesses`; what `read` asks runs under the lock and shares its round trip. */
export async function lockAndRead<T>(
  tx: Transaction,
  ids: readonly Uuid[],
  read: (lock: RequestedLock) => Promise<T>,
): Promise<{ lock: BusinessLock; found: T }> {
  const businessIds = new Set(ids)
  const locked = tx.query<LockedBusiness>(LOCK_BUSINESSES, [plainArray([...businessIds].sort())])
  const requested: RequestedLock = { [HELD]: true, businessIds }
  const [businesses, found] = await Promise.all([locked, read(requested)])
  return { lock: { ...requested, businesses }, found }
}

const LOCK_BUSINESSES: Statement = {
  name: 'lock_businesses',
  text: `
select business_id as "businessId", config_version as "configVersion"
from business_locks
where business_id = any ($1::uuid[])
order by business_id
for no key update`,
}

export function assertLocked(lock: RequestedLock, businessId: Uuid): void {
  if (!lock.businessIds.has(businessId)) throw new Error(`business ${businessId} is not locked`)
}
