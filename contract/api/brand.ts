// The brand of a business in the business API: colours, the design of the card, the logo.
import { type Static, Type } from 'typebox'
import { HERO_GROUNDS, STAMP_SIGNS } from '../brand.ts'
import { actor, choice, instant, nullable } from './common.ts'

const color = (description: string, example: string) =>
  Type.String({ pattern: '^#[0-9A-Fa-f]{6}$', maxLength: 7, description, examples: [example] })

const colors = {
  shop: color('Ground of the hero and of the main button.', '#5b2a1c'),
  ink: color('Text on `shop`: a contrast of at least 4.5:1.', '#ffffff'),
  warm: color('Stamps on `shop`: a contrast of at least 3:1.', '#ffd9a0'),
  text: color('Words in the colour of the shop on a light page: a contrast of at least 4.5:1.', '#5b2a1c'),
}

const card = {
  stamp: choice([...STAMP_SIGNS], { description: 'Sign on a stamp that was given.' }),
  hero: choice([...HERO_GROUNDS], { description: 'Ground of the hero: plain, or a pattern of seals.' }),
}

export const Brand = Type.Object({
  colors: Type.Object(colors),
  dark_colors: Type.Object(colors, { description: 'The same colours for a dark screen. They follow from `colors`.' }),
  card: Type.Object(card),
  logo: nullable(
    Type.Object({
      url: Type.String({
        description: 'Address of the picture. It contains a hash of the picture and can be cached for ever.',
        examples: ['/logos/biz_01kb4w7x2jf8m9t3v6q0c5n1rd/3f8e….png'],
      }),
      type: choice(['image/png', 'image/jpeg', 'image/webp'], { description: 'Format of the picture.' }),
      width: Type.Integer({ description: 'Pixels.' }),
      height: Type.Integer({ description: 'Pixels.' }),
    }),
  ),
  updated_at: nullable(instant('When it last changed. null while nothing was chosen.')),
  updated_by: actor('Who changed it last.'),
})
export type Brand = Static<typeof Brand>

export const BrandChanges = Type.Object(
  {
    colors: Type.Optional(
      Type.Object(
        {
          shop: Type.Optional(colors.shop),
          ink: Type.Optional(colors.ink),
          warm: Type.Optional(colors.warm),
          text: Type.Optional(colors.text),
        },
        { additionalProperties: false, minProperties: 1 },
      ),
    ),
    card: Type.Optional(
      Type.Object(
        { stamp: Type.Optional(card.stamp), hero: Type.Optional(card.hero) },
        { additionalProperties: false, minProperties: 1 },
      ),
    ),
    logo: Type.Optional(
      nullable(
        Type.String({
          minLength: 4,
          maxLength: 280_000,
          description:
            'The picture, as Base64: PNG, JPEG or WebP, at most 200 KiB, each side 32 to 2048 pixels. null removes the logo.',
          examples: ['iVBORw0KGgo…'],
        }),
      ),
    ),
  },
  { additionalProperties: false, minProperties: 1 },
)
export type BrandChanges = Static<typeof BrandChanges>
