// What a business looks like to its customers: the colours of its card, what must be readable in
// them, and the same colours for a dark screen.
import { contrastOf, mix, readableOn, SHAPE_CONTRAST, TEXT_CONTRAST, WHITE } from './colors.ts'

/** Each in the form #rrggbb, lower case. */
export interface ShopColors {
  /** The ground of the hero and of the main button. */
  shop: string
  /** Text on `shop`. */
  ink: string
  /** Stamps on `shop`. */
  warm: string
  /** Words in the colour of the shop on a light page. */
  text: string
}

export type ShopColor = keyof ShopColors

/** What a stamp bears once it is given. */
export const STAMP_SIGNS = ['tick', 'cup', 'heart', 'star'] as const
export type StampSign = (typeof STAMP_SIGNS)[number]

/** The ground of the hero. */
export const HERO_GROUNDS = ['plain', 'seals'] as const
export type HeroGround = (typeof HERO_GROUNDS)[number]

export interface CardDesign {
  stamp: StampSign
  hero: HeroGround
}

/** What a business looks like that has chosen nothing. */
export const DEFAULT_COLORS: ShopColors = { shop: '#0b5e49', ink: WHITE, warm: '#ffd9a0', text: '#0b5e49' }
export const DEFAULT_DESIGN: CardDesign = { stamp: 'tick', hero: 'plain' }

/** The light and the dark page, with the cards on them (`web/theme/tokens.css`). */
const LIGHT_GROUNDS = [WHITE, '#f7f6f2']
const DARK_GROUNDS = ['#0d1412', '#141c19']

export interface ColorProblem {
  color: ShopColor
  /** What it has; `least` is what it needs. */
  contrast: number
  least: number
  /** The nearest shade that has it. */
  instead: string
}

/** Every colour that cannot be read where it is drawn. */
export function colorProblems(colors: ShopColors): ColorProblem[] {
  const readable = readableColors(colors)
  return RULES.flatMap(({ color, grounds, least }) => {
    const contrast = Math.min(...grounds(colors).map((ground) => contrastOf(colors[color], ground)))
    return contrast >= least ? [] : [{ color, contrast, least, instead: readable[color] }]
  })
}

/** The colours, or the nearest shades of them that can be read. */
export function readableColors({ shop, ink, warm, text }: ShopColors): ShopColors {
  const ground = readableOn([ink], shop, TEXT_CONTRAST)
  // Ink that can be read on no ground at all is replaced.
  const onGround = readableOn([ground], ink, TEXT_CONTRAST)
  return {
    shop: ground,
    ink: onGround,
    warm: readableOn([ground], warm, SHAPE_CONTRAST),
    text: readableOn(LIGHT_GROUNDS, text, TEXT_CONTRAST),
  }
}

/** The colours for a dark screen: the hero stands out from the page, and words are light. */
export function darkColors(colors: ShopColors): ShopColors {
  const lighter = readableOn(DARK_GROUNDS, mix(colors.shop, WHITE, 0.1), HERO_CONTRAST)
  const shop = readableOn([colors.ink], lighter, TEXT_CONTRAST)
  return {
    shop,
    ink: colors.ink,
    warm: readableOn([shop], colors.warm, SHAPE_CONTRAST),
    text: readableOn(DARK_GROUNDS, mix(colors.text, WHITE, 0.4), TEXT_CONTRAST),
  }
}

/** Enough for a large area to be seen. */
const HERO_CONTRAST = 1.4

const RULES: readonly { color: ShopColor; grounds(colors: ShopColors): readonly string[]; least: number }[] = [
  { color: 'shop', grounds: ({ ink }) => [ink], least: TEXT_CONTRAST },
  { color: 'warm', grounds: ({ shop }) => [shop], least: SHAPE_CONTRAST },
  { color: 'text', grounds: () => LIGHT_GROUNDS, least: TEXT_CONTRAST },
]
