// Rewards of the catalogue and their versions in the business API.
import { type Static, Type } from 'typebox'
import { NameSchema } from '../program/fields.ts'
import { label } from '../program/label.ts'
import { discountFields, termFields } from '../reward.ts'
import { actor, choice, idOf, instant, nullable, ProgramKind, Text, Unit } from './common.ts'

export const RewardStatus = choice(['active', 'archived'], {
  description: 'An archived reward cannot be claimed. Earlier claims stay valid.',
})

const price = Type.Integer({
  minimum: 0,
  maximum: 1_000_000_000_000,
  examples: [20],
  ...label(
    'Price',
    'السعر',
    'Price in points. Must be 0 if the program is not a points program.',
    'السعر بالنقاط. يجب أن يكون 0 إذا لم يكن البرنامج برنامج نقاط.',
  ),
})

const imageUrl = Type.String({
  maxLength: 2048,
  examples: ['https://shop.example/coffee.png'],
  ...label('Image', 'الصورة', 'URL of an image. Must use https.', 'رابط صورة، ويجب أن يبدأ بـ https.'),
})

const offer = { price, ...discountFields, ...termFields }

export const NewReward = Type.Object(
  {
    name: NameSchema,
    program_id: Type.String({
      maxLength: 40,
      examples: ['prg_01kb4w7x2jf8m9t3v6q0c5n1rd'],
      ...label(
        'Program',
        'البرنامج',
        'Program whose points pay for the reward. It cannot be changed.',
        'البرنامج الذي تُدفع المكافأة من نقاطه. لا يمكن تغييره.',
      ),
    }),
    image_url: Type.Optional(imageUrl),
    ...offer,
  },
  {
    additionalProperties: false,
    ...label('Reward', 'المكافأة', 'A reward, its price and its conditions.', 'المكافأة وسعرها وشروطها.'),
  },
)
export type NewReward = Static<typeof NewReward>

export const NewRewardVersion = Type.Object(offer, {
  additionalProperties: false,
  ...label(
    'Version',
    'الإصدار',
    'The complete price and conditions. Omitted fields are removed.',
    'السعر والشروط كاملة. الحقول غير المرسلة تُحذف.',
  ),
})

export const RewardChanges = Type.Object(
  {
    name: Type.Optional(
      Type.Partial(NameSchema, {
        additionalProperties: false,
        minProperties: 1,
        ...label('Name', 'الاسم', 'Omitted languages stay unchanged.', 'اللغات غير المرسلة تبقى كما هي.'),
      }),
    ),
    image_url: Type.Optional(
      nullable(
        Type.String({
          maxLength: 2048,
          ...label(
            'Image',
            'الصورة',
            'URL of an image. Must use https. null removes it.',
            'رابط صورة، ويجب أن يبدأ بـ https. القيمة null تحذفها.',
          ),
        }),
      ),
    ),
  },
  {
    additionalProperties: false,
    minProperties: 1,
    ...label('Change', 'التعديل', 'Omitted fields stay unchanged.', 'الحقول غير المرسلة تبقى كما هي.'),
  },
)

/**
 * As stored, with the defaults filled in by LoyaPro. A default in the schema would also be added to
 * kinds without the field.
 */
const shownOffer = {
  ...offer,
  includes_modifiers: Type.Optional(
    Type.Boolean({ description: 'Whether modifiers of a product are discounted too.' }),
  ),
}

const reward = {
  id: idOf('rwd', 'The reward.'),
  program_id: idOf('prg', 'Program whose points pay for the reward.'),
  program_type: ProgramKind,
  unit: Unit,
  currency: Type.String({ description: 'Currency of all amounts, which are in minor units.', examples: ['SAR'] }),
  name: Text,
  image_url: nullable(Type.String({ description: 'URL of the image, or null.' })),
  status: RewardStatus,
  version: Type.Integer({ description: 'Latest version. New claims use it.', examples: [1] }),
  taken: Type.Integer({
    description: 'Number of held and redeemed claims over all versions. `limits.in_all` is checked against it.',
    examples: [0],
  }),
  ...shownOffer,
  created_at: instant('When it was made.'),
  updated_at: instant('When it last changed.'),
  updated_by: actor('Who changed it last.'),
}

export const Reward = Type.Object(reward, {
  description: 'A reward with the price and conditions of its latest version.',
})
export type Reward = Static<typeof Reward>

const RewardVersion = Type.Object({
  version: Type.Integer({ description: 'Counted from 1.', examples: [1] }),
  ...shownOffer,
  created_at: instant('When it was made.'),
  created_by: actor('Who created it.'),
})

export const RewardInFull = Type.Object({
  ...reward,
  versions: Type.Array(RewardVersion, {
    description:
      'Newest first. A version never changes; edits create a new version, and claims keep the version they were made with.',
  }),
})
export type RewardInFull = Static<typeof RewardInFull>
