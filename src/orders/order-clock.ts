// POS clocks that differ: orders stamped ahead of their receipt, and voids that are older than the
// sale they belong to (pure).
import type { Actor } from '../../contract/actor.ts'
import type { OrderFlag } from '../../contract/order-flags.ts'
import type { OrderStatus, PosOrder, SnapshotVersion } from '../../contract/pos-order.ts'
import type { EpochMs, IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { businessDateOf } from '../kernel/local-date.ts'
import { compareSnapshots, type SnapshotKey, snapshotKey } from './family.ts'

/** What an order stores about clocks that differ; column `clock` of its row. */
export interface OrderClock {
  /**
   * The receipt of the first snapshot that was stamped ahead of it. It bounds the times of every
   * such snapshot of the order.
   */
  received_at?: EpochMs
  /** The newest void or refund that is older than the snapshot in force. */
  undoing?: PastSnapshot
  /**
   * The oldest paid snapshot that is not in force: a void after it undid the sale, and a later paid
   * one reopened it.
   */
  paid?: PastSnapshot
  /** Staff applied the void: the order is undone even if its newest snapshot is paid. */
  applied?: { status: OrderStatus; at: EpochMs; by: Actor }
}

export interface PastSnapshot {
  delivery: Uuid
  status: OrderStatus
  version: SnapshotVersion
  named: boolean
}

/** Milliseconds by which the clock of a POS may be ahead. */
export const AHEAD_MS = 10 * 60_000

/** The largest offset of a time zone: beyond it, the date has not begun in any zone. */
const EARLIEST_ZONE_MS = 14 * 3_600_000

/**
 * The order with its times limited to its receipt if they are more than 10 minutes later: it is
 * assessed, and expiry counts, from its receipt, and `version.received_at` is set. The times at
 * which the POS opened and closed it do not change.
 */
export function boundToReceipt(order: PosOrder, receivedAt: EpochMs, timezone: string): PosOrder {
  const { occurred_at, business_date, version } = order
  const latest = receivedAt + AHEAD_MS
  const isAhead = occurred_at > latest || version.updated_at > latest || version.timestamp > latest
  if (!isAhead && Date.parse(business_date) <= receivedAt + EARLIEST_ZONE_MS) return order
  const today = businessDateOf(receivedAt, order.branch.timezone ?? timezone, order.branch.day_ends_at)
  return {
    ...order,
    occurred_at: Math.min(occurred_at, receivedAt),
    business_date: earlier(business_date, today),
    version: { ...version, received_at: receivedAt },
  }
}

function earlier(a: IsoDate, b: IsoDate): IsoDate {
  return Temporal.PlainDate.compare(a, b) < 0 ? a : b
}

/**
 * The first receipt of the order also limits later snapshots: an order that is sent again months
 * later does not become newer.
 */
export function boundToFirst(order: PosOrder, before: { order: PosOrder; clock: OrderClock | null } | null): PosOrder {
  const first = before?.clock?.received_at
  const { version } = order
  if (before === null || first === undefined || version.received_at === undefined || version.received_at <= first) {
    return order
  }
  const known = before.order.business_date
  return {
    ...order,
    occurred_at: Math.min(order.occurred_at, first),
    business_date: earlier(order.business_date, known),
    // The time of a void may be correct although the times of the sale, which it repeats, are not: it
    // stays newer than the sale.
    version: version.updated_at > version.received_at + AHEAD_MS ? { ...version, received_at: first } : version,
  }
}

/**
 * The clocks to store after a snapshot: `newest` is in force now, and `seen` contains it and the one
 * that was in force before.
 */
export function clockAfter(
  before: OrderClock | null,
  newest: Uuid,
  seen: readonly { order: PosOrder; deliveryId: Uuid }[],
): OrderClock | null {
  const receivedAt =
    before?.received_at ?? seen.find(({ order }) => order.version.received_at)?.order.version.received_at
  const inForce = seen.find(({ deliveryId }) => deliveryId === newest)
  const past = seen.filter(({ deliveryId }) => deliveryId !== newest)
  const voids = inForce && isUndone(inForce.order) ? [] : byAge(before?.undoing, past, isUndone)
  const undoing = voids.at(-1)
  const [paid] = byAge(before?.paid, past, ({ status }) => status === 'paid')
  const { applied } = before ?? {}
  if (receivedAt === undefined && !undoing && !paid && !applied) return null
  return {
    ...(receivedAt !== undefined && { received_at: receivedAt }),
    ...(undoing && { undoing }),
    ...(paid && { paid }),
    ...(applied && { applied }),
  }
}

/** The known one and those of these snapshots that `is` names, oldest first. */
function byAge(
  known: PastSnapshot | undefined,
  past: readonly { order: PosOrder; deliveryId: Uuid }[],
  is: (order: PosOrder) => boolean,
): PastSnapshot[] {
  const found = past
    .filter(({ order }) => is(order))
    .map(({ order, deliveryId }): PastSnapshot => {
      const { version, namesCustomer } = snapshotKey(order, deliveryId)
      return { delivery: deliveryId, status: order.status, version, named: namesCustomer }
    })
  return [...(known ? [known] : []), ...found].sort((a, b) => compareSnapshots(keyOf(a), keyOf(b)))
}

function keyOf({ version, named, delivery }: PastSnapshot): SnapshotKey {
  return { version, namesCustomer: named, deliveryId: delivery }
}

function isUndone({ status }: PosOrder): boolean {
  return status === 'void' || status === 'refunded'
}

/**
 * The state of the order: that of its newest snapshot, unless staff applied a void that is older.
 */
export function statusOf({ status }: PosOrder, clock: OrderClock | null): OrderStatus {
  return clock?.applied && !isUndone({ status } as PosOrder) ? clock.applied.status : status
}

/**
 * Flags for staff. If both snapshots have a number, or if the void is later than a payment and the
 * sale was reopened after it, the sequence is known, and there is nothing to decide.
 */
export function clockFlags(order: PosOrder, clock: OrderClock | null): OrderFlag[] {
  const { undoing, paid, applied } = clock ?? {}
  const isReopened = undoing && paid && compareSnapshots(keyOf(paid), keyOf(undoing)) < 0
  const isNumbered = undoing?.version.number !== undefined && order.version.number !== undefined
  const isOpen = undoing && !applied && !isNumbered && !isReopened && order.kind === 'sale' && order.status === 'paid'
  return [
    ...(isOpen ? (['void_before_sale'] as const) : []),
    ...(order.version.received_at !== undefined ? (['clock_ahead'] as const) : []),
  ]
}
