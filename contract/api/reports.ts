// Reports and the figures of Home in the business API.
import { type Static, type TSchema, Type } from 'typebox'
import { choice, date, idOf, instant, nullable, ProgramKind, Text, Unit } from './common.ts'

const count = (description: string, example: number) => Type.Integer({ description, examples: [example] })
const money = (description: string, example: number) =>
  Type.Integer({ description: `${description} In minor units of \`currency\`.`, examples: [example] })
const month = (description: string) => Type.String({ pattern: '^\\d{4}-\\d{2}$', description, examples: ['2026-11'] })

/** The frame of every report. */
export function reportOf<T extends TSchema>(row: T) {
  return Type.Object({
    as_of: instant('Everything that happened up to here is counted.'),
    currency: Type.String({ description: 'ISO 4217.', examples: ['SAR'] }),
    from: Type.String({ description: 'First day or month of the report.', examples: ['2026-11-01'] }),
    to: Type.String({ description: 'Last day or month, included.', examples: ['2026-11-30'] }),
    data: Type.Array(row),
  })
}

const program = {
  program_id: idOf('prg', 'The program.'),
  program_type: ProgramKind,
  program_name: Text,
  unit: Unit,
}

const worth = (what: string) =>
  nullable(
    money(`${what} in money. null while nothing was redeemed in the program, so that its units have no value.`, 12_000),
  )

export const LiabilityRow = Type.Object({
  month: month('The month.'),
  ...program,
  opening: count('Units that customers had at the beginning of the month, less what they owed.', 1_000),
  issued: count('Earned and granted, less what was deducted for returns.', 400),
  redeemed: count('Redeemed, less what was restored.', 200),
  expired: count('Expired.', 50),
  adjusted: count('Added by hand, less what was deducted by hand.', 10),
  written_off: count('Written off.', 0),
  closing: count(
    'Units at the end of the month: opening + issued − redeemed − expired + adjusted + written_off.',
    1_160,
  ),
  opening_amount: worth('`opening`'),
  issued_amount: worth('`issued`'),
  redeemed_amount: worth('`redeemed`'),
  expired_amount: worth('`expired`'),
  adjusted_amount: worth('`adjusted`'),
  written_off_amount: worth('`written_off`'),
  closing_amount: worth('`closing`'),
})
export type LiabilityRow = Static<typeof LiabilityRow>

const visits = {
  visits: count('Paid sales.', 220),
  customer_visits: count('Of these, sales of a known customer.', 120),
  other_visits: count('Sales without a customer.', 100),
  amount: money('Totals of the sales, before returns.', 480_000),
  customer_amount: money('Of these, sales of a known customer.', 300_000),
  other_amount: money('Sales without a customer.', 180_000),
  customer_basket: nullable(money('Average sale of a known customer. null without one.', 2_500)),
  other_basket: nullable(money('Average sale without a customer. null without one.', 1_800)),
}

const returns = {
  returns: count('Return orders.', 2),
  returned: money('Totals of the return orders.', 4_800),
}

export const VisitRow = Type.Object({
  day: date('Business date.'),
  ...visits,
  ...returns,
  new_customers: nullable(count('Customers who joined. null for a single branch.', 12)),
  active_customers: nullable(count('Customers who visited. null for a single branch.', 110)),
})
export type VisitRow = Static<typeof VisitRow>

export const BranchRow = Type.Object({
  branch_id: nullable(idOf('brn', 'The branch. null for orders without one.')),
  branch_name: nullable(Text),
  ...visits,
  ...returns,
  redeemed: count('Rewards redeemed at the branch.', 30),
  discount: money('Discounts that they gave.', 15_000),
})
export type BranchRow = Static<typeof BranchRow>

export const CohortRow = Type.Object({
  joined: month('Month in which the customers joined.'),
  month: month('Month of the visits.'),
  size: count('Customers who joined in that month.', 200),
  customers: count('Of these, customers with a visit in `month`.', 120),
  share: Type.Number({ description: '`customers` divided by `size`, rounded to four places.', examples: [0.6] }),
  visits: count('Their visits.', 300),
  amount: money('Their totals.', 750_000),
})
export type CohortRow = Static<typeof CohortRow>

export const RewardRow = Type.Object({
  reward_id: nullable(idOf('rwd', 'The reward. null for cashback, completed stamp cards and uses of a plan.')),
  kind: choice(['reward', 'cashback', 'card', 'use'], { description: 'What was claimed.' }),
  name: Text,
  program_id: program.program_id,
  claimed: count('Claims made in the period.', 60),
  redeemed: count('Redemptions in the period.', 45),
  restored: count('Redemptions that were given back, because the order was voided or returned.', 1),
  unused: count('Claims that ended without being redeemed.', 14),
  units: count('Units spent.', 900),
  discount: money('Discounts given.', 22_500),
})
export type RewardRow = Static<typeof RewardRow>

const rate = (description: string) =>
  nullable(
    Type.Number({ description: `${description} Rounded to four places. null without issued units.`, examples: [0.42] }),
  )

export const RedemptionRow = Type.Object({
  ...program,
  issued: count('Earned and granted in the period, less what was deducted for returns.', 4_000),
  redeemed: count('Redeemed in the period, less what was restored.', 1_700),
  expired: count('Expired in the period.', 300),
  redemption_rate: rate('`redeemed` divided by `issued`.'),
  breakage_rate: rate('`expired` divided by `issued`.'),
  outstanding: count('Units that customers have at the end of the period, less what they owe.', 2_000),
  outstanding_amount: worth('`outstanding`'),
})
export type RedemptionRow = Static<typeof RedemptionRow>

const PartOfDay = Type.Object({
  visits: visits.visits,
  customer_visits: visits.customer_visits,
  amount: visits.amount,
  customer_amount: visits.customer_amount,
})

export const HomeFigures = Type.Object({
  as_of: instant('Everything that happened up to here is counted.'),
  currency: Type.String({ description: 'ISO 4217.', examples: ['SAR'] }),
  today: VisitRow,
  same_weekday: Type.Object(
    { day: date('The same weekday, a week ago.'), until_now: PartOfDay, whole_day: VisitRow },
    { description: 'The day to compare with: until this time of the day, and the whole of it.' },
  ),
  weekdays: Type.Array(VisitRow, { description: 'Today and the seven same weekdays before, oldest first.' }),
  days: Type.Array(VisitRow, { description: 'Today and the 27 days before, oldest first.' }),
  customers: Type.Object({
    total: count('All customers.', 4_200),
    new: count('Customers who joined in the last 30 days.', 210),
    active: count('Customers whose last visit was in the last 30 days.', 1_600),
    at_risk: count('Customers whose last visit was 60 to 120 days ago.', 320),
  }),
  programs: Type.Array(
    Type.Object({
      ...program,
      earned: count('Units earned and granted today, less what was deducted for returns.', 4_100),
      redeemed: count('Units redeemed today, less what was restored.', 900),
      expired: count('Units that expired today.', 40),
      earned_amount: worth('`earned`'),
      redeemed_amount: worth('`redeemed`'),
      outstanding: count('Units that customers have now, less what they owe.', 61_000),
      outstanding_amount: worth('`outstanding`'),
    }),
    { description: 'Programs in which anything ever moved.' },
  ),
  outstanding_amount: money('Sum of `outstanding_amount` of the programs whose units have a value.', 1_240_000),
})
export type HomeFigures = Static<typeof HomeFigures>
