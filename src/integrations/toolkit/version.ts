// The version of a snapshot, which tells the newer of two snapshots of one order.
import type { OrderStatus, SnapshotVersion } from '../../../contract/pos-order.ts'
import type { EpochMs } from '../../kernel/clock.ts'

/** `number` is the version that the POS gives the order, where it has one. */
export function versionOf(
  updatedAt: EpochMs,
  timestamp: EpochMs,
  status: OrderStatus,
  number?: number,
): SnapshotVersion {
  return { ...(number !== undefined && { number }), updated_at: updatedAt, timestamp, rank: RANK[status] }
}

/**
 * The rank of an order only increases, so of two snapshots of one instant the one with the higher
 * rank is newer.
 */
const RANK: Record<OrderStatus, number> = { initiated: 0, paid: 1, void: 2, refunded: 3, joined: 4 }
