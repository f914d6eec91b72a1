// Orders and their families, what they earned and why, as the business API shows them.
import { type Static, Type } from 'typebox'
import { Claim } from './claims.ts'
import { choice, date, idOf, instant, nullable, PosName, Text } from './common.ts'
import { LedgerEntry } from './customers.ts'
import { DeliveryResult, Event } from './deliveries.ts'

const money = (description: string, example: number) =>
  Type.Integer({ description: `${description} In minor units of \`currency\`.`, examples: [example] })

const order = {
  id: idOf('ord', 'The order.'),
  pos: PosName,
  pos_order_id: Type.String({ description: 'The id that the POS knows it by.', examples: ['_8f2d6c11'] }),
  reference: nullable(
    Type.String({ description: 'The number that people at the shop know it by.', examples: ['00292'] }),
  ),
  kind: choice(['sale', 'return'], {
    description:
      'A return gives back from a sale and is an order of its own; a sale that names an original is an exchange.',
  }),
  status: choice(['initiated', 'paid', 'void', 'refunded'], { description: 'As it stands now.' }),
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
  flags: Type.Array(
    Type.Object({
      code: Type.String({ description: 'Stable; decide by it.', examples: ['discount_differs'] }),
      ...Text.properties,
    }),
    { description: 'What does not fit between the order and the rewards redeemed for it: for somebody to look at.' },
  ),
  created_at: instant('When LoyaPro first heard of it.'),
}

export const OrderSummary = Type.Object(order)
export type OrderSummary = Static<typeof OrderSummary>

const OrderLine = Type.Object({
  id: Type.String({ description: "The POS's id of the line; its position when it has none." }),
  product_id: Type.String({ description: "The POS's id of the product." }),
  sku: nullable(Type.String({ description: 'The stock-keeping unit.' })),
  category_id: nullable(Type.String({ description: "The POS's id of the category." })),
  name: Type.String({ description: 'What the receipt says.' }),
  name_ar: nullable(Type.String({ description: 'The same in Arabic.' })),
  quantity: Type.Number({ description: 'Pieces, or what the scales said; three decimals.', examples: [1] }),
  status: choice(['added', 'paid', 'voided', 'refunded'], { description: 'A voided line never counts.' }),
  total_incl_tax: money('After all discounts, options included.', 2400),
  total_excl_tax: money('The same without tax.', 2087),
  options: Type.Array(
    Type.Object({
      id: Type.String({ description: "The POS's id of the option." }),
      name: Type.String({ description: 'What the receipt says.' }),
      quantity: Type.Number({ description: 'How many.' }),
      total_incl_tax: money('Its price, which is in that of the line.', 0),
    }),
    { description: 'What was chosen with it.' },
  ),
})

const reason = {
  code: Type.String({ description: 'Stable; decide by it.', examples: ['no_customer'] }),
  ...Text.properties,
}

export const OrderInFull = Type.Object({
  ...order,
  original_id: nullable(idOf('ord', 'The sale that this return or exchange gives back from.')),
  lines: Type.Array(OrderLine, { description: 'What was sold, voided lines included.' }),
  discounts: Type.Array(
    Type.Object({
      amount: money('What it took off.', 500),
      reason: choice(['coupon', 'loyalty_redemption', 'promotion', 'other'], { description: 'What it was for.' }),
      code: nullable(Type.String({ description: 'Of the coupon or reward.' })),
    }),
    { description: 'Discounts of the whole order; they are in the totals of the lines already.' },
  ),
  payments: Type.Array(
    Type.Object({
      method: Type.String({ description: 'What the POS calls it.', examples: ['Cash'] }),
      kind: choice(['cash', 'card', 'gift_card', 'house_account', 'loyalty', 'other'], { description: 'What it is.' }),
      amount: money('What was paid with it.', 2400),
    }),
    { description: 'How it was paid; what was paid with loyalty earns nothing.' },
  ),
  returns: Type.Array(OrderSummary, {
    description: 'The orders that give back from this sale, oldest first: returns, and sales that are exchanges.',
  }),
  redemptions: Type.Array(Claim, { description: 'The claims that were redeemed for it, oldest first.' }),
  deliveries: Type.Array(
    Type.Object({
      id: idOf('dlv', 'The delivery.'),
      event: nullable(Event),
      result: DeliveryResult,
      received_at: instant('When it came.'),
    }),
    { description: 'What the POS sent of it and is still kept, oldest first.' },
  ),
  movements: Type.Array(LedgerEntry, {
    description:
      'What the sale, with its returns, moved in the ledger, oldest first; of an exchange also what it took back elsewhere.',
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
