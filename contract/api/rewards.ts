// Rewards of the catalogue and their versions, as the business API shows and takes them.
import { type Static, Type } from 'typebox'
import { NameSchema } from '../program/fields.ts'
import { label } from '../program/label.ts'
import { discountFields, termFields } from '../reward.ts'
import { choice, idOf, instant, nullable, ProgramKind, Text, Unit } from './common.ts'

export const RewardStatus = choice(['active', 'archived'], {
  description: 'An archived reward cannot be claimed; what was claimed before stays good.',
})

const price = Type.Integer({
  minimum: 0,
  maximum: 1_000_000_000_000,
  examples: [20],
  ...label(
    'Price',
    'السعر',
    'Units of the program that it costs. Only points buy rewards; in a program of another type it is 0.',
  ),
})

const imageUrl = Type.String({
  maxLength: 2048,
  examples: ['https://shop.example/coffee.png'],
  ...label('Picture', 'الصورة', 'Address of a picture, https only.'),
})

const offer = { price, ...discountFields, ...termFields }

export const NewReward = Type.Object(
  {
    name: NameSchema,
    program_id: Type.String({
      maxLength: 40,
      examples: ['prg_01kb4w7x2jf8m9t3v6q0c5n1rd'],
      ...label('Program', 'البرنامج', 'In whose units it is priced. It never changes.'),
    }),
    image_url: Type.Optional(imageUrl),
    ...offer,
  },
  { additionalProperties: false, ...label('Reward', 'المكافأة', 'What can be had, for how much, and on which terms.') },
)
export type NewReward = Static<typeof NewReward>

export const NewRewardVersion = Type.Object(offer, {
  additionalProperties: false,
  ...label('Version', 'الإصدار', 'Price and terms as a whole: what is left out no longer holds.'),
})

export const RewardChanges = Type.Object(
  {
    name: Type.Optional(
      Type.Partial(NameSchema, {
        additionalProperties: false,
        minProperties: 1,
        ...label('Name', 'الاسم', 'A language that is left out stays as it is.'),
      }),
    ),
    image_url: Type.Optional(
      nullable(
        Type.String({
          maxLength: 2048,
          ...label('Picture', 'الصورة', 'Address of a picture, https only; null takes it away.'),
        }),
      ),
    ),
  },
  { additionalProperties: false, minProperties: 1, ...label('Change', 'التعديل', 'What is left out stays as it is.') },
)

/** As given, with the defaults written out; a default of the schema would be written where the kind has no such field. */
const shownOffer = {
  ...offer,
  includes_modifiers: Type.Optional(
    Type.Boolean({ description: 'Whether what is added to a product is discounted as well.' }),
  ),
}

const reward = {
  id: idOf('rwd', 'The reward.'),
  program_id: idOf('prg', 'In whose units it is priced.'),
  program_type: ProgramKind,
  unit: Unit,
  currency: Type.String({ description: 'Of the amounts, which are in its minor units.', examples: ['SAR'] }),
  name: Text,
  image_url: nullable(Type.String({ description: 'The picture; null when it has none.' })),
  status: RewardStatus,
  version: Type.Integer({ description: 'The version that is claimed now: the latest.', examples: [1] }),
  taken: Type.Integer({
    description: 'How many claims of it are held or redeemed, of all versions: what `limits.in_all` is measured by.',
    examples: [0],
  }),
  ...shownOffer,
  created_at: instant('When it was made.'),
  updated_at: instant('When it last changed.'),
}

export const Reward = Type.Object(reward, { description: 'A reward, with price and terms of its latest version.' })
export type Reward = Static<typeof Reward>

const RewardVersion = Type.Object({
  version: Type.Integer({ description: 'Counted from 1.', examples: [1] }),
  ...shownOffer,
  created_at: instant('When it was made.'),
})

export const RewardInFull = Type.Object({
  ...reward,
  versions: Type.Array(RewardVersion, {
    description:
      'Newest first. None ever changes: an edit is a new version, and claims keep the one they were made under.',
  }),
})
export type RewardInFull = Static<typeof RewardInFull>
