// Multiplies what the other rules give together: double points on Tuesdays.
import { rational } from '../../kernel/rational.ts'
import { decimal } from '../why/words.ts'
import type { EarnRule } from './rule.ts'

/** `n` times, divided by `d`. */
interface Use {
  i: string
  k: 'multiplier'
  n: number
  d: number
}

export const multiplier: EarnRule<'multiplier', Use> = {
  use: (i, { numerator, denominator }) => ({ i, k: 'multiplier', n: numerator, d: denominator }),
  earn: ({ n, d }) => rational(n, d),
  explain: {
    en: ({ n, d }) => decimal(rational(n, d), 0),
    ar: ({ n, d }) => decimal(rational(n, d), 0),
  },
  unitsFor: () => 0,
}
