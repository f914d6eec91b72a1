// Joined orders: which order holds what was redeemed on an order whose goods were moved to another
// one (pure).
import type { OrderStatus } from '../../../contract/pos-order.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Uuid } from '../../kernel/ids.ts'
import type { Claim, Redemption } from '../claims/claim.ts'

/** Milliseconds that a redemption on a joined order waits for the order that takes its goods. */
export const JOIN_WAIT_MS = 24 * 3_600_000

/**
 * `intoId` takes the goods of `orderId`: it names that order, or only carries a code that was
 * redeemed on it.
 */
export interface JoinLink {
  orderId: Uuid
  intoId: Uuid
  named: boolean
}

/** The orders around some joined ones. An order that nobody sent yet has no entry in `orders`. */
export interface JoinGraph {
  orders: ReadonlyMap<Uuid, { status: OrderStatus; posOrderId: string }>
  links: readonly JoinLink[]
}

export interface Holder {
  orderId: Uuid
  /** No order has taken the goods yet: the redemption waits on the last order that was joined. */
  waits: boolean
}

/**
 * The order that holds now what was first redeemed for `first`. An order is absorbed when it was
 * joined, or another one names it. From there the links lead on, those by name before those by
 * code, over any number of joins, to an order that is not absorbed; one that stands goes before one
 * that is void. The result follows from the graph alone, not from the order in which it became
 * known.
 */
export function holderOf(first: Uuid, { orders, links }: JoinGraph): Holder {
  const linksFrom = Map.groupBy(links, (link) => link.orderId)
  const isJoined = (id: Uuid) => orders.get(id)?.status === 'joined'
  const isAbsorbed = (id: Uuid) => isJoined(id) || (linksFrom.get(id)?.some((link) => link.named) ?? false)
  if (!isAbsorbed(first)) return { orderId: first, waits: false }
  const seen = new Set<Uuid>()
  const next = [first]
  let voided: Uuid | null = null
  let lastJoined: Uuid | null = null
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    if (seen.has(id)) continue
    seen.add(id)
    if (!isAbsorbed(id)) {
      if (orders.get(id)?.status !== 'void') return { orderId: id, waits: false }
      voided ??= id
    } else {
      if (isJoined(id)) lastJoined = id
      const ways = [...(linksFrom.get(id) ?? [])].sort(byRank)
      // The last one in is the first one out.
      next.push(...ways.reverse().map((link) => link.intoId))
    }
  }
  if (voided !== null) return { orderId: voided, waits: false }
  return lastJoined === null ? { orderId: first, waits: false } : { orderId: lastJoined, waits: true }
}

function byRank(a: JoinLink, b: JoinLink): number {
  return Number(b.named) - Number(a.named) || (a.intoId < b.intoId ? -1 : 1)
}

/** The order that a claim was first redeemed for; null when it is not redeemed. */
export function firstOrderOf({ redemption }: Pick<Claim, 'redemption'>): { id: Uuid; posOrderId: string } | null {
  return redemption && (redemption.firstOrder ?? { id: redemption.orderId, posOrderId: redemption.posOrderId })
}

/** The redemption as that order holds it; the same object when it does already. */
export function heldBy(redemption: Redemption, { orderId, waits }: Holder, graph: JoinGraph, now: EpochMs): Redemption {
  const isWaiting = redemption.waitsSince !== undefined
  if (redemption.orderId === orderId && isWaiting === waits) return redemption
  const { firstOrder, waitsSince, ...rest } = redemption
  const first = firstOrder ?? { id: redemption.orderId, posOrderId: redemption.posOrderId }
  const posOrderId =
    orderId === first.id ? first.posOrderId : (graph.orders.get(orderId)?.posOrderId ?? first.posOrderId)
  return {
    ...rest,
    orderId,
    posOrderId,
    ...(orderId !== first.id && { firstOrder: first }),
    ...(waits && { waitsSince: waitsSince ?? now }),
  }
}

/**
 * A joined order whose goods no order has taken in time; what staff returned before waits for none.
 */
export function joinedFlags(
  scene: { orderId: Uuid; state: string },
  claims: readonly Claim[],
): 'joined_order_missing'[] {
  const isMissing = claims.some(
    ({ status, redemption }) =>
      redemption?.orderId === scene.orderId &&
      redemption.waitsSince !== undefined &&
      status === 'restored' &&
      !redemption.returned,
  )
  return scene.state === 'joined' && isMissing ? ['joined_order_missing'] : []
}
