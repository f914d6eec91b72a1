// Joined orders: which order holds what was redeemed on an order whose goods another order took
// (pure).
import type { OrderStatus } from '../../../contract/pos-order.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Uuid } from '../../kernel/ids.ts'
import type { Claim, Redemption } from '../claims/claim.ts'

/** How long a redemption on a joined order waits for the order that takes its goods. */
export const JOIN_WAIT_MS = 24 * 3_600_000

/** The order `intoId` takes the goods of `orderId`: it names that order, or carries its code. */
export interface JoinLink {
  orderId: Uuid
  intoId: Uuid
  /** Whether it names the order. */
  named: boolean
}

/** Joined orders with the links between them. An order that has not arrived is not in `orders`. */
export interface JoinGraph {
  orders: ReadonlyMap<Uuid, { status: OrderStatus; posOrderId: string }>
  links: readonly JoinLink[]
}

export interface Holder {
  orderId: Uuid
  /** No order has taken the goods yet: the redemption waits on the last order that was joined. */
  isWaiting: boolean
}

/**
 * The order that now holds what was first redeemed for `first`. An order is absorbed if its status
 * is joined, or if another order names it. The search follows the links from `first`, by name
 * before by code, over any number of joins, to an order that is not absorbed. An order in force
 * goes before a void one. The result depends only on the graph, not on the sequence of arrival.
 */
export function holderOf(first: Uuid, { orders, links }: JoinGraph): Holder {
  const linksFrom = Map.groupBy(links, (link) => link.orderId)
  const isJoined = (id: Uuid) => orders.get(id)?.status === 'joined'
  const isAbsorbed = (id: Uuid) => isJoined(id) || (linksFrom.get(id)?.some((link) => link.named) ?? false)
  if (!isAbsorbed(first)) return { orderId: first, isWaiting: false }
  const visited = new Set<Uuid>()
  const stack = [first]
  let voided: Uuid | null = null
  let lastJoined: Uuid | null = null
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (visited.has(id)) continue
    visited.add(id)
    if (!isAbsorbed(id)) {
      if (orders.get(id)?.status !== 'void') return { orderId: id, isWaiting: false }
      voided ??= id
    } else {
      if (isJoined(id)) lastJoined = id
      const next = [...(linksFrom.get(id) ?? [])].sort(byRank)
      stack.push(...next.reverse().map((link) => link.intoId))
    }
  }
  if (voided !== null) return { orderId: voided, isWaiting: false }
  return lastJoined === null ? { orderId: first, isWaiting: false } : { orderId: lastJoined, isWaiting: true }
}

function byRank(a: JoinLink, b: JoinLink): number {
  return Number(b.named) - Number(a.named) || (a.intoId < b.intoId ? -1 : 1)
}

/** The order that a claim was first redeemed for; null if it is not redeemed. */
export function firstOrderOf({ redemption }: Pick<Claim, 'redemption'>): { id: Uuid; posOrderId: string } | null {
  return redemption && (redemption.firstOrder ?? { id: redemption.orderId, posOrderId: redemption.posOrderId })
}

/** The redemption on its holder; the same object if the holder has it already. */
export function moveToHolder(
  redemption: Redemption,
  { orderId, isWaiting }: Holder,
  { orders }: JoinGraph,
  now: EpochMs,
): Redemption {
  const wasWaiting = redemption.waitsSince !== undefined
  if (redemption.orderId === orderId && wasWaiting === isWaiting) return redemption
  const { firstOrder, waitsSince, ...rest } = redemption
  const first = firstOrder ?? { id: redemption.orderId, posOrderId: redemption.posOrderId }
  const posOrderId = orderId === first.id ? first.posOrderId : (orders.get(orderId)?.posOrderId ?? first.posOrderId)
  return {
    ...rest,
    orderId,
    posOrderId,
    ...(orderId !== first.id && { firstOrder: first }),
    ...(isWaiting && { waitsSince: waitsSince ?? now }),
  }
}
