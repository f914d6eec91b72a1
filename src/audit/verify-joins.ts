// Verifies joined orders: links are derivable from the orders, and each redemption belongs to the
// order that the links lead to.
import type { Queryable, Statement } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Difference } from '../ledger/verify.ts'
import type { OrderRow } from '../orders/store.ts'
import { findClaims } from '../rewards/claims/joined-claims.ts'
import { firstOrderOf, holderOf } from '../rewards/joins/join-graph.ts'
import { loadJoinGraph } from '../rewards/joins/join-store.ts'
import { linksInto } from '../rewards/joins/order-links.ts'

/** Compares the stored links into these sales with the orders that the sales name. */
export async function* verifyLinks(
  q: Queryable,
  businessId: Uuid,
  sales: readonly OrderRow[],
): AsyncGenerator<Difference> {
  const stored = await q.query<{ orderId: Uuid; intoId: Uuid }>(LINKS_INTO, [businessId, sales.map(({ id }) => id)])
  const found = new Set(stored.map(({ orderId, intoId }) => `${orderId} ${intoId}`))
  const derived = new Set(
    sales.flatMap((sale) => linksInto(sale, []).map(({ orderId, intoId }) => `${orderId} ${intoId}`)),
  )
  for (const link of found.symmetricDifference(derived)) {
    yield { what: 'order.join', id: link, stored: Number(found.has(link)), derived: Number(derived.has(link)) }
  }
}

const LINKS_INTO: Statement = {
  name: 'verify_links_into',
  text: `
select order_id as "orderId", into_id as "intoId" from order_joins
where business_id = $1 and into_id = any ($2::uuid[]) and named`,
}

/** Verifies every redemption on an order that was joined or that another order names. */
export async function* verifyHolders(q: Queryable, businessId: Uuid): AsyncGenerator<Difference> {
  let after: Uuid | null = null
  for (;;) {
    const page: { id: Uuid }[] = await q.query<{ id: Uuid }>(CONCERNED, [businessId, after, PAGE])
    const claims = await findClaims(
      q,
      businessId,
      page.map(({ id }) => id),
    )
    const firsts = claims.flatMap((claim) => firstOrderOf(claim)?.id ?? [])
    const graph = await loadJoinGraph(q, businessId, [...new Set(firsts)])
    for (const claim of claims) {
      const first = firstOrderOf(claim)
      if (first === null || claim.redemption === null) continue
      const holder = holderOf(first.id, graph)
      const held = claim.redemption.orderId === holder.orderId
      const waits = claim.redemption.waitsSince !== undefined
      if (!held) yield { what: `claim.order, not ${holder.orderId}`, id: claim.id, stored: 0, derived: 1 }
      if (waits !== holder.isWaiting) {
        yield { what: 'claim.waits', id: claim.id, stored: Number(waits), derived: Number(holder.isWaiting) }
      }
    }
    after = page.at(-1)?.id ?? null
    if (page.length < PAGE) return
  }
}

const PAGE = 500

const CONCERNED: Statement = {
  name: 'verify_joined_claims',
  text: `
select c.id from claims c
where c.business_id = $1 and c.redeemed_at is not null and c.closed_at is null and ($2::uuid is null or c.id > $2)
  and (c.first_order_id is not null or c.waits_since is not null
    or exists (select from order_joins l where l.business_id = $1 and l.order_id = c.order_id)
    or exists (select from orders o where o.business_id = $1 and o.id = c.order_id and o.status = 'joined'))
order by c.id
limit $3`,
}
