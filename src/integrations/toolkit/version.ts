// The version of a snapshot: which of two bodies about one order is the newer.
import type { OrderStatus, SnapshotVersion } from '../../../contract/pos-order.ts'
import type { EpochMs } from '../../kernel/clock.ts'

/** `number` is the POS's own version of the order, where it has one. */
export function versionOf(
  updatedAt: EpochMs,
  timestamp: EpochMs,
  status: OrderStatus,
  number?: number,
): SnapshotVersion {
  return { ...(number !== undefined && { number }), updated_at: updatedAt, timestamp, rank: RANK[status] }
}

/**
 * An order only ever goes up in rank, so of two snapshots of one instant the higher is the later.
 */
const RANK: Record<OrderStatus, number> = { initiated: 0, paid: 1, void: 2, refunded: 3, joined: 4 }
