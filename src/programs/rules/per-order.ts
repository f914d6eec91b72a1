// Gives units once per order, as long as any goods of it are kept.
import { rational } from '../../kernel/rational.ts'
import type { EarnRule } from './rule.ts'

interface Use {
  i: string
  k: 'per_order'
  n: number
}

export const perOrder: EarnRule<'per_order', Use> = {
  use: (i, { units }) => ({ i, k: 'per_order', n: units }),
  earn: ({ n }) => rational(n),
  explain: {
    en: ({ n }, words) => `${words.units(n)} for the order`,
    ar: ({ n }, words) => `${words.units(n)} عن الطلب`,
  },
  unitsFor: ({ units }) => units,
}
