// The complete state of some customers as one plain object, to compare two runs of a story.
import type { Database } from '../../src/db/database.ts'
import type { Uuid } from '../../src/kernel/ids.ts'
import { orderId } from '../../src/orders/identity.ts'

/**
 * Balances, open lots, won cards and order states of these orders (by their id in the standard POS)
 * and customers.
 */
export async function stateOf(
  db: Database,
  businessId: Uuid,
  posOrderIds: Iterable<string>,
  phones: readonly string[],
) {
  const ids = [...new Set(posOrderIds)].map((id) => orderId(businessId, 'standard', id))
  const customers = `select id from customers where business_id = $1 and phone = any ($2)`
  const [orders, balances, lots, cards] = await Promise.all([
    db.query(
      `select o.pos_order_id, o.kind, o.status, o.parked, o.total, o.reason, o.flags, c.phone
       from orders o left join customers c on c.business_id = o.business_id and c.id = o.customer_id
       where o.business_id = $1 and o.id = any ($2::uuid[]) order by o.pos_order_id`,
      [businessId, ids],
    ),
    db.query(
      `select c.phone, p.type, a.available, a.pending, a.held, a.carry
       from accounts a join customers c on c.business_id = a.business_id and c.id = a.customer_id
       join programs p on p.business_id = a.business_id and p.id = a.program_id
       where a.business_id = $1 and a.customer_id in (${customers}) and (a.available, a.pending, a.held) <> (0, 0, 0)
       order by 1, 2, p.name`,
      [businessId, phones],
    ),
    db.query(
      `select c.phone, p.type, l.id, l.version, l.granted, l.remaining, l.expired, l.pending, l.occurred_at, l.expires_at
       from lots l join customers c on c.business_id = l.business_id and c.id = l.customer_id
       join programs p on p.business_id = l.business_id and p.id = l.program_id
       where l.business_id = $1 and l.customer_id in (${customers}) and l.remaining > 0
       order by 1, 2, p.name, 3`,
      [businessId, phones],
    ),
    db.query(
      `select c.phone, s.number, s.goal, s.lot_units from awards s
       join customers c on c.business_id = s.business_id and c.id = s.customer_id
       where s.business_id = $1 and s.customer_id in (${customers}) and s.status = 'won' order by 1, 2`,
      [businessId, phones],
    ),
  ])
  return { orders, balances, lots, cards }
}
