// Multiplies what the other rules gave together: double points on Tuesdays.
import { rational } from '../../kernel/rational.ts'
import { decimal } from '../why/words.ts'
import type { EarnRule } from './rule.ts'

export const multiplier: EarnRule<'multiplier'> = {
  kind: 'multiplier',
  use: (i, { numerator, denominator }) => ({ i, k: 'multiplier', n: numerator, d: denominator }),
  earn: ({ n, d }) => rational(n, d),
  explain: {
    en: ({ n, d }) => decimal(rational(n, d), 0),
    ar: ({ n, d }) => decimal(rational(n, d), 0),
  },
}
