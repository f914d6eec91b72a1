// The non-personal fields of a canonical order and of the answer to it.
import { each, type NonPersonal } from '../integrations/toolkit/non-personal.ts'

export const ORDER_NON_PERSONAL: NonPersonal = {
  ...each('kind status currency order_type channel customer_problem business_date_assumed', 'kept'),
  ...each('charges_incl_tax tips rounding gift_cards_sold subtotal_excl_tax total_incl_tax', 'kept'),
  ...each('occurred_at opened_at closed_at business_date', 'day'),
  ...each('customer created_by closed_by', 'person'),
  version: { ...each('updated_at timestamp', 'day'), rank: 'kept' },
  branch: each('id name name_ar reference timezone day_ends_at', 'kept'),
  lines: {
    ...each('id product_id sku category_id name name_ar quantity status', 'kept'),
    ...each('total_incl_tax total_excl_tax discount price_incl_tax is_redemption', 'kept'),
    options: each('id name quantity total_incl_tax price_incl_tax', 'kept'),
  },
  discounts: each('amount reason', 'kept'),
  payments: each('method kind amount', 'kept'),
  refunds: { amount_incl_tax: 'kept', occurred_at: 'day', lines: each('line_id quantity', 'kept') },
}

export const ANSWER_NON_PERSONAL: NonPersonal = {
  ...each('result reason', 'kept'),
  customer: 'person',
  order: { status: 'kept' },
  movements: { ...each('program_id program_type unit units', 'kept'), why: each('en ar', 'kept') },
  balances: each('program_id program_type unit', 'kept'),
}
