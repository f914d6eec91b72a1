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
  /** The number of its last event; 0 before the first. */
  lastEvent: number
  /** Whether anything reads its events; without readers none are recorded. */
  hasReaders: boolean
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
select business_id as "businessId", config_version as "configVersion", last_event as "lastEvent", has_readers as "hasReaders"
from business_locks
where business_id = any ($1::uuid[])
order by business_id
for no key update`,
}

/** Writes the numbers of the last events of these businesses, which are locked. */
export async function setLastEvents(tx: Transaction, last: ReadonlyMap<Uuid, number>): Promise<void> {
  await tx.query(SET_LAST_EVENTS, [plainArray([...last.keys()]), plainArray([...last.values()])])
}

const SET_LAST_EVENTS: Statement = {
  name: 'set_last_events',
  text: `
update business_locks l set last_event = k.last
from unnest($1::uuid[], $2::bigint[]) as k (business_id, last)
where l.business_id = k.business_id`,
}

export async function setHasReaders(tx: Transaction, businessId: Uuid, hasReaders: boolean): Promise<void> {
  await tx.query('update business_locks set has_readers = $2 where business_id = $1', [businessId, hasReaders])
}

export function assertLocked(lock: RequestedLock, businessId: Uuid): void {
  if (!lock.businessIds.has(businessId)) throw new Error(`business ${businessId} is not locked`)
}
