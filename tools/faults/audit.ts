// Checks the database after faults: every acknowledged order is stored once, every code is redeemed
// once, and the ledger is proven.

import { proveBusiness } from '../../src/audit/verify.ts'
import type { Uuid } from '../../src/kernel/ids.ts'
import { inWords } from '../../src/ledger/verify.ts'
import { orderId } from '../../src/orders/identity.ts'
import { referenceOf } from '../harness/bodies.ts'
import { AMOUNT, type Code } from '../harness/codes.ts'
import type { World } from '../harness/world.ts'
import type { Spent } from './till.ts'

/** The outcomes of all faults so far. */
export interface Expected {
  /** Acknowledged orders by the POS's id, with the reference of their business. */
  acknowledged: Map<string, number>
  /** All codes that were made. */
  codes: Code[]
  spent: Map<Code, Spent>
}

export interface Audit {
  acknowledged: number
  /** Redemptions answered with 200. */
  codes: number
  /** Acknowledged orders and redemptions that are missing, and missing codes. */
  lost: number
  /**
   * Deliveries stored twice, orders whose units were posted twice, and codes whose units were spent
   * twice.
   */
  doubled: number
  /** Differences that `loyapro verify` finds, in words. */
  differences: string[]
}

/** Every order of the load is 24.00 and earns 1 point per 1.00. */
const POINTS_AN_ORDER = 24

export async function audit(world: World, { acknowledged, codes, spent }: Expected): Promise<Audit> {
  const found: Audit = { acknowledged: acknowledged.size, codes: spent.size, lost: 0, doubled: 0, differences: [] }
  for (const [n, businessId] of world.businesses.entries()) {
    const reference = referenceOf(n)
    const mine = [...acknowledged].flatMap(([id, of]) => (of === reference ? [orderId(businessId, 'foodics', id)] : []))
    const [stored] = await world.db.query<Stored>(STORED, [businessId, mine])
    const { present = 0, orders = 0, deliveries = 0, points = 0 } = stored ?? {}
    found.lost += mine.length - present
    found.doubled += Math.max(0, deliveries - orders) + Math.abs(points / POINTS_AN_ORDER - orders)
    await auditCodes(
      world,
      businessId,
      codes.filter((code) => code.reference === reference),
      spent,
      found,
    )
    for (const each of await proveBusiness(world.ctx.db, businessId)) {
      found.differences.push(inWords(each))
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

/** An order is present when it and its delivery are stored. */
const STORED = `
select
  (select count(distinct o.id)::int from orders o join deliveries d on d.business_id = o.business_id and d.order_id = o.id
   where o.business_id = $1 and o.id = any($2::uuid[])) as present,
  (select count(*)::int from orders where business_id = $1) as orders,
  (select count(*)::int from deliveries where business_id = $1) as deliveries,
  (select coalesce(-sum(a.issued), 0)::int from accounts a join programs p on p.business_id = a.business_id and p.id = a.program_id
   where a.business_id = $1 and p.type = 'points') as points`

/**
 * A code whose redemption got no answer is either held or redeemed once. No code is restored here.
 */
async function auditCodes(
  world: World,
  businessId: Uuid,
  codes: readonly Code[],
  spent: ReadonlyMap<Code, Spent>,
  found: Audit,
): Promise<void> {
  const claims = await world.db.query<StoredClaim>(CLAIMS, [businessId])
  const byCode = new Map(claims.map((claim) => [claim.code, claim]))
  for (const code of codes) {
    const claim = byCode.get(code.code)
    const redeemed = spent.get(code)
    const isThere = redeemed
      ? claim?.status === 'redeemed' && claim.posOrderId === redeemed.orderId
      : claim !== undefined
    if (!isThere) found.lost += 1
    if (claim && claim.units !== (claim.status === 'redeemed' ? AMOUNT : 0)) found.doubled += 1
  }
}

interface StoredClaim {
  code: string
  status: string
  posOrderId: string | null
  /** Units that were posted as redeemed. */
  units: number
}

const CLAIMS = `
select c.code, c.status, c.pos_order_id as "posOrderId", coalesce(sum(t.units) filter (where t.credit = 'redeemed'), 0)::int as units
from claims c
left join transfers t on t.business_id = c.business_id and t.customer_id = c.customer_id and t.source_id = c.id
where c.business_id = $1
group by c.business_id, c.id`
