// What the card of a customer shows, in words and numbers that are ready to be drawn.
import type { CardDesign, ShopColors } from '../../contract/brand.ts'
import type { ProgramType } from '../../contract/program.ts'

export interface CardView {
  language: 'ar' | 'en'
  shop: {
    name: string
    /** Address of the logo; null: the first letter of the name stands for it. */
    logo: string | null
    colors: ShopColors
    design: CardDesign
  }
  greeting: string
  /** The name of the other language, in that language. */
  otherLanguage: string
  /** The stamp card; null when the shop has no stamps. */
  stamps: CardStamps | null
  balances: readonly CardBalance[]
  rewards: { title: string; count: string; list: readonly CardReward[]; act: string }
  /** The main button. */
  show: string
  /** The button with the clock, for those who do not see it. */
  history: string
}

export interface CardStamps {
  program: string
  /** `4 of 6`. */
  count: string
  /** What is missing, in a sentence. */
  sentence: string
  latest: string
  given: number
  goal: number
}

export interface CardBalance {
  type: ProgramType
  name: string
  note: string
  value: string
  /** The value is money: the sign of the riyal stands before it. */
  isMoney?: boolean
}

export interface CardReward {
  name: string
  price: string
  isWithinReach: boolean
}
