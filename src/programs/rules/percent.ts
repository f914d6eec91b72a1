// Gives a share of the amount as cashback: 500 basis points are 5 %.
import type { Minor } from '../../kernel/money.ts'
import { rational } from '../../kernel/rational.ts'
import { decimal } from '../why/words.ts'
import type { EarnRule } from './rule.ts'

/** `b` basis points of the amount `a`. */
interface Use {
  i: string
  k: 'percent'
  a: Minor
  b: number
}

export const percent: EarnRule<'percent', Use> = {
  use: (i, { basis_points }, { amount }) => ({ i, k: 'percent', a: amount, b: basis_points }),
  earn: ({ a, b }) => rational(BigInt(a) * BigInt(b), 10_000n),
  explain: {
    en: ({ a, b }, words) => `${words.money(a)} × ${decimal(rational(b, 100), 0)}%`,
    ar: ({ a, b }, words) => `${words.money(a)} × ${decimal(rational(b, 100), 0)}%`,
  },
  unitsFor: ({ basis_points }, { amount }) => (amount * basis_points) / 10_000,
}
