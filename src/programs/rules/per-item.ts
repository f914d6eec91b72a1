// So many units for every piece; 1.25 kg of weighed goods are 1.25 pieces.
import { rational } from '../../kernel/rational.ts'
import type { EarnRule } from './rule.ts'

export const perItem: EarnRule<'per_item'> = {
  kind: 'per_item',
  use: (i, { units }, { quantity }) => ({ i, k: 'per_item', q: quantity, n: units }),
  earn: ({ q, n }) => rational(BigInt(q) * BigInt(n), 1000n),
  explain: {
    en: ({ q, n }, words) => `${words.items(q)} × ${words.units(n)}`,
    ar: ({ q, n }, words) => `${words.items(q)} × ${words.units(n)}`,
  },
}
