// One plan for every piece of a product that buys it.
import { rational } from '../../kernel/rational.ts'
import type { EarnRule } from './rule.ts'

export const plan: EarnRule<'plan'> = {
  kind: 'plan',
  use: (i, _args, { quantity }) => ({ i, k: 'plan', q: quantity }),
  earn: ({ q }) => rational(q, 1000),
  explain: {
    en: ({ q }, words) => `plan purchased: ${words.items(q)}`,
    ar: ({ q }, words) => `شراء الباقة: ${words.items(q)}`,
  },
}
