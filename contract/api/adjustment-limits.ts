// How much money people may move by adjusting balances, in the business API.
import { type Static, Type } from 'typebox'
import { actor, instant, nullable } from './common.ts'

/** Minor units; far above what a shop adjusts in a day. */
const MOST = 1_000_000_000

const limit = {
  per_adjustment: Type.Integer({
    minimum: 0,
    maximum: MOST,
    description: 'The most that one adjustment may be worth, in minor units. 0: the role may not adjust balances.',
    examples: [5000],
  }),
  per_day: Type.Integer({
    minimum: 0,
    maximum: MOST,
    description:
      'The most that a person may adjust on one day of the business, in minor units. At least `per_adjustment`.',
    examples: [20000],
  }),
}

export const NewAdjustmentLimit = Type.Object(limit, { additionalProperties: false })
export type NewAdjustmentLimit = Static<typeof NewAdjustmentLimit>

const AdjustmentLimit = Type.Object({
  ...limit,
  updated_at: nullable(instant('When it was set. null while it is the one of a new business.')),
  updated_by: actor('Who set it.'),
})

const currency = Type.String({ description: 'ISO 4217 currency code of the amounts.', examples: ['SAR'] })

export const AdjustmentLimits = Type.Object({
  currency,
  support: Type.Object(AdjustmentLimit.properties, { description: 'Limit of each person in the role support.' }),
  manager: nullable(
    Type.Object(AdjustmentLimit.properties, { description: 'Limit of each manager. null: without a limit.' }),
  ),
})
export type AdjustmentLimits = Static<typeof AdjustmentLimits>

export const AdjustmentLimitChanges = Type.Object(
  {
    support: Type.Optional(NewAdjustmentLimit),
    manager: Type.Optional(nullable(NewAdjustmentLimit)),
  },
  { additionalProperties: false, minProperties: 1 },
)
export type AdjustmentLimitChanges = Static<typeof AdjustmentLimitChanges>

export const AdjustmentAllowance = Type.Object({
  currency,
  limit: nullable(Type.Object(limit, { description: 'The limit of the caller. null: without a limit.' })),
  used_today: Type.Integer({
    description:
      'What the caller has adjusted today, in minor units, additions and deductions alike. Counted while there is a limit.',
    examples: [8000],
  }),
  left_today: nullable(
    Type.Integer({ description: 'What the caller may still adjust today. null without a limit.', examples: [12000] }),
  ),
  day_ends_at: instant('When the day of the business ends.'),
})
export type AdjustmentAllowance = Static<typeof AdjustmentAllowance>
