// Trying a program on a sample order: what the order would earn, and why.
import { type Static, Type } from 'typebox'
import { DefinitionSchema } from '../program.ts'
import { choice, date, idOf, instant, nullable, ProgramKind, Text, Unit } from './common.ts'

const MOST = 1_000_000_000_000

const money = (description: string, example: number) =>
  Type.Integer({
    minimum: 0,
    maximum: MOST,
    description: `${description} In minor units of the business's currency.`,
    examples: [example],
  })

const id = (description: string, example: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 128, description, examples: [example] }))

const quantity = (description: string) =>
  Type.Number({ exclusiveMinimum: 0, maximum: 100_000, description, examples: [2] })

const SampleLine = Type.Object(
  {
    product_id: id('ID of the product in the POS.', 'latte'),
    sku: id('The stock-keeping unit.', 'SKU-1'),
    category_id: id('ID of the category in the POS.', 'hot-drinks'),
    quantity: quantity('Number of items or weight, up to three decimals.'),
    total: money('Price of the whole line, including tax.', 3600),
    total_excl_tax: Type.Optional(money('The same without tax. Default: `total`.', 3130)),
  },
  { additionalProperties: false },
)

const SampleOrder = Type.Object(
  {
    paid_at: Type.Optional(instant('When it is paid: now, when absent.')),
    branch_id: Type.Optional(idOf('brn', 'Where it is sold.')),
    order_type: Type.Optional(
      choice(['dine_in', 'pick_up', 'delivery', 'drive_thru', 'other'], { description: 'How the goods are received.' }),
    ),
    channel: Type.Optional(
      choice(['cashier', 'api', 'call_center', 'other'], { description: 'Where it was ordered.' }),
    ),
    lines: Type.Array(SampleLine, { minItems: 1, maxItems: 100, description: 'What is sold.' }),
    discount: Type.Optional(money('Discount of the whole order. It reduces the lines in proportion.', 800)),
    payments: Type.Optional(
      Type.Array(
        Type.Object(
          {
            kind: choice(['cash', 'card', 'gift_card', 'house_account', 'loyalty', 'other'], {
              description: 'Type of payment.',
            }),
            amount: money('Amount paid with this method.', 4200),
          },
          { additionalProperties: false },
        ),
        { maxItems: 20, description: 'Default: everything by card.' },
      ),
    ),
    returned: Type.Optional(
      Type.Array(
        Type.Object(
          {
            line: Type.Integer({ minimum: 0, maximum: 99, description: 'Position of the line, from 0.' }),
            quantity: quantity('How much of it comes back.'),
          },
          { additionalProperties: false },
        ),
        { maxItems: 100, description: 'What comes back later: see `after_return`.' },
      ),
    ),
  },
  { additionalProperties: false, description: 'The sample order.' },
)

const units = (description: string) => Type.Optional(Type.Integer({ minimum: 0, maximum: MOST, description }))

const SampleCustomer = Type.Object(
  {
    first_order: Type.Optional(
      Type.Boolean({ default: false, description: "Whether it is the customer's first order." }),
    ),
    birth_date: Type.Optional(date('Their date of birth.')),
    used: Type.Optional(
      Type.Object(
        {
          day: units('On this business day.'),
          week: units('In this week.'),
          month: units('In this month.'),
          budget: units('By all customers, of the budget.'),
        },
        { additionalProperties: false, description: 'Units that count against the limits before this order.' },
      ),
    ),
  },
  { additionalProperties: false, description: 'Who pays. By default a customer who has ordered before.' },
)

export const TryProgram = Type.Object(
  {
    program_id: Type.Optional(
      idOf('prg', 'An existing program: its latest version is tried, unless you name another.'),
    ),
    version: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: 'Number of a version.' })),
    definition: Type.Optional(
      Type.Unsafe<unknown>({
        ...DefinitionSchema,
        description: 'A draft, in the format of `POST /programs`. With `program_id`, you can omit `type`.',
      }),
    ),
    order: SampleOrder,
    customer: Type.Optional(SampleCustomer),
  },
  { additionalProperties: false },
)
export type TryProgram = Static<typeof TryProgram>

const earned = {
  units: Type.Integer({ description: 'What the order earns. For a subscription: plans.', examples: [30] }),
  why: Type.Object(Text.properties, { description: 'How the units follow from the order, or why it earns nothing.' }),
}

export const TriedProgram = Type.Object({
  program_type: ProgramKind,
  unit: Unit,
  ...earned,
  reason: nullable(
    Type.String({
      description: 'Code that says why the order earns nothing. null if it earns.',
      examples: ['rules_not_met'],
    }),
  ),
  waiting: Type.Integer({ description: 'Units above the ceiling: they wait for staff.', examples: [0] }),
  lines: Type.Array(
    Type.Object({ counts: Type.Boolean({ description: 'Whether a rule that applied counted the line.' }) }),
    { description: 'In the sequence of the order.' },
  ),
  available_at: nullable(instant('When the units can be used. null for a subscription.')),
  expires_at: nullable(instant('When they expire. null if they do not.')),
  after_return: nullable(
    Type.Object(earned, { description: 'What the order has earned after the return. null without `returned`.' }),
  ),
})
export type TriedProgram = Static<typeof TriedProgram>
