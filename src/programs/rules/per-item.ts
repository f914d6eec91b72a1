// Gives units for every item; 1.25 kg of goods sold by weight are 1.25 items.
import type { Milli } from '../../kernel/money.ts'
import { rational } from '../../kernel/rational.ts'
import type { EarnRule } from './rule.ts'

/** `n` units for each of `q` items. */
interface Use {
  i: string
  k: 'per_item'
  q: Milli
  n: number
}

export const perItem: EarnRule<'per_item', Use> = {
  use: (i, { units }, { quantity }) => ({ i, k: 'per_item', q: quantity, n: units }),
  earn: ({ q, n }) => rational(BigInt(q) * BigInt(n), 1000n),
  explain: {
    en: ({ q, n }, words) => `${words.items(q)} × ${words.units(n)}`,
    ar: ({ q, n }, words) => `${words.items(q)} × ${words.units(n)}`,
  },
  unitsFor: ({ units }, { pieces }) => pieces * units,
}
