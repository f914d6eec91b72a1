// What needs a person: deliveries that failed, returns without a sale, orders with flags. Counts stop
// at a limit, so that a business with many costs no more.
import type { Queryable, Statement } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

export interface Waiting {
  kind: 'failed_deliveries' | 'parked_returns' | 'flagged_orders'
  /** At most WORK_COUNT_LIMIT. */
  count: number
  /** Of the oldest and the newest of them. */
  from: EpochMs
  to: EpochMs
  /** Sum of the orders, in minor units; 0 for deliveries. */
  total: number
}

export const WORK_COUNT_LIMIT = 100

/** Kinds without anything are left out. `since`: of flagged orders, which stay flagged. */
export async function listWaiting(q: Queryable, businessId: Uuid, since: EpochMs): Promise<Waiting[]> {
  const rows = await q.query<Waiting>(WAITING, [businessId, instant(since), WORK_COUNT_LIMIT])
  return rows.filter(({ count }) => count > 0)
}

const WAITING: Statement = {
  name: 'orders_waiting',
  text: `
select 'failed_deliveries' as kind, count(*) as count, min(received_at) as "from", max(received_at) as "to", 0::bigint as total
from (select received_at from deliveries where business_id = $1 and result = 'failed' order by id desc limit $3) d
union all
select 'parked_returns', count(*), min(occurred_at), max(occurred_at), coalesce(sum(total), 0)::bigint
from (select occurred_at, total from orders where business_id = $1 and parked order by id desc limit $3) o
union all
select 'flagged_orders', count(*), min(occurred_at), max(occurred_at), coalesce(sum(total), 0)::bigint
from (select occurred_at, total from orders
  where business_id = $1 and flags is not null and occurred_at >= $2::timestamptz order by occurred_at desc limit $3) o`,
}

/** Whether an order of a POS other than this one was received. */
export async function hasOrders(q: Queryable, businessId: Uuid, exceptPos: string): Promise<boolean> {
  const rows = await q.query(HAS_ORDERS, [businessId, exceptPos])
  return rows.length > 0
}

const HAS_ORDERS: Statement = {
  name: 'has_orders',
  text: 'select id from orders where business_id = $1 and pos_name <> $2 order by occurred_at desc, id desc limit 1',
}

/** The latest order of a POS among the latest orders of the business; null when none is. */
export async function latestOfPos(
  q: Queryable,
  businessId: Uuid,
  posName: string,
): Promise<{ id: Uuid; customerId: Uuid | null; reason: string | null; createdAt: EpochMs } | null> {
  const [row] = await q.query<{ id: Uuid; customerId: Uuid | null; reason: string | null; createdAt: EpochMs }>(
    LATEST_OF_POS,
    [businessId, posName],
  )
  return row ?? null
}

const LATEST_OF_POS: Statement = {
  name: 'latest_order_of_pos',
  text: `
select id, customer_id as "customerId", reason, created_at as "createdAt" from (
  select id, customer_id, reason, created_at, pos_name, occurred_at from orders
  where business_id = $1 order by occurred_at desc, id desc limit 500) o
where pos_name = $2 order by created_at desc limit 1`,
}
