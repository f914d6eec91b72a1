// Lots: units that were earned or granted together, until they are spent or expire, and the order
// in which they are spent.
import type { Queryable, Statement } from '../db/database.ts'
import { instant, plainArray } from '../db/values.ts'
import type { EpochMs, IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { type AccountKey, distinct, keyColumns } from './accounts.ts'

/** The terms that a lot keeps from the time when it was earned. */
export interface LotTerms {
  /** The program version that granted it. */
  readonly version: number
  readonly businessDate: IsoDate
  readonly occurredAt: EpochMs
  /** Its units are pending before this time. */
  readonly availableAt: EpochMs
  /** Its units are expired from this time on; null: they never expire. */
  readonly expiresAt: EpochMs | null
  /**
   * Days from the customer's last order to the expiry, if expiry is sliding; `slide` then updates
   * `expiresAt`.
   */
  readonly slidingDays: number | null
}

export interface Lot extends LotTerms {
  readonly id: Uuid
  /** Units that are currently posted for its source: earned minus reversed. */
  readonly granted: number
  /** Units that can still be taken from it. */
  readonly remaining: number
  readonly expired: number
  /** Units that were written off when a reversal exceeded the balance. */
  readonly writtenOff: number
  /** Whether `remaining` is in the pending account; otherwise it is in the available one. */
  readonly pending: boolean
}

/** A new lot without units. */
export function emptyLot(id: Uuid, terms: LotTerms, now: EpochMs): Lot {
  const { version, businessDate, occurredAt, availableAt, expiresAt, slidingDays } = terms
  return {
    id,
    version,
    businessDate,
    occurredAt,
    availableAt,
    expiresAt,
    slidingDays,
    granted: 0,
    remaining: 0,
    expired: 0,
    writtenOff: 0,
    pending: availableAt > now,
  }
}

/** Some units of one lot. */
export interface LotUnits {
  readonly lotId: Uuid
  readonly units: number
}

export function sumOf(lots: readonly LotUnits[]): number {
  return lots.reduce((sum, { units }) => sum + units, 0)
}

export interface LotsRequest {
  /** Lots by id, open or not, existing or not. */
  readonly own: readonly { readonly account: AccountKey; readonly lotId: Uuid }[]
  /** For these accounts, every lot with remaining units is loaded. */
  readonly open: readonly AccountKey[]
  /**
   * For these accounts, lots with units that expired after this time are loaded, too.
   */
  readonly expired?: readonly { readonly account: AccountKey; readonly after: EpochMs }[]
}

/**
 * The lots that were found, and the request: with it the book distinguishes lots that do not exist
 * from lots that were not loaded.
 */
export interface LoadedLots {
  readonly request: LotsRequest
  readonly lots: readonly (AccountKey & Lot)[]
}

/** Loads lots of accounts that the transaction has locked. */
export async function loadLots(tx: Queryable, request: LotsRequest): Promise<LoadedLots> {
  const open = distinct(request.open)
  const { expired = [] } = request
  const [own, all, expiredLots] = await Promise.all([
    request.own.length === 0
      ? []
      : tx.query<AccountKey & Lot>(LOAD_OWN_LOTS, [
          ...keyColumns(request.own.map((one) => one.account)),
          plainArray(request.own.map((one) => one.lotId)),
        ]),
    open.length === 0 ? [] : tx.query<AccountKey & Lot>(LOAD_OPEN_LOTS, keyColumns(open)),
    expired.length === 0
      ? []
      : tx.query<AccountKey & Lot>(LOAD_EXPIRED_LOTS, [
          ...keyColumns(expired.map((one) => one.account)),
          plainArray(expired.map((one) => instant(one.after))),
        ]),
  ])
  return { request, lots: [...own, ...all, ...expiredLots] }
}

/**
 * The order in which lots are spent: the lot that expires first, then the oldest, then the smaller
 * id.
 */
export function spendingOrder(a: Lot, b: Lot): number {
  return (a.expiresAt ?? NEVER) - (b.expiresAt ?? NEVER) || byAge(a, b)
}

export function byAge(a: Lot, b: Lot): number {
  return a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

const NEVER = Number.MAX_SAFE_INTEGER

export const LOT_COLUMNS = `
  l.business_id as "businessId", l.customer_id as "customerId", l.program_id as "programId", l.id, l.version, l.granted,
  l.remaining, l.expired, coalesce(l.written_off, 0) as "writtenOff", l.pending, l.business_date as "businessDate",
  l.occurred_at as "occurredAt", l.available_at as "availableAt", l.expires_at as "expiresAt", l.sliding_days as "slidingDays"`

/**
 * Each lot is looked up separately (`offset 0`): a plan that was cached while the table was small
 * would always scan the whole table.
 */
const LOAD_OWN_LOTS: Statement = {
  name: 'load_own_lots',
  text: `
select ${LOT_COLUMNS}
from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) as k (business_id, customer_id, program_id, id)
cross join lateral (
  select * from lots o
  where o.business_id = k.business_id and o.customer_id = k.customer_id and o.program_id = k.program_id and o.id = k.id offset 0
) l`,
}

const LOAD_OPEN_LOTS: Statement = {
  name: 'load_open_lots',
  text: `
select ${LOT_COLUMNS}
from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as k (business_id, customer_id, program_id)
cross join lateral (
  select * from lots o
  where o.business_id = k.business_id and o.customer_id = k.customer_id and o.program_id = k.program_id and o.remaining > 0 offset 0
) l`,
}

const LOAD_EXPIRED_LOTS: Statement = {
  name: 'load_expired_lots',
  text: `
select ${LOT_COLUMNS}
from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[]) as k (business_id, customer_id, program_id, after)
cross join lateral (
  select * from lots o
  where o.business_id = k.business_id and o.customer_id = k.customer_id and o.program_id = k.program_id and o.expired > 0
    and o.expires_at > k.after offset 0
) l`,
}
