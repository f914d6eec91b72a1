// Customers in the business API: profiles, balances and movements.
import { type Static, Type } from 'typebox'
import { actor, choice, date, idOf, instant, Language, nullable, ProgramKind, Text, Unit } from './common.ts'
import { Figures, figures } from './customer-figures.ts'

const balance = {
  program_id: idOf('prg', 'The program.'),
  program_type: ProgramKind,
  program_name: Text,
  unit: Unit,
  available: Type.Integer({
    description:
      'Balance that the customer can use now. Negative if a return deducted more than was left; later earnings repay it.',
    examples: [24],
  }),
  pending: Type.Integer({ description: 'Earned but not available yet.', examples: [0] }),
  held: Type.Integer({ description: 'Set aside for rewards that are waiting to be used.', examples: [0] }),
  debt: Type.Integer({ description: 'Amount by which `available` is negative, otherwise 0.', examples: [0] }),
}

export const Balance = Type.Object(balance)
export type Balance = Static<typeof Balance>

export const BalanceWithExpiry = Type.Object({
  ...balance,
  expiring: Type.Array(
    Type.Object({
      units: Type.Integer({ description: 'Number of units.' }),
      expires_at: instant('When they expire. They cannot be used from this time on.'),
    }),
    {
      description:
        'Upcoming expiries of the available and pending balance, soonest first. Units that never expire are not listed.',
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
const gender = choice(['male', 'female'], { description: 'As provided by the POS or the customer.' })
const birthDate = date('Date of birth.')

const profile = {
  name: nullable(name),
  email: nullable(email),
  gender: nullable(gender),
  birth_date: nullable(birthDate),
  language: nullable(Language),
  blacklisted: Type.Boolean({ description: 'A blacklisted customer keeps their balance but earns nothing new.' }),
}

/** Without the format that is required of input: a POS may send an invalid e-mail address. */
const customer = {
  id: idOf('cus', 'The customer.'),
  phone: Type.String({
    description: 'Mobile number in E.164 format. It identifies the customer at the POS.',
    examples: ['+966500000001'],
  }),
  ...profile,
  name: nullable(Type.String({ description: 'The name in full.', examples: ['Sample Customer'] })),
  email: nullable(Type.String({ description: 'The e-mail address.', examples: ['sample@example.com'] })),
  created_at: instant('When the customer first became known.'),
  created_by: actor('Who created the customer: a POS, for a customer created by an order.'),
  updated_at: instant('When the profile last changed.'),
  updated_by: actor('Who changed the profile or the mobile number last.'),
}

export const Customer = Type.Object({
  ...customer,
  balances: Type.Array(Balance, {
    description: 'One entry per active program, and per ended program in which the customer has an account.',
  }),
})
export type Customer = Static<typeof Customer>

export const CustomerInList = Type.Object({ ...Customer.properties, figures: Type.Optional(Figures) })
export type CustomerInList = Static<typeof CustomerInList>

export const NewCustomer = Type.Object(
  {
    phone: Type.String({
      minLength: 5,
      maxLength: 40,
      description:
        'Any common format: `+966500000001`, `00966500000001`, `0500000001`, `٠٥٠٠٠٠٠٠٠١`. Without a country code, the country of the business is used.',
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
  description: 'Omitted fields stay unchanged. null clears a field.',
})
export type CustomerChanges = Static<typeof CustomerChanges>

const changeReason = Type.String({
  minLength: 1,
  maxLength: 500,
  description: 'Reason for the change. It is stored permanently.',
  examples: ['The customer has a new number'],
})

export const PhoneChange = Type.Object(
  {
    phone: Type.String({
      minLength: 5,
      maxLength: 40,
      description: 'The new number, in any common format.',
      examples: ['0500000002'],
    }),
    reason: changeReason,
  },
  { additionalProperties: false },
)
export type PhoneChange = Static<typeof PhoneChange>

export const MergeRequest = Type.Object(
  {
    into: idOf('cus', 'The customer that remains.'),
    reason: changeReason,
  },
  { additionalProperties: false },
)
export type MergeRequest = Static<typeof MergeRequest>

export const Subscription = Type.Object({
  id: idOf('sub', 'The subscription.'),
  customer_id: idOf('cus', 'The customer.'),
  program_id: idOf('prg', 'The program whose plan it is.'),
  version: Type.Integer({ description: 'Program version that applies to this subscription.' }),
  order_id: nullable(idOf('ord', 'Order that bought the subscription. null if it was created manually.')),
  status: choice(['active', 'ended'], {
    description: '`ended` if it expired, was returned or was ended manually.',
  }),
  quantity: Type.Integer({ description: 'How many plans were bought together.' }),
  started_at: instant(
    'When the first period begins: at the purchase or, if the plan was bought while another one was running and its `renewal` is `extend`, when that one ends.',
  ),
  ends_at: instant('When the last period ends.'),
  next_period_at: nullable(instant('When the next period begins; null when there is none.')),
  ended_at: nullable(instant('When it was returned or ended manually before `ends_at`.')),
  created_by: actor('Who created it manually. null if an order bought it.'),
  ended_by: actor('Who ended it manually.'),
})
export type Subscription = Static<typeof Subscription>

export const NewSubscription = Type.Object(
  {
    program_id: idOf('prg', 'The program whose plan is given.'),
    starts_at: Type.Optional(
      instant(
        'When the first period starts. Default: now. Periods that have already started are granted immediately. If the customer has a plan of the program at that time, `renewal` in its definition decides.',
      ),
    ),
  },
  { additionalProperties: false },
)

export const StampCard = Type.Object({
  id: idOf('crd', 'The card.'),
  program_id: idOf('prg', 'The program.'),
  goal: Type.Integer({ description: 'How many stamps filled it.' }),
  reward: nullable(Text),
  won_at: instant('When it was completed.'),
  expires_at: nullable(instant('Deadline for using its reward.')),
})
export type StampCard = Static<typeof StampCard>

export const CustomerInFull = Type.Object({
  ...customer,
  figures: Type.Object(
    {
      ...figures,
      branch_id: nullable(idOf('brn', 'Branch with the most visits. null without a visit.')),
    },
    { description: 'What the orders of the customer come to.' },
  ),
  former_phones: Type.Array(
    Type.Object({
      phone: Type.String({ description: 'In E.164 format.', examples: ['+966500000001'] }),
      since: instant('When the number was replaced.'),
      replaced_by: actor('Who replaced it.'),
    }),
    {
      description:
        'Numbers that the customer had before. Orders that name one belong to the customer until it is released.',
    },
  ),
  balances: Type.Array(BalanceWithExpiry, { description: 'As in the list, plus upcoming expiries.' }),
  subscriptions: Type.Array(Subscription, {
    description: 'Subscriptions that have not ended, newest first. At most 100.',
  }),
  stamp_cards: Type.Array(StampCard, {
    description:
      'Completed cards whose reward was not used yet: at most 100 per program, with at most 10,000 stamps. Further stamps stay in the balance and complete the next card when one is used.',
  }),
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
      'merge',
    ],
    {
      description: `What happened: \`earn\`ed by a sale, \`grant\`ed by a plan, \`reverse\`d by a return; \`pending_release\`: the waiting time is over;
\`hold\` and \`release\`: set aside for a reward and given back; \`redeem\`ed and \`restore\`d; \`expire\`d; \`adjust\`ed by hand; \`write_off\`: forgiven; \`merge\`: moved when two customers were merged.`,
    },
  ),
  units: Type.Integer({
    description: 'Change of the balance: positive if units were added, negative if they were deducted.',
    examples: [24],
  }),
  balance: Type.Integer({ description: 'Available balance after this movement.', examples: [24] }),
  why: Text,
  order_id: nullable(idOf('ord', 'Order that caused the movement.')),
  merged_from: Type.Optional(
    idOf('cus', 'Customer whose movement it was before the merge. Omitted for movements of this customer.'),
  ),
  occurred_at: instant('When the event happened, for example when the order was paid.'),
  created_at: instant('When the movement was recorded.'),
  actor: actor('Who caused the movement. null if an order caused it: then it was the POS of the order.'),
})
export type LedgerEntry = Static<typeof LedgerEntry>

export const Adjustment = Type.Object(
  {
    program_id: idOf('prg', 'The program whose balance changes.'),
    units: Type.Integer({
      minimum: -1_000_000_000,
      maximum: 1_000_000_000,
      description: 'Units to add; negative to deduct. Must not be 0.',
      examples: [50],
    }),
    reason: Type.String({
      minLength: 1,
      maxLength: 500,
      description: 'Reason for the adjustment. It is stored permanently in the ledger.',
      examples: ['Apology for a late order'],
    }),
    expires_at: Type.Optional(
      instant(
        'When the added units expire: a time in the future, at most 10 years ahead. Default: as if they were earned today. Not allowed for a deduction.',
      ),
    ),
    allow_debt: Type.Boolean({
      default: false,
      description:
        'Allow a deduction larger than the available balance. Later earnings repay it. Without this, the request fails with 409 `insufficient_units`.',
    }),
  },
  { additionalProperties: false },
)
export type Adjustment = Static<typeof Adjustment>

export const AdjustmentResult = Type.Object({
  entries: Type.Array(LedgerEntry, { description: 'Movements created by the adjustment, oldest first. At most 50.' }),
  balance: Balance,
  more_entries: Type.Integer({
    description: 'Number of movements that are not listed in `entries`. The ledger of the customer has them all.',
    examples: [0],
  }),
  allowance: nullable(
    Type.Object(
      {
        amount: Type.Integer({ description: 'What the adjustment is worth, in minor units.', examples: [1250] }),
        left_today: Type.Integer({
          description: 'What the caller may still adjust today, in minor units.',
          examples: [10750],
        }),
      },
      { description: 'What it counts against the limit of the caller. null for a caller without a limit.' },
    ),
  ),
})
export type AdjustmentResult = Static<typeof AdjustmentResult>
