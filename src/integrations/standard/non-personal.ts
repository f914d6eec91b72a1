// The values of a body in the standard format that identify nobody: those of the shop and its menu,
// which many orders have in common.
import { each, type NonPersonal } from '../toolkit/non-personal.ts'

/**
 * IDs, numbers and codes of an order lead to its customer, so they are not listed; of its times
 * only the day is.
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
