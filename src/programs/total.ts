// Computes the units of a sale from the stored numbers alone: combines the rules, multiplies,
// carries, rounds down once, applies the cap.
import type { Combine } from '../../contract/program.ts'
import {
  add,
  compare,
  floor,
  multiply,
  parseRational,
  type Rational,
  rational,
  subtract,
  ZERO,
} from '../kernel/rational.ts'
import { earnOf, type RuleUse } from './rules/table.ts'
import type { EarnWhy } from './why/types.ts'

export interface Total {
  /** What the rules and multipliers give, exactly. */
  exact: Rational
  /** The whole units of `exact` and the carried fraction, before any cap; never below 0. */
  whole: bigint
  /** The remaining fraction; 0 unless something was carried in. A negative fraction is debt. */
  left: Rational
}

export function totalOf({ c, r, ci }: Pick<EarnWhy, 'c' | 'r' | 'ci'>): Total {
  const gives = r.filter((use) => use.k !== 'multiplier').map(earnOf)
  const factor = r.filter((use) => use.k === 'multiplier').map(earnOf)
  const exact = factor.reduce(multiply, combined(c ?? 'sum', gives))
  const total = ci === undefined ? exact : add(exact, parseRational(ci))
  const whole = total.num > 0n ? floor(total) : 0n
  return { exact, whole, left: ci === undefined ? ZERO : subtract(total, rational(whole)) }
}

/** Derives again the units that a stored why has as `u`. */
export function unitsOf(why: Pick<EarnWhy, 'c' | 'r' | 'ci' | 'cap'>): number {
  const { whole } = totalOf(why)
  const room = why.cap && BigInt(why.cap.room)
  return Number(room !== undefined && room < whole ? room : whole)
}

/** The rules that count: with `first`, the first rule that gives anything, and the multipliers. */
export function counting(combine: Combine, uses: readonly RuleUse[]): RuleUse[] {
  if (combine !== 'first') return [...uses]
  const first = uses.find((use) => use.k !== 'multiplier' && earnOf(use).num > 0n)
  return uses.filter((use) => use === first || use.k === 'multiplier')
}

function combined(combine: Combine, gives: readonly Rational[]): Rational {
  switch (combine) {
    case 'sum':
      return gives.reduce(add, ZERO)
    case 'best':
      return gives.reduce((best, give) => (compare(give, best) > 0 ? give : best), ZERO)
    case 'first':
      return gives.find((give) => give.num > 0n) ?? ZERO
  }
}
