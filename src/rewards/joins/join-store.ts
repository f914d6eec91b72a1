// The table `order_joins`: which order took the goods of which.
import type { OrderStatus } from '../../../contract/pos-order.ts'
import { assertLocked, type BusinessLock } from '../../db/business-lock.ts'
import type { Queryable, Statement, Transaction } from '../../db/database.ts'
import { instant } from '../../db/values.ts'
import type { Uuid } from '../../kernel/ids.ts'
import type { SnapshotSource } from '../../orders/snapshots.ts'
import { loadFamilies } from '../../orders/store.ts'
import type { Claim } from '../claims/claim.ts'
import { findClaimsByFirstOrder } from '../claims/joined-claims.ts'
import type { JoinGraph, JoinLink } from './join-graph.ts'

/**
 * All orders that can be reached from these over any number of joins, with the links between them;
 * at most 2,000 orders.
 */
export async function loadJoinGraph(q: Queryable, businessId: Uuid, ids: readonly Uuid[]): Promise<JoinGraph> {
  const rows = await q.query<GraphRow>(JOIN_GRAPH, [businessId, ids])
  const links = rows.flatMap(({ orderId, intoId, named }) =>
    intoId === null || named === null ? [] : [{ orderId, intoId, named }],
  )
  const orders = rows.flatMap(({ orderId, status, posOrderId }) =>
    status === null || posOrderId === null ? [] : [[orderId, { status, posOrderId }] as const],
  )
  return { orders: new Map(orders), links }
}

interface GraphRow {
  orderId: Uuid
  status: OrderStatus | null
  posOrderId: string | null
  intoId: Uuid | null
  named: boolean | null
}

/**
 * Orders that are reached at most, and links that are read from one order at most. A table is
 * joined a few times; without a limit each order would cost as much as all orders that it is joined
 * with.
 */
const MAX_REACHED = 2_000
const MAX_LINKS = 20

const LINKS_FROM = `(
  select l.into_id, l.named from order_joins l
  where l.business_id = $1 and l.order_id = r.order_id
  order by l.into_id
  limit ${MAX_LINKS}
)`

const JOIN_GRAPH: Statement = {
  name: 'join_graph',
  text: `
with recursive reached (order_id) as (
  select unnest($2::uuid[])
  union
  select l.into_id from reached r cross join lateral ${LINKS_FROM} l
),
followed as (select order_id from reached limit ${MAX_REACHED})
select r.order_id as "orderId", o.status, o.pos_order_id as "posOrderId", l.into_id as "intoId", l.named
from followed r
left join orders o on o.business_id = $1 and o.id = r.order_id
left join lateral ${LINKS_FROM} l on true`,
}

/**
 * The claims that were first redeemed for these orders, or for orders from which they can be
 * reached; of at most 2,000 orders.
 */
export async function findUpstreamClaims(q: Queryable, businessId: Uuid, ids: readonly Uuid[]): Promise<Claim[]> {
  const rows = await q.query<{ id: Uuid }>(UPSTREAM, [businessId, ids])
  return findClaimsByFirstOrder(
    q,
    businessId,
    rows.map((row) => row.id),
  )
}

const UPSTREAM: Statement = {
  name: 'joined_upstream',
  text: `
with recursive above (id) as (
  select unnest($2::uuid[])
  union
  select l.order_id from above a join order_joins l on l.business_id = $1 and l.into_id = a.id
)
select id from above limit ${MAX_REACHED}`,
}

/** Replaces the links into these orders. */
export async function replaceLinks(
  tx: Transaction,
  lock: BusinessLock,
  businessId: Uuid,
  orders: readonly { intoId: Uuid; links: readonly JoinLink[] }[],
): Promise<void> {
  if (orders.length === 0) return
  const links = orders.flatMap((one) => one.links)
  await Promise.all([
    tx.query(DROP_LINKS, [businessId, orders.map((one) => one.intoId)]),
    links.length > 0 && addLinks(tx, lock, businessId, links),
  ])
}

/** Links that exist stay as they are. */
export async function addLinks(
  tx: Transaction,
  lock: BusinessLock,
  businessId: Uuid,
  links: readonly JoinLink[],
): Promise<void> {
  assertLocked(lock, businessId)
  await tx.query(ADD_LINKS, [
    businessId,
    links.map((link) => link.orderId),
    links.map((link) => link.intoId),
    links.map((link) => link.named),
  ])
}

/** A redeemed claim with the order that it was first redeemed for. */
export interface FirstRedemption {
  claim: Claim
  first: Uuid
}

/**
 * Links from `first` to the sales of the claim's customer that carry its code, for claims of one
 * business. Needed before a redemption waits: an order that arrived before its code was redeemed
 * has no link yet.
 */
export async function findLinksByCode(
  q: Queryable,
  businessId: Uuid,
  redemptions: readonly FirstRedemption[],
  source?: SnapshotSource,
): Promise<JoinLink[]> {
  const links: JoinLink[] = []
  for (let from = 0; from < redemptions.length; from += BATCH) {
    links.push(...(await findLinks(q, businessId, redemptions.slice(from, from + BATCH), source)))
  }
  return links
}

async function findLinks(
  q: Queryable,
  businessId: Uuid,
  redemptions: readonly FirstRedemption[],
  source?: SnapshotSource,
): Promise<JoinLink[]> {
  const rows = await q.query<{ index: number; id: Uuid }>(ORDERS_AROUND, [
    businessId,
    redemptions.map(({ claim }) => claim.customerId),
    redemptions.map(({ claim }) => instant(claim.createdAt - CODE_IN_ORDER_MS)),
    redemptions.map(({ claim }) => instant(claim.createdAt + CODE_IN_ORDER_MS)),
  ])
  const ids = [...new Set(rows.map(({ id }) => id))]
  const loaded =
    ids.length === 0
      ? []
      : await loadFamilies(
          q,
          ids.map((id) => ({ businessId, id })),
          source,
        )
  const orders = new Map(loaded.map((row) => [row.id, row]))
  return rows.flatMap(({ index, id }) => {
    const redeemed = redemptions[index]
    const row = orders.get(id)
    if (!redeemed || row?.kind !== 'sale' || id === redeemed.first) return []
    if (!row.order.reward_codes.includes(redeemed.claim.code)) return []
    return [{ orderId: redeemed.first, intoId: id, named: false }]
  })
}

/** Claims whose customers' orders are read together; each brings at most 100 orders into memory. */
const BATCH = 50

/** A code is valid for at most a day, and an order that carries it is of that day or the next. */
const CODE_IN_ORDER_MS = 3 * 24 * 3_600_000

const ORDERS_AROUND: Statement = {
  name: 'customers_orders_around',
  text: `
select (c.position - 1)::int as index, o.id
from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) with ordinality as c (customer_id, since, until, position)
cross join lateral (
  select s.id from orders s
  where s.business_id = $1 and s.customer_id = c.customer_id and s.kind = 'sale' and s.occurred_at between c.since and c.until
  order by s.occurred_at desc, s.id
  limit 100
) o`,
}

const DROP_LINKS: Statement = {
  name: 'drop_order_joins',
  text: 'delete from order_joins where business_id = $1 and into_id = any ($2::uuid[])',
}

const ADD_LINKS: Statement = {
  name: 'add_order_joins',
  text: `
insert into order_joins (business_id, order_id, into_id, named)
select $1, * from unnest($2::uuid[], $3::uuid[], $4::boolean[])
on conflict do nothing`,
}
