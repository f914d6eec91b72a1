// The table `order_joins`: which order took the goods of which.
import type { OrderStatus } from '../../contract/pos-order.ts'
import type { Queryable, Statement } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Claim } from '../rewards/claim.ts'
import type { JoinGraph, JoinLink } from '../rewards/joined.ts'
import { claimsFirstRedeemedFor } from '../rewards/joined-store.ts'
import type { SnapshotSource } from './snapshots.ts'
import { loadFamilies } from './store.ts'

/** All orders that links lead to from these, however often they were joined, with the links between them: 2,000 orders at most. */
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
 * The most orders that links are followed to, and the most orders into which one was joined that are looked at. A table is joined a few
 * times; without a limit each order would cost as much as all those that it is joined with.
 */
const MOST_FOLLOWED = 2_000
const MOST_LINKS = 20

const LINKS_FROM = `(
  select l.into_id, l.named from order_joins l
  where l.business_id = $1 and l.order_id = r.order_id
  order by l.into_id
  limit ${MOST_LINKS}
)`

const JOIN_GRAPH: Statement = {
  name: 'join_graph',
  text: `
with recursive reached (order_id) as (
  select unnest($2::uuid[])
  union
  select l.into_id from reached r cross join lateral ${LINKS_FROM} l
),
followed as (select order_id from reached limit ${MOST_FOLLOWED})
select r.order_id as "orderId", o.status, o.pos_order_id as "posOrderId", l.into_id as "intoId", l.named
from followed r
left join orders o on o.business_id = $1 and o.id = r.order_id
left join lateral ${LINKS_FROM} l on true`,
}

/** The claims that were first redeemed for these orders, or for orders from which links lead to them, of 2,000 orders at most. */
export async function claimsUpstream(q: Queryable, businessId: Uuid, ids: readonly Uuid[]): Promise<Claim[]> {
  const rows = await q.query<{ id: Uuid }>(UPSTREAM, [businessId, ids])
  return claimsFirstRedeemedFor(
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
select id from above limit ${MOST_FOLLOWED}`,
}

/** Replaces the links into these orders. */
export async function saveLinks(
  tx: Queryable,
  businessId: Uuid,
  orders: readonly { intoId: Uuid; links: readonly JoinLink[] }[],
): Promise<void> {
  if (orders.length === 0) return
  const links = orders.flatMap((one) => one.links)
  await Promise.all([
    tx.query(DROP_LINKS, [businessId, orders.map((one) => one.intoId)]),
    links.length > 0 && addLinks(tx, businessId, links),
  ])
}

/** Adds links; one that is there stays as it is. */
export async function addLinks(tx: Queryable, businessId: Uuid, links: readonly JoinLink[]): Promise<void> {
  await tx.query(ADD_LINKS, [
    businessId,
    links.map((link) => link.orderId),
    links.map((link) => link.intoId),
    links.map((link) => link.named),
  ])
}

/**
 * Links from `first` to the sales of the claim's customer that carry its code. They are looked for when a redemption is about to wait: an
 * order that came before its code was redeemed has no link yet.
 */
export async function linksByCode(
  q: Queryable,
  { businessId, customerId, code, createdAt }: Claim,
  first: Uuid,
  source?: SnapshotSource,
): Promise<JoinLink[]> {
  const span = [instant(createdAt - CARRIED_MS), instant(createdAt + CARRIED_MS)]
  const rows = await q.query<{ id: Uuid }>(ORDERS_AROUND, [businessId, customerId, ...span])
  const keys = rows.map(({ id }) => ({ businessId, id }))
  const orders = keys.length === 0 ? [] : await loadFamilies(q, keys, source)
  return orders
    .filter(({ id, kind, order }) => kind === 'sale' && id !== first && order.reward_codes.includes(code))
    .map(({ id }) => ({ orderId: first, intoId: id, named: false }))
}

/** A code is good for a day at most, and an order that carries it is of that day or the next. */
const CARRIED_MS = 3 * 24 * 3_600_000

const ORDERS_AROUND: Statement = {
  name: 'customer_orders_around',
  text: `
select id from orders
where business_id = $1 and customer_id = $2 and kind = 'sale' and occurred_at between $3::timestamptz and $4::timestamptz
order by occurred_at desc, id
limit 100`,
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
