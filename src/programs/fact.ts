// What a condition or rule needs to know beyond the order itself. It declares the fact together
// with its loader; earning loads only the facts that the rules of a version ask for.
import type { Queryable } from '../db/database.ts'
import type { EpochMs, IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

export type FactValue = string | number | boolean | null

/** The facts of one sale, by name. */
export type FactValues = Readonly<Record<string, FactValue>>

export type Fact<T extends FactValue = FactValue> = PinnedFact<T> | StandingFact<T>

interface NamedFact<T extends FactValue> {
  /** The key under which the value is stored; it never changes. */
  readonly name: string
  /** The value of a sale that was assessed before the fact existed. */
  readonly whenUnknown: T
}

/**
 * Loaded once, when a sale is first assessed for its customer, and stored with the order: returns,
 * corrections and verifications use the same value.
 */
export interface PinnedFact<T extends FactValue = FactValue> extends NamedFact<T> {
  readonly kind: 'pinned'
  /** One value for each sale, in their sequence. The sale itself must not count. */
  load(q: Queryable, sales: readonly FactSubject[]): Promise<T[]>
}

/** A sale whose facts are loaded. It may not be in the database yet. */
export interface FactSubject {
  readonly businessId: Uuid
  readonly customerId: Uuid
  readonly saleId: Uuid
  readonly occurredAt: EpochMs
  readonly businessDate: IsoDate
}

/**
 * Depends on which sales of the customer count, and changes with them. It is never stored; the
 * sales whose value changes are assessed again.
 */
export interface StandingFact<T extends FactValue = FactValue> extends NamedFact<T> {
  readonly kind: 'standing'
  /** The sales of these customers that decide the value, as the database has them. */
  load(q: Queryable, customers: readonly { businessId: Uuid; id: Uuid }[]): Promise<CountedSale[]>
  /** The value of one sale. `sales` are those of its customer, earliest first. */
  valueOf(saleId: Uuid, sales: readonly SaleAt[]): T
  /** The sales whose value differs between the two, each earliest first. */
  changed(before: readonly SaleAt[], now: readonly SaleAt[]): Uuid[]
}

/** A valid sale whose kept goods cost more than 0. */
export interface CountedSale extends SaleAt {
  readonly businessId: Uuid
  readonly customerId: Uuid
}

export interface SaleAt {
  readonly id: Uuid
  readonly occurredAt: EpochMs
}

export function earliestFirst(a: SaleAt, b: SaleAt): number {
  return a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : 1)
}
