// Gives units for each amount spent: 1 per 1.00, 3 per 10.00. In proportion, or per full amount in
// the order or in each line.
import type { Minor } from '../../kernel/money.ts'
import { rational } from '../../kernel/rational.ts'
import type { Words } from '../why/words.ts'
import type { EarnRule } from './rule.ts'

/**
 * `n` units for each `d` of the amount `a`. Where only full amounts earn, `s` is how many there
 * are, and `l` is 1 when they are counted in each line alone.
 */
interface Use {
  i: string
  k: 'per_amount'
  a: Minor
  n: number
  d: Minor
  s?: number
  l?: 1
}

export const perAmount: EarnRule<'per_amount', Use> = {
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
  unitsFor: ({ units, per }, { amount }) => (amount / per) * units,
}

/** How many times `per` fits into an amount. */
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

function steps({ d, s, l }: Use, words: Words, say: StepWords): string {
  if (s === undefined) return words.money(d)
  return l ? say.line(words.money(d), s) : say.order(words.money(d), s)
}
