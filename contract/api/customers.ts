// Customers, what they have, and every movement that made it, as the business API shows and takes them.
import { type Static, Type } from 'typebox'
import { choice, date, idOf, instant, Language, nullable, ProgramKind, Text, Unit } from './common.ts'

const balance = {
  program_id: idOf('prg', 'The program.'),
  program_type: ProgramKind,
  program_name: Text,
  unit: Unit,
  available: Type.Integer({
    description:
      'What the customer can spend now. Below 0 when more was taken back than was left: the next earnings repay it.',
    examples: [24],
  }),
  pending: Type.Integer({ description: 'Earned, and not to be spent yet.', examples: [0] }),
  held: Type.Integer({ description: 'Set aside for rewards that are waiting to be used.', examples: [0] }),
  debt: Type.Integer({ description: 'How far `available` is below 0; else 0.', examples: [0] }),
}

export const Balance = Type.Object(balance)
export type Balance = Static<typeof Balance>

export const BalanceWithExpiry = Type.Object({
  ...balance,
  expiring: Type.Array(
    Type.Object({
      units: Type.Integer({ description: 'How many.' }),
      expires_at: instant('The first instant at which they are gone.'),
    }),
    {
      description: 'When what is available or pending will expire, soonest first; what never expires is not listed.',
    },
  ),
})
export type BalanceWithExpiry = Static<typeof BalanceWithExpiry>

const name = Type.String({
  minLength: 1,
  maxLength: 200,
  description: 'The name in full.',
  examples: ['Sample Customer'],
})
const email = Type.String({
  format: 'email',
  maxLength: 254,
  description: 'The e-mail address.',
  examples: ['sample@example.com'],
})
const gender = choice(['male', 'female'], { description: 'As the POS or the customer says.' })
const birthDate = date('The day of birth; birthdays count from it.')

const profile = {
  name: nullable(name),
  email: nullable(email),
  gender: nullable(gender),
  birth_date: nullable(birthDate),
  language: nullable(Language),
  blacklisted: Type.Boolean({ description: 'A blacklisted customer keeps what they have and earns nothing more.' }),
}

/** What is shown is not held to what may be typed: a POS sends e-mail addresses that are none. */
const customer = {
  id: idOf('cus', 'The customer.'),
  phone: Type.String({
    description: 'The mobile number, E.164; it identifies the customer.',
    examples: ['+966500000001'],
  }),
  ...profile,
  name: nullable(Type.String({ description: 'The name in full.', examples: ['Sample Customer'] })),
  email: nullable(Type.String({ description: 'The e-mail address.', examples: ['sample@example.com'] })),
  created_at: instant('When the customer first became known.'),
  updated_at: instant('When the profile last changed.'),
}

export const Customer = Type.Object({
  ...customer,
  balances: Type.Array(Balance, {
    description: 'One for every active program, and for every ended one in which the customer has an account.',
  }),
})
export type Customer = Static<typeof Customer>

export const NewCustomer = Type.Object(
  {
    phone: Type.String({
      minLength: 5,
      maxLength: 40,
      description: 'In any form that people write: `+966500000001`, `00966500000001`, `0500000001`, `٠٥٠٠٠٠٠٠٠١`.',
      examples: ['0500000001'],
    }),
    ...Type.Partial(Type.Object(profile)).properties,
  },
  { additionalProperties: false },
)
export type NewCustomer = Static<typeof NewCustomer>

export const CustomerChanges = Type.Partial(Type.Object(profile), {
  additionalProperties: false,
  minProperties: 1,
  description: 'What is absent stays; null clears.',
})
export type CustomerChanges = Static<typeof CustomerChanges>

export const Subscription = Type.Object({
  id: idOf('sub', 'The subscription.'),
  customer_id: idOf('cus', 'Who holds it.'),
  program_id: idOf('prg', 'The program whose plan it is.'),
  version: Type.Integer({ description: 'The version of the program that it keeps to.' }),
  order_id: nullable(idOf('ord', 'The sale that bought it; null when it was given by hand.')),
  status: choice(['active', 'ended'], {
    description: '`ended` when it has run out, was given back, or was ended by hand.',
  }),
  quantity: Type.Integer({ description: 'How many plans were bought together.' }),
  started_at: instant('When the first period began.'),
  ends_at: instant('When the last period ends.'),
  next_period_at: nullable(instant('When the next period begins; null when there is none.')),
  ended_at: nullable(instant('When it was given back or ended by hand, before its time.')),
})
export type Subscription = Static<typeof Subscription>

export const NewSubscription = Type.Object(
  {
    program_id: idOf('prg', 'The program whose plan is given.'),
    starts_at: Type.Optional(
      instant('When the first period begins: now, when absent. Periods that have begun since are granted at once.'),
    ),
  },
  { additionalProperties: false },
)

export const StampCard = Type.Object({
  id: idOf('crd', 'The card.'),
  program_id: idOf('prg', 'The program.'),
  goal: Type.Integer({ description: 'How many stamps filled it.' }),
  reward: nullable(Text),
  won_at: instant('When it was full.'),
  expires_at: nullable(instant('Until when its reward can be had.')),
})
export type StampCard = Static<typeof StampCard>

export const CustomerInFull = Type.Object({
  ...customer,
  balances: Type.Array(BalanceWithExpiry, { description: 'As in the list, each with when it expires.' }),
  subscriptions: Type.Array(Subscription, { description: 'Those that have not ended.' }),
  stamp_cards: Type.Array(StampCard, { description: 'Full cards whose reward has not been used yet.' }),
})
export type CustomerInFull = Static<typeof CustomerInFull>

export const LedgerEntry = Type.Object({
  id: idOf('trf', 'The movement.'),
  program_id: idOf('prg', 'The program.'),
  program_type: ProgramKind,
  unit: Unit,
  kind: choice(
    [
      'earn',
      'reverse',
      'hold',
      'release',
      'redeem',
      'restore',
      'expire',
      'grant',
      'adjust',
      'write_off',
      'pending_release',
    ],
    {
      description: `What happened: \`earn\`ed by a sale, \`grant\`ed by a plan, \`reverse\`d by a return; \`pending_release\`: the waiting time is over;
\`hold\` and \`release\`: set aside for a reward and given back; \`redeem\`ed and \`restore\`d; \`expire\`d; \`adjust\`ed by hand; \`write_off\`: forgiven.`,
    },
  ),
  units: Type.Integer({ description: 'What the customer got; below 0 what was taken.', examples: [24] }),
  balance: Type.Integer({ description: 'What was available to the customer after it.', examples: [24] }),
  why: Text,
  order_id: nullable(idOf('ord', 'The sale that it belongs to.')),
  occurred_at: instant('When the thing happened that it answers to, e.g. when the order was paid.'),
  created_at: instant('When it was written.'),
})
export type LedgerEntry = Static<typeof LedgerEntry>

export const Adjustment = Type.Object(
  {
    program_id: idOf('prg', 'The program whose balance changes.'),
    units: Type.Integer({
      minimum: -1_000_000_000,
      maximum: 1_000_000_000,
      description: 'How much to give; below 0 to take. Not 0.',
      examples: [50],
    }),
    reason: Type.String({
      minLength: 1,
      maxLength: 500,
      description: 'Why, in the words of whoever does it; it stands in the ledger for good.',
      examples: ['Apology for a late order'],
    }),
    allow_debt: Type.Boolean({
      default: false,
      description:
        'Take more than is available, so that the next earnings repay it, instead of a 409 `insufficient_units`.',
    }),
  },
  { additionalProperties: false },
)
export type Adjustment = Static<typeof Adjustment>

export const AdjustmentResult = Type.Object({
  entries: Type.Array(LedgerEntry, { description: 'The movements that the adjustment made, oldest first.' }),
  balance: Balance,
})
