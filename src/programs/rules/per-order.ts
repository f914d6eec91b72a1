// So many units for the order, once, as long as anything of it is kept.
import { rational } from '../../kernel/rational.ts'
import type { EarnRule } from './rule.ts'

export const perOrder: EarnRule<'per_order'> = {
  kind: 'per_order',
  use: (i, { units }) => ({ i, k: 'per_order', n: units }),
  earn: ({ n }) => rational(n),
  explain: {
    en: ({ n }, words) => `${words.units(n)} for the order`,
    ar: ({ n }, words) => `${words.units(n)} عن الطلب`,
  },
}
