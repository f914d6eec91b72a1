// The links that follow from one order: the orders whose goods it took (pure).
import { orderId } from '../../orders/identity.ts'
import type { OrderRow } from '../../orders/store.ts'
import type { Claim } from '../claims/claim.ts'
import { firstOrderOf, type JoinLink } from './join-graph.ts'

/**
 * The orders that this sale names as joined, and those for which a code that it carries was
 * redeemed. `claims`: of its customer.
 */
export function linksInto({ businessId, posName, id, kind, order }: OrderRow, claims: readonly Claim[]): JoinLink[] {
  if (kind !== 'sale') return []
  const named = (order.joined_pos_order_ids ?? []).map((one) => orderId(businessId, posName, one))
  const byCode = claims.flatMap((claim) => {
    const first = firstOrderOf(claim)
    return first !== null && order.reward_codes.includes(claim.code) ? [first.id] : []
  })
  const links = new Map(byCode.map((one) => [one, { orderId: one, intoId: id, named: false }]))
  for (const one of named) links.set(one, { orderId: one, intoId: id, named: true })
  links.delete(id)
  return [...links.values()]
}

/** Whether the links into an order may differ from those stored. `before`: the order as it was. */
export function mayChangeLinks(before: OrderRow | null, links: readonly JoinLink[]): boolean {
  if (links.length > 0) return true
  return before !== null && (before.order.reward_codes.length > 0 || before.order.joined_pos_order_ids !== undefined)
}
