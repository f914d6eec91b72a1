// Orders in the business API: their families, what they earned and why.
import { type Static, Type } from 'typebox'
import { Claim } from './claims.ts'
import { actor, choice, date, idOf, instant, nullable, PosName, Text } from './common.ts'
import { LedgerEntry } from './customers.ts'
import { DeliveryResult, Event } from './deliveries.ts'

const money = (description: string, example: number) =>
  Type.Integer({ description: `${description} In minor units of \`currency\`.`, examples: [example] })

const order = {
  id: idOf('ord', 'The order.'),
  pos: PosName,
  pos_order_id: Type.String({ description: 'ID of the order in the POS.', examples: ['_8f2d6c11'] }),
  reference: nullable(Type.String({ description: 'Order number, as staff see it.', examples: ['00292'] })),
  kind: choice(['sale', 'return'], {
    description:
      'A return is a separate order that refers to its sale. A sale that refers to another order is an exchange.',
  }),
  status: choice(['initiated', 'paid', 'void', 'refunded', 'joined'], {
    description: 'Current status. `joined`: the goods were moved to another order, which earns for them.',
  }),
  parked: Type.Boolean({
    description: 'True for a return whose sale was not received yet. It is applied when the sale is received.',
  }),
  branch_id: nullable(idOf('brn', 'Where it was sold.')),
  customer_id: nullable(idOf('cus', 'The customer, or null.')),
  business_date: date('Business day of the branch. A business day can end after midnight.'),
  occurred_at: instant('When the order was closed or, if it is not closed, opened.'),
  currency: Type.String({ description: 'ISO 4217.', examples: ['SAR'] }),
  total: money('Total, including tax.', 2400),
  reason: nullable(
    Type.String({
      description: 'Code that says why the order earned nothing. null if it earned.',
      examples: ['no_customer'],
    }),
  ),
  reason_text: nullable(Type.Object(Text.properties, { description: '`reason` in words.' })),
  customer: Type.Optional(
    nullable(
      Type.Object(
        {
          id: idOf('cus', 'The customer.'),
          name: nullable(Type.String({ description: 'The name in full.' })),
          phone: Type.String({ description: 'In E.164 format; masked for roles that must not see it.' }),
        },
        { description: 'The customer. Only with `include=customer`.' },
      ),
    ),
  ),
  flags: Type.Array(
    Type.Object({
      code: Type.String({ description: 'Stable identifier. Use it in your code.', examples: ['discount_differs'] }),
      ...Text.properties,
    }),
    {
      description:
        'Differences between the order and the rewards redeemed for it, clocks that are off, and units above a ceiling. Review them.',
    },
  ),
  created_at: instant('When LoyaPro first received the order.'),
}

export const OrderSummary = Type.Object(order)
export type OrderSummary = Static<typeof OrderSummary>

const OrderLine = Type.Object({
  id: Type.String({ description: 'ID of the line in the POS, or its position if it has none.' }),
  product_id: Type.String({ description: 'ID of the product in the POS.' }),
  sku: nullable(Type.String({ description: 'The stock-keeping unit.' })),
  category_id: nullable(Type.String({ description: 'ID of the category in the POS.' })),
  name: Type.String({ description: 'Name on the receipt.' }),
  name_ar: nullable(Type.String({ description: 'Name in Arabic.' })),
  quantity: Type.Number({ description: 'Number of items or weight, up to three decimals.', examples: [1] }),
  status: choice(['added', 'paid', 'voided', 'refunded'], { description: 'Voided lines do not count.' }),
  total_incl_tax: money('Total after all discounts, including options.', 2400),
  total_excl_tax: money('Total without tax.', 2087),
  options: Type.Array(
    Type.Object({
      id: Type.String({ description: 'ID of the option in the POS.' }),
      name: Type.String({ description: 'Name on the receipt.' }),
      quantity: Type.Number({ description: 'Quantity.' }),
      total_incl_tax: money('Price of the option, included in the total of the line.', 0),
    }),
    { description: 'Options chosen with the product.' },
  ),
})

const reason = {
  code: Type.String({ description: 'Stable identifier. Use it in your code.', examples: ['no_customer'] }),
  ...Text.properties,
}

const staff = (description: string) =>
  nullable(
    Type.Object(
      {
        id: nullable(Type.String({ description: 'ID in the POS.' })),
        name: nullable(Type.String({ description: 'Name in the POS.' })),
      },
      { description },
    ),
  )

export const OrderInFull = Type.Object({
  ...order,
  created_by: staff('Who created the order at the POS. null if the POS does not state it.'),
  closed_by: staff('Who closed the order at the POS. null if the POS does not state it.'),
  original_id: nullable(idOf('ord', 'Original order of this return or exchange.')),
  lines: Type.Array(OrderLine, { description: 'Lines of the order, including voided lines.' }),
  discounts: Type.Array(
    Type.Object({
      amount: money('Amount of the discount.', 500),
      reason: choice(['coupon', 'loyalty_redemption', 'promotion', 'other'], {
        description: 'Reason of the discount.',
      }),
      code: nullable(Type.String({ description: 'Code of the coupon or reward.' })),
    }),
    { description: 'Discounts on the whole order. Line totals already include them.' },
  ),
  payments: Type.Array(
    Type.Object({
      method: Type.String({ description: 'Name of the payment method in the POS.', examples: ['Cash'] }),
      kind: choice(['cash', 'card', 'gift_card', 'house_account', 'loyalty', 'other'], {
        description: 'Type of payment.',
      }),
      amount: money('Amount paid with this method.', 2400),
    }),
    { description: 'Payments. Amounts paid with loyalty earn nothing.' },
  ),
  returns: Type.Array(OrderSummary, {
    description: 'Returns and exchanges of this sale, oldest first.',
  }),
  redemptions: Type.Array(Claim, { description: 'Claims redeemed for this order, oldest first.' }),
  deliveries: Type.Array(
    Type.Object({
      id: idOf('dlv', 'The delivery.'),
      event: nullable(Event),
      result: DeliveryResult,
      received_at: instant('When it came.'),
    }),
    { description: 'The latest 100 webhook deliveries of this order that are still stored, oldest first.' },
  ),
  movements: Type.Array(LedgerEntry, {
    description:
      'The latest 200 ledger movements of the sale and its returns, oldest first. For an exchange, this includes what it deducted for the original order.',
  }),
  pending: Type.Array(
    Type.Object({
      program_id: idOf('prg', 'The program.'),
      units: Type.Integer({
        description: 'Units above the ceiling that wait until staff release or reject them. They are in no balance.',
        examples: [40_000],
      }),
      granted: Type.Integer({ description: 'Units that the order gives without them.', examples: [10_000] }),
    }),
    {
      description:
        'What the order earns above the `order_ceiling` of a program. Empty unless the order has the flag `above_ceiling`.',
    },
  ),
  ceiling_decision: nullable(
    Type.Object(
      {
        kind: choice(['released', 'rejected'], { description: 'What was decided.' }),
        at: instant('When it was decided.'),
        by: Type.String({
          description: 'ID of the API key that decided it.',
          examples: ['key_01h455vb4pex5vsknk084sn02q'],
        }),
        actor: actor('Who decided it.'),
      },
      { description: 'The latest decision on units above a ceiling. null if there was none.' },
    ),
  ),
  void_applied: nullable(
    Type.Object(
      { at: instant('When it was applied.'), actor: actor('Who applied it.') },
      { description: 'Set if a void or refund that is older than its sale was applied by `apply-void`.' },
    ),
  ),
  why_not: nullable(
    Type.Object(
      {
        ...reason,
        programs: Type.Array(Type.Object({ program_id: idOf('prg', 'The program.'), ...reason }), {
          description:
            'Why the order earned nothing in each program. Empty if the reason does not depend on a program.',
        }),
      },
      { description: 'Why the order earned nothing. null if it earned.' },
    ),
  ),
  not_earned: Type.Array(Type.Object({ program_id: idOf('prg', 'The program.'), ...reason }), {
    description: 'Programs in which the order earned nothing although it earned in others, and why.',
  }),
  returned: Type.Array(
    Type.Object({
      line_id: Type.String({ description: '`id` of the line.' }),
      quantity: Type.Number({ description: 'How many of it were returned.' }),
      total_incl_tax: money('What was returned of its total.', 1200),
    }),
    { description: 'What returns and exchanges took from the lines of this sale.' },
  ),
})
export type OrderInFull = Static<typeof OrderInFull>
