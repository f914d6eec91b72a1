// Back-tests in the business API: what a draft would have given for past orders, beside what was
// really given.
import { type Static, Type } from 'typebox'
import { DefinitionSchema } from '../program.ts'
import { actor, choice, date, idOf, instant, nullable, Unit } from './common.ts'

/** A leap year: every day of a year is in it. */
export const MOST_BACK_TEST_DAYS = 366

export const NewBackTest = Type.Object(
  {
    days: Type.Integer({
      minimum: 1,
      maximum: MOST_BACK_TEST_DAYS,
      description: 'How many business days, of which today is the last.',
      examples: [90],
    }),
    version: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 2_147_483_647,
        description: 'Number of the version to test: the latest one, when absent.',
      }),
    ),
    definition: Type.Optional(
      Type.Unsafe<unknown>({
        ...DefinitionSchema,
        description: 'A draft that is not saved. You can omit `type`; it is the type of the program.',
      }),
    ),
  },
  { additionalProperties: false },
)

const units = (description: string, example: number) =>
  Type.Integer({ description: `${description} Units of the program; of a subscription, plans.`, examples: [example] })

const given = {
  actual: units('What was really given.', 119_750),
  tested: units('What the tested definition gives.', 142_610),
}
const part = { orders: Type.Integer({ description: 'Sales.', examples: [14_208] }), ...given }

const changed = (description: string) =>
  Type.Object(
    {
      customers: Type.Integer({ description: 'How many.', examples: [611] }),
      units: units('The difference of them all.', 5_499),
      greatest: Type.Array(
        Type.Object({
          customer_id: idOf('cus', 'The customer.'),
          customer_name: nullable(
            Type.String({ description: 'Their name. null if it is unknown or you may not read customers.' }),
          ),
          ...given,
        }),
        { description: 'Those with the greatest difference, at most 50.' },
      ),
    },
    { description },
  )

const BackTestResult = Type.Object({
  ...part,
  orders_with_customer: Type.Integer({ description: 'Sales that name a customer.', examples: [9_800] }),
  customers: Type.Integer({ description: 'Customers who were given something, or would be.', examples: [2_700] }),
  earning_orders: Type.Object(
    {
      actual: Type.Integer({ description: 'That were given something.' }),
      tested: Type.Integer({ description: 'That would be.' }),
    },
    { description: 'Sales that earn.' },
  ),
  waiting: units('Units above the tested ceiling, which would wait for staff.', 0),
  worth: nullable(
    Type.Object(
      {
        actual: Type.Integer({ description: 'Of what was really given.', examples: [598_700] }),
        tested: Type.Integer({ description: 'Of what the tested definition gives.', examples: [713_050] }),
        amount: Type.Integer({ description: '`units` are worth this amount.', examples: [500] }),
        units: Type.Integer({ description: 'Units that are worth `amount`.', examples: [100] }),
      },
      {
        description:
          'Money, in minor units of the currency: by the redemptions of the last year, or else by the reward that gives most for a unit. null if neither tells.',
      },
    ),
  ),
  days: Type.Array(Type.Object({ date: date('Business day.'), ...part }), { description: 'Every day, oldest first.' }),
  weekdays: Type.Array(
    Type.Object({
      weekday: choice(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], { description: 'Of the business day.' }),
      ...part,
    }),
    { description: 'Monday to Sunday.' },
  ),
  branches: Type.Array(
    Type.Object({
      branch_id: nullable(idOf('brn', 'The branch. null for sales without one.')),
      branch_name: nullable(Type.String({ description: 'Its name.' })),
      branch_name_ar: nullable(Type.String({ description: 'Its name in Arabic.' })),
      ...part,
    }),
    { description: 'Most orders first, at most 200.' },
  ),
  more: changed('Customers who would have been given more.'),
  less: changed('Customers who would have been given less.'),
  same: Type.Integer({ description: 'Customers for whom nothing changes.', examples: [185] }),
})

const backTest = {
  id: idOf('bkt', 'The back-test.'),
  program_id: idOf('prg', 'The program.'),
  version: nullable(Type.Integer({ description: 'The tested version. null for a draft that was not saved.' })),
  unit: Unit,
  from: date('First business day.'),
  to: date('Last business day.'),
  status: choice(['waiting', 'running', 'done', 'failed', 'cancelled'], {
    description: '`waiting`: it begins within a minute. `failed`: see `problem`.',
  }),
  orders: nullable(Type.Integer({ description: 'Sales of these days. null until they are counted.' })),
  assessed: Type.Integer({ description: 'Sales that are assessed so far.', examples: [5_500] }),
  problem: nullable(
    choice(['too_many_orders', 'error'], {
      description: '`too_many_orders`: test fewer days. `error`: a fault of LoyaPro, which is in its log.',
    }),
  ),
  created_at: instant('When it was requested.'),
  created_by: actor('Who requested it.'),
  started_at: nullable(instant('When it began.')),
  finished_at: nullable(instant('When it ended.')),
}

export const BackTest = Type.Object(backTest)
export type BackTest = Static<typeof BackTest>

export const BackTestInFull = Type.Object({
  ...backTest,
  definition: Type.Record(Type.String(), Type.Unknown(), { description: 'The tested rules and options.' }),
  result: nullable(BackTestResult),
})
export type BackTestInFull = Static<typeof BackTestInFull>
