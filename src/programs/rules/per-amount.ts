// So many units for every so much spent, in proportion: 1 per 1.00, 3 per 10.00.
import { rational } from '../../kernel/rational.ts'
import type { EarnRule } from './rule.ts'

export const perAmount: EarnRule<'per_amount'> = {
  kind: 'per_amount',
  use: (i, { units, per }, { amount }) => ({ i, k: 'per_amount', a: amount, n: units, d: per }),
  earn: ({ a, n, d }) => rational(BigInt(a) * BigInt(n), d),
  explain: {
    en: ({ a, n, d }, words) => `${words.money(a)} × ${words.units(n)} per ${words.money(d)}`,
    ar: ({ a, n, d }, words) => `${words.money(a)} × ${words.units(n)} لكل ${words.money(d)}`,
  },
}
