// What is there after the faults: every acknowledged order once, its units once, and the whole proof of the ledger.

import { referenceOf } from '../../bench/bodies.ts'
import type { BenchWorld } from '../../bench/world.ts'
import { orderId } from '../../src/orders/identity.ts'
import { proveBusiness } from '../../src/orders/verify.ts'

export interface Audit {
  acknowledged: number
  /** Acknowledged orders that are not there. */
  lost: number
  /** Deliveries stored twice, and orders whose units were given twice. */
  doubled: number
  /** What the proof of `loyapro verify` found, in words. */
  differences: string[]
}

/** Every order of the load is of 24.00, and gives a point for 1.00. */
const POINTS_AN_ORDER = 24

export async function audit(world: BenchWorld, acknowledged: ReadonlyMap<string, number>): Promise<Audit> {
  const found: Audit = { acknowledged: acknowledged.size, lost: 0, doubled: 0, differences: [] }
  for (const [n, businessId] of world.businesses.entries()) {
    const reference = referenceOf(n)
    const mine = [...acknowledged].flatMap(([id, of]) => (of === reference ? [orderId(businessId, 'foodics', id)] : []))
    const [stored] = await world.db.query<Stored>(STORED, [businessId, mine])
    const { present = 0, orders = 0, deliveries = 0, points = 0 } = stored ?? {}
    found.lost += mine.length - present
    found.doubled += Math.max(0, deliveries - orders) + Math.abs(points / POINTS_AN_ORDER - orders)
    for (const each of await proveBusiness(world.ctx.db, businessId)) {
      found.differences.push(`${each.what} of ${each.id}: stored ${each.stored}, derived ${each.derived}`)
    }
  }
  return found
}

interface Stored {
  present: number
  orders: number
  deliveries: number
  points: number
}

/** An order counts as present when it and the delivery that it came in are. */
const STORED = `
select
  (select count(distinct o.id)::int from orders o join deliveries d on d.business_id = o.business_id and d.order_id = o.id
   where o.business_id = $1 and o.id = any($2::uuid[])) as present,
  (select count(*)::int from orders where business_id = $1) as orders,
  (select count(*)::int from deliveries where business_id = $1) as deliveries,
  (select coalesce(-sum(a.issued), 0)::int from accounts a join programs p on p.business_id = a.business_id and p.id = a.program_id
   where a.business_id = $1 and p.type = 'points') as points`
