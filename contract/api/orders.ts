// Orders and their families, what they earned and why, as the business API shows them.
import { type Static, Type } from 'typebox'
import { choice, date, idOf, instant, nullable, PosName, Text } from './common.ts'
import { LedgerEntry } from './customers.ts'

const money = (description: string, example: number) =>
  Type.Integer({ description: `${description} In minor units of \`currency\`.`, examples: [example] })

const order = {
  id: idOf('ord', 'The order.'),
  pos: PosName,
  pos_order_id: Type.String({ description: 'The id that the POS knows it by.', examples: ['_8f2d6c11'] }),
  reference: nullable(
    Type.String({ description: 'The number that people at the shop know it by.', examples: ['00292'] }),
  ),
  kind: choice(['sale', 'return'], { description: 'A return gives back from a sale and is an order of its own.' }),
  status: choice(['initiated', 'paid', 'void', 'refunded']),
  parked: Type.Boolean({ description: 'A return whose sale has not arrived yet: applied when it does.' }),
  branch_id: nullable(idOf('brn', 'Where it was sold.')),
  customer_id: nullable(idOf('cus', 'Whose it is.')),
  business_date: date('The business day of the branch that it belongs to; that day may end after midnight.'),
  occurred_at: instant('When it was closed; else when it was opened.'),
  currency: Type.String({ description: 'ISO 4217.', examples: ['SAR'] }),
  total: money('What was paid, tax included.', 2400),
  reason: nullable(
    Type.String({ description: 'Why it earned nothing, as a code; null when it did.', examples: ['no_customer'] }),
  ),
  created_at: instant('When LoyaPro first heard of it.'),
}

export const OrderSummary = Type.Object(order)
export type OrderSummary = Static<typeof OrderSummary>

const OrderLine = Type.Object({
  id: Type.String(),
  product_id: Type.String({ description: "The POS's id of the product." }),
  sku: nullable(Type.String()),
  category_id: nullable(Type.String()),
  name: Type.String(),
  name_ar: nullable(Type.String()),
  quantity: Type.Number({ description: 'Pieces, or what the scales said; three decimals.', examples: [1] }),
  status: choice(['added', 'paid', 'voided', 'refunded']),
  total_incl_tax: money('After all discounts, options included.', 2400),
  total_excl_tax: money('The same without tax.', 2087),
  options: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      quantity: Type.Number(),
      total_incl_tax: money('Its price.', 0),
    }),
  ),
})

const reason = { code: Type.String({ examples: ['no_customer'] }), ...Text.properties }

export const OrderInFull = Type.Object({
  ...order,
  original_id: nullable(idOf('ord', 'The sale that this return gives back from.')),
  lines: Type.Array(OrderLine),
  discounts: Type.Array(
    Type.Object({
      amount: money('What it took off.', 500),
      reason: choice(['coupon', 'loyalty_redemption', 'promotion', 'other']),
      code: nullable(Type.String()),
    }),
  ),
  payments: Type.Array(
    Type.Object({
      method: Type.String({ examples: ['Cash'] }),
      kind: choice(['cash', 'card', 'gift_card', 'house_account', 'loyalty', 'other']),
      amount: money('What was paid with it.', 2400),
    }),
  ),
  returns: Type.Array(OrderSummary, { description: 'The returns of this sale, oldest first.' }),
  deliveries: Type.Array(
    Type.Object({
      id: idOf('dlv', 'The delivery.'),
      event: nullable(Type.String({ examples: ['customer.order.created'] })),
      result: choice(['processed', 'stale', 'parked', 'ignored', 'failed']),
      received_at: instant('When it came.'),
    }),
    { description: 'What the POS sent of it and is still kept, oldest first.' },
  ),
  movements: Type.Array(LedgerEntry, {
    description: 'What the sale, with its returns, moved in the ledger, oldest first.',
  }),
  why_not: nullable(
    Type.Object(
      {
        ...reason,
        programs: Type.Array(Type.Object({ program_id: idOf('prg', 'The program.'), ...reason }), {
          description: 'What the order lacked in each program; empty where it was not for the programs to decide.',
        }),
      },
      { description: 'Why it earned nothing; null when it did.' },
    ),
  ),
})
export type OrderInFull = Static<typeof OrderInFull>
