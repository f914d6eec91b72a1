// So many units for every so much spent: 1 per 1.00, 3 per 10.00. In proportion, or per full amount
// of the order or of each line.
import { rational } from '../../kernel/rational.ts'
import type { RuleUses } from '../why/facts.ts'
import type { Words } from '../why/words.ts'
import type { EarnRule } from './rule.ts'

export const perAmount: EarnRule<'per_amount'> = {
  kind: 'per_amount',
  use: (i, { units, per, step = 'proportional' }, { amount, amounts }) => {
    const use = { i, k: 'per_amount', a: amount, n: units, d: per } as const
    if (step === 'proportional') return use
    if (step === 'order') return { ...use, s: fullIn(amount, per) }
    return { ...use, s: amounts().reduce((sum, line) => sum + fullIn(line, per), 0), l: 1 }
  },
  earn: ({ a, n, d, s }) => (s === undefined ? rational(BigInt(a) * BigInt(n), d) : rational(BigInt(s) * BigInt(n))),
  explain: {
    en: (use, words) => `${words.money(use.a)} × ${words.units(use.n)} per ${steps(use, words, ENGLISH)}`,
    ar: (use, words) => `${words.money(use.a)} × ${words.units(use.n)} لكل ${steps(use, words, ARABIC)}`,
  },
}

/** How many times the whole of `per` is in an amount. */
function fullIn(amount: number, per: number): number {
  return Math.max(0, Math.floor(amount / per))
}

interface StepWords {
  order(amount: string, times: number): string
  line(amount: string, times: number): string
}

const ENGLISH: StepWords = {
  order: (amount, times) => `full ${amount} (count: ${times})`,
  line: (amount, times) => `full ${amount} in each line (count: ${times})`,
}

const ARABIC: StepWords = {
  order: (amount, times) => `${amount} مكتملة (العدد: ${times})`,
  line: (amount, times) => `${amount} مكتملة في كل بند (العدد: ${times})`,
}

function steps({ d, s, l }: RuleUses['per_amount'], words: Words, say: StepWords): string {
  if (s === undefined) return words.money(d)
  return l ? say.line(words.money(d), s) : say.order(words.money(d), s)
}
