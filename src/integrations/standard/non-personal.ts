// What in a body of the standard shape is the shop's and the menu's, and so nobody's: many orders
// say it.
import { each, type NonPersonal } from '../toolkit/non-personal.ts'

/**
 * By its ids, numbers and codes an order is found, and with it whoever ordered; of its times the
 * day stays, which others share.
 */
export const NON_PERSONAL: NonPersonal = {
  event: 'kept',
  timestamp: 'day',
  business: each('reference name', 'kept'),
  order: {
    ...each('status currency subtotal total tips rounding gift_cards_sold', 'kept'),
    ...each('updated_at opened_at closed_at business_date', 'day'),
    branch: each('id name', 'kept'),
    customer: { dial_code: 'kept', '*': 'person' },
    ...each('created_by closed_by', 'person'),
    products: each('id product_id name category_id price quantity total status', 'kept'),
    charges: each('amount kind', 'kept'),
    discounts: each('amount reason', 'kept'),
    payments: each('method kind amount', 'kept'),
    refunds: { amount: 'kept', at: 'day', lines: each('line_id quantity', 'kept') },
  },
}
