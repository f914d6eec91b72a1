// What a round of deliveries changes: each snapshot is compared with its order as it is known
// (pure).
import type { PosOrder } from '../../contract/pos-order.ts'
import type { Packed } from '../archive/codec.ts'
import { branchId } from '../businesses/known-branches.ts'
import { customersNamed, type KnownCustomer } from '../customers/enrol.ts'
import type { IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { businessDateOf } from '../kernel/local-date.ts'
import { decideCeiling, type OrderCeiling } from './ceiling.ts'
import type { Delivery } from './delivery.ts'
import { isErased } from './erased.ts'
import { compareSnapshots, type Family, type KnownOrder, snapshotKey } from './family.ts'
import { orderId } from './identity.ts'
import { boundToFirst, clockAfter, statusOf } from './order-clock.ts'
import { withOwnFlags } from './own-flags.ts'
import { packSnapshot } from './snapshots.ts'
import type { OrderRow } from './store.ts'

/** A delivery that carries an order. */
export interface OrderDelivery extends Delivery {
  parsed: { kind: 'order'; order: PosOrder; text?: Buffer }
}

export interface Change {
  delivery: OrderDelivery
  id: Uuid
  before: OrderRow | null
  /**
   * The order as it is after this delivery; the same as before, but for the list of deliveries,
   * when the snapshot is old.
   */
  after: OrderRow
  stale: boolean
  /** The families that the order is in now and was in before, its own last. */
  families: Uuid[]
}

export function carriesOrder(delivery: Delivery): delivery is OrderDelivery {
  return delivery.parsed.kind === 'order'
}

export function idOf(delivery: OrderDelivery): Uuid {
  const known = derived.get(delivery)
  if (known) return known
  const id = orderId(delivery.businessId, delivery.posName, delivery.parsed.order.pos_order_id)
  derived.set(delivery, id)
  return id
}

/** Caches ids: a round uses the id of each delivery many times, and each would cost a hash. */
const derived = new WeakMap<OrderDelivery, Uuid>()

/**
 * The sale that a return or an exchange gives back from; null for any other sale, and for an order
 * that names itself.
 */
export function originalIdOf({ businessId, posName, parsed: { order } }: OrderDelivery): Uuid | null {
  const original = order.original_pos_order_id
  return original === undefined || original === order.pos_order_id ? null : orderId(businessId, posName, original)
}

type Related = Pick<KnownOrder, 'id' | 'kind' | 'originalId'>

/** The family that an answer is about: that of the sale which the order is, or gives back from. */
export function familyIdOf({ id, kind, originalId }: Related): Uuid {
  return kind === 'sale' ? id : (originalId ?? id)
}

/**
 * Every family that an order affects. An exchange is in two: it gives back from one before it sells
 * in its own, so that room in caps and budgets that it frees is there for what it sells.
 */
function familiesOf({ id, kind, originalId }: Related): Uuid[] {
  if (originalId === null) return [id]
  return kind === 'sale' ? [originalId, id] : [originalId]
}

/** The families of the snapshot, and those to which the order belonged before. */
export function familiesNamed(delivery: OrderDelivery, rows: ReadonlyMap<Uuid, OrderRow>): Uuid[] {
  const id = idOf(delivery)
  const before = rows.get(id)
  const now = { id, kind: delivery.parsed.order.kind, originalId: originalIdOf(delivery) }
  return [...new Set([...familiesOf(now), ...(before ? familiesOf(before) : [])])]
}

/**
 * Compares one snapshot with the order as it is known. `isInRecord`: the archive record of the
 * delivery holds this very order, so its row needs no copy.
 */
export function applySnapshot(
  delivery: OrderDelivery,
  before: OrderRow | null,
  context: { currency: string; now: number; isInRecord: boolean; branch: BranchDay },
): Change {
  const order = boundToFirst(delivery.parsed.order, before)
  const id = idOf(delivery)
  const isOlder =
    before !== null &&
    compareSnapshots(snapshotKey(order, delivery.id), snapshotKey(before.order, before.deliveryId)) < 0
  const seen = [...(before ? [before] : []), { order, deliveryId: delivery.id }]
  const noted = clockAfter(before?.clock ?? null, isOlder && before ? before.deliveryId : delivery.id, seen)
  const applied = delivery.apply && noted?.undoing?.delivery === delivery.id && { ...noted.undoing, ...delivery.apply }
  const clock =
    noted && applied ? { ...noted, applied: { status: applied.status, at: applied.at, by: applied.by } } : noted
  const stale = isOlder && !applied
  // Only sales are assessed: an order that turns out to be a return belongs to no customer. What an
  // erased customer had earned for it stays.
  const assessed = order.kind === 'sale' || isErased(before) ? before : null
  const deliveries = latestOf(before, delivery.id, stale)
  const after: OrderRow =
    isOlder && before
      ? {
          ...before,
          deliveries,
          clock,
          status: statusOf(before.order, clock),
          flags: withOwnFlags(before.flags, { ...before, clock }),
        }
      : {
          businessId: delivery.businessId,
          id,
          posName: delivery.posName,
          deliveryId: delivery.id,
          kind: order.kind,
          status: statusOf(order, clock),
          originalId: originalIdOf(delivery),
          parked: false,
          branchId: branchId(delivery.businessId, delivery.posName, order.branch.id),
          ...creditedTo(before, assessed?.customerId ?? null),
          occurredAt: order.occurred_at,
          businessDate: businessDateOfOrder(order, before, context.branch),
          currency: order.currency ?? context.currency,
          terms: assessed?.terms ?? null,
          facts: assessed?.facts ?? (delivery.erased ? { erased: {} } : null),
          reason: assessed?.reason ?? null,
          flags: withOwnFlags(assessed?.flags ?? null, { order, clock, facts: assessed?.facts ?? null }),
          clock,
          ceiling: decidedBy(delivery, before),
          deliveries,
          order,
          ownSnapshot: ownSnapshotOf(delivery.id, order, before, context.isInRecord && order === delivery.parsed.order),
          createdAt: before?.createdAt ?? context.now,
        }
  const families = new Set([...familiesOf(after), ...(before ? familiesOf(before) : [])])
  // Its own last: it finds the room that the others leave, also where it no longer gives anything
  // back from them.
  const own = families.delete(id) ? [id] : []
  return { delivery, id, before, after, stale, families: [...families, ...own] }
}

/** The days of a branch: IANA zone, and the hour at which a business day ends. */
export interface BranchDay {
  timezone: string
  dayEndsAt: string | null
}

/**
 * The business day of an order whose POS states none: that of its branch. Once the sale is
 * assessed, the day stays, whatever changes in the branch later.
 */
function businessDateOfOrder(order: PosOrder, before: OrderRow | null, { timezone, dayEndsAt }: BranchDay): IsoDate {
  if (!order.business_date_assumed) return order.business_date
  const isAssessed =
    before?.terms != null &&
    before.order.business_date_assumed &&
    before.occurredAt === order.occurred_at &&
    before.order.branch.id === order.branch.id
  return isAssessed ? before.businessDate : businessDateOf(order.occurred_at, timezone, dayEndsAt ?? undefined)
}

/**
 * The maximum number of deliveries that the row of an order lists, of returns and exchanges of a
 * sale, and of former customers of an order. Each delivery of an order reads or writes all of them,
 * so without a limit the cost would grow without bound.
 */
export const MOST_DELIVERIES = 100
export const MOST_RETURNS = 100
export const MOST_FORMER_CUSTOMERS = 20

/**
 * The maximum number of branches of a business: every process holds them in memory and reads all of
 * them again when one is edited.
 */
export const MOST_BRANCHES = 2_000

/** The latest deliveries of the order, always including the one whose snapshot is in force. */
function latestOf(before: OrderRow | null, id: Uuid, stale: boolean): Uuid[] {
  const all = [...(before?.deliveries ?? []).filter((known) => known !== id), id]
  const latest = all.slice(-MOST_DELIVERIES)
  const inForce = stale && before ? before.deliveryId : id
  return latest.includes(inForce) ? latest : [inForce, ...latest.slice(1)]
}

/**
 * The limit of its order or its sale that the delivery exceeds; null when it exceeds none. Such a
 * delivery is stored and can be replayed.
 */
export function tooMany(delivery: OrderDelivery, rows: ReadonlyMap<Uuid, OrderRow>): TooMany | null {
  const known = rows.get(idOf(delivery))
  const original = originalIdOf(delivery)
  if (original !== null && known?.originalId !== original) {
    let returns = 0
    for (const row of rows.values()) if (row.originalId === original) returns += 1
    if (returns >= MOST_RETURNS) return 'too_many_returns'
  }
  const phone = delivery.parsed.order.customer?.phone
  const changes = known?.order.customer !== undefined && phone !== known.order.customer.phone
  return changes && (known.formerCustomers?.length ?? 0) >= MOST_FORMER_CUSTOMERS ? 'too_many_customers' : null
}

export type TooMany = 'too_many_returns' | 'too_many_customers' | 'too_many_branches'

/** The customer to whom the order is credited, and those to whom it was credited before. */
export function creditedTo(
  before: Pick<OrderRow, 'customerId' | 'formerCustomers'> | null,
  customerId: Uuid | null,
): Pick<OrderRow, 'customerId' | 'formerCustomers'> {
  const last = before?.customerId ?? null
  if (last === customerId || last === null) return { customerId, formerCustomers: before?.formerCustomers ?? null }
  return { customerId, formerCustomers: [...new Set([...(before?.formerCustomers ?? []), last])] }
}

/**
 * The record of a delivery never changes: an order that is read differently today needs a snapshot
 * in its own row.
 */
function ownSnapshotOf(deliveryId: Uuid, order: PosOrder, before: OrderRow | null, isInRecord: boolean): Packed | null {
  if (isInRecord) return null
  const same = before?.deliveryId === deliveryId && JSON.stringify(before.order) === JSON.stringify(order)
  return same ? before.ownSnapshot : packSnapshot(order)
}

/** What staff decided, including with this delivery; they decided on no later snapshot. */
function decidedBy({ id, decide }: OrderDelivery, before: OrderRow | null): OrderCeiling | null {
  if (!before) return null
  const { facts, customerId, ceiling, deliveryId } = before
  if (!decide || deliveryId !== id || !facts?.waiting || customerId === null) return ceiling
  return decideCeiling(ceiling, customerId, facts.waiting, decide)
}

/** The family under this id. */
export function familyOf(id: Uuid, rows: ReadonlyMap<Uuid, OrderRow>): Family {
  const sale = rows.get(id)
  return {
    id,
    sale: sale?.kind === 'sale' ? sale : null,
    returns: [...rows.values()].filter((row) => row.originalId === id),
  }
}

/**
 * Takes deliveries of which no two share a family or a customer, in their order; the others wait
 * for a later round. So every delivery finds the ledger as the ones before it left it.
 */
export function pickRound(
  deliveries: readonly OrderDelivery[],
  rows: ReadonlyMap<Uuid, OrderRow>,
  customers: ReadonlyMap<string, KnownCustomer>,
): { round: OrderDelivery[]; later: OrderDelivery[] } {
  const taken = new Set<string>()
  const round: OrderDelivery[] = []
  const later: OrderDelivery[] = []
  for (const delivery of deliveries) {
    const keys = touches(delivery, rows, customers)
    if (keys.some((key) => taken.has(key))) later.push(delivery)
    else round.push(delivery)
    for (const key of keys) taken.add(key)
  }
  return { round, later }
}

/** Everything that a delivery may read or change. */
function touches(
  delivery: OrderDelivery,
  rows: ReadonlyMap<Uuid, OrderRow>,
  customers: ReadonlyMap<string, KnownCustomer>,
): string[] {
  const { businessId } = delivery
  const families = familiesNamed(delivery, rows)
  const named = [delivery.parsed.order, ...families.map((family) => rows.get(family)?.order)].flatMap((order) => {
    const phone = order?.customer?.phone
    if (phone === undefined) return []
    // Two numbers may name one customer.
    return [`${businessId} ${phone}`, ...customersNamed(customers, businessId, phone).map(({ id }) => id)]
  })
  return [idOf(delivery), ...families, ...named, ...joinedWith(delivery)]
}

/** The orders whose goods it takes, and the codes by which it may take those of others. */
function joinedWith({ businessId, posName, parsed: { order } }: OrderDelivery): string[] {
  const joined = (order.joined_pos_order_ids ?? []).map((id) => orderId(businessId, posName, id))
  return [...joined, ...order.reward_codes.map((code) => `${businessId} code ${code}`)]
}
