// Lists of orders and deliveries walk an index to their place, also behind row-level security.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../test/support/database.ts'
import type { Queryable, Transaction } from '../db/database.ts'
import { derivedId } from '../kernel/ids.ts'
import { ensurePartitions } from './partitions.ts'
import { listOrders, type OrderFilter, type OrderPosition } from './read.ts'
import { type DeliveryHead, listDeliveries } from './read-deliveries.ts'

const { db } = await testDatabase()
await ensurePartitions(db, Date.parse('2026-03-01T00:00:00Z'))
const businessId = derivedId('read', 'business')
const id = derivedId('read', 'thing')
const at = Date.parse('2026-03-01T12:00:00Z')

// A year of a shop with many customers, one order in a hundred void: enough for the planner to tell
// one index from another.
await db.query(
  `insert into orders (business_id, id, pos_name, pos_order_id, kind, status, customer_id, business_date, occurred_at, currency,
     total, version_updated_at, version_timestamp, version_rank, delivery_id, deliveries, dictionary, snapshot, created_at)
   select $1, md5('order' || n)::uuid, 'standard', n, 'sale', case n % 100 when 0 then 'void' else 'paid' end,
     md5('customer' || n % 500)::uuid, at::date, at, 'SAR', 100, at, at, 1, $2, array[$2::uuid], 1, '', at
   from (select n, timestamptz '2025-04-01' + n * interval '90 minutes' as at from generate_series(1, 5000) n) as sales`,
  [businessId, id],
)
await db.query('analyze orders')

/** Explains what is asked of it instead of answering, and leaves the plan in `plans`. */
function explainer(tx: Transaction, plans: string[]): Queryable {
  return {
    query: (statement, values) => tx.query(statement, values),
    run: async (query) => {
      const { sql, parameters } = query.compile()
      const rows = await tx.query<{ 'QUERY PLAN': string }>(`explain (costs off) ${sql}`, parameters)
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'))
      return []
    },
  }
}

/** The plan for large tables: small ones would be read whole, and sorted, whatever the indexes. */
async function planOf(ask: (q: Queryable) => Promise<unknown>): Promise<string> {
  const plans: string[] = []
  await db.asTenant(businessId, async (tx) => {
    await tx.query('set local enable_seqscan = off; set local enable_sort = off; set local enable_bitmapscan = off')
    await ask(explainer(tx, plans))
  })
  return plans.join('\n')
}

const orders = (filter: OrderFilter, before: OrderPosition | null = null) =>
  planOf((q) => listOrders(q, businessId, filter, before, 51))

const deliveries = (result?: DeliveryHead['result']) =>
  planOf((q) => listDeliveries(q, businessId, result ? { results: [result] } : {}, id, 51))

test('the newest orders are read from the end of an index, and a page begins where the previous one ended', async () => {
  assert.match(await orders({}), /Index Scan Backward using orders_by_time/)
  assert.match(await orders({}, { at, id }), /Index Cond: .*ROW\(occurred_at, id\) < ROW/)
})

test('the orders of a customer, and undone orders, each have an index', async () => {
  const position = { at, id }
  assert.match(await orders({ customerId: id }, position), /Backward using orders_of_customer/)
  assert.match(await orders({ status: 'void' }, position), /Backward using orders_undone/)
  assert.match(await orders({ status: 'refunded' }, position), /Backward using orders_undone/)
})

test('a filter by date limits the range of the index on time', async () => {
  const plan = await orders({ fromDate: '2026-03-01', toDate: '2026-03-02' })
  // A week before the first and after the last.
  assert.match(plan, /Index Cond: .*occurred_at >= '2026-02-22 .*occurred_at < '2026-03-09 /)
})

test('deliveries with an uncommon result are found without reading those with a common one', async () => {
  for (const result of ['failed', 'parked', 'ignored', 'stale'] as const) {
    const plan = await deliveries(result)
    assert.match(plan, /Index Cond: .*result = '/, result)
    assert.match(plan, /Index Cond: .*id < '/, result)
  }
  assert.match(await deliveries('processed'), /Index Cond: .*id < '/)
  assert.match(await deliveries(), /Index Cond: .*id < '/)
})
