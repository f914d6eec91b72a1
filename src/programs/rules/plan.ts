// Gives one plan for every piece of a product that buys it.
import type { Milli } from '../../kernel/money.ts'
import { rational } from '../../kernel/rational.ts'
import type { EarnRule } from './rule.ts'

interface Use {
  i: string
  k: 'plan'
  q: Milli
}

export const plan: EarnRule<'plan', Use> = {
  use: (i, _args, { quantity }) => ({ i, k: 'plan', q: quantity }),
  earn: ({ q }) => rational(q, 1000),
  explain: {
    en: ({ q }, words) => `plan purchased: ${words.items(q)}`,
    ar: ({ q }, words) => `شراء الباقة: ${words.items(q)}`,
  },
  unitsFor: (_args, { pieces }) => pieces,
}
