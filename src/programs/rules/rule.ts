// What a kind of rule is: it takes its numbers from the goods that it applies to, gives units by
// them, and explains them. Its arguments and their check are in contract/program/rules.
import type { Earn, EarnKind } from '../../../contract/program.ts'
import type { Milli, Minor } from '../../kernel/money.ts'
import type { Rational } from '../../kernel/rational.ts'
import type { Fact, FactValue } from '../fact.ts'
import type { Sentence } from '../why/words.ts'

/** The kinds of rule, and the purchase of a plan, by which a subscription is evaluated. */
export type RuleKind = EarnKind | 'plan'

/** What a definition says for each kind of rule. */
export type Args = { [K in RuleKind]: Extract<Earn | { kind: 'plan' }, { kind: K }> }

/** What a rule applies to: the sums over its lines. */
export interface Base {
  /** In the program's base, with or without tax. */
  amount: Minor
  quantity: Milli
  /** The amount of each line alone. */
  amounts(): Minor[]
  /** The value of a fact that the rule lists in `facts`. */
  fact<T extends FactValue>(fact: Fact<T>): T
}

/** The goods of a large order, by which the default ceiling of a program is found. */
export interface LargeOrder {
  amount: Minor
  pieces: number
}

/**
 * `Use`: the numbers that decide, with the rule's id `i` and kind `k`; stored with the movement.
 */
export interface EarnRule<K extends RuleKind, Use extends { i: string; k: RuleKind }> {
  /** What it needs to know beyond the basket. */
  readonly facts?: readonly Fact[]
  use(id: string, args: Args[K], base: Base): Use
  /** Units, exactly; for a multiplier the factor. Follows from the stored numbers alone. */
  earn(use: Use): Rational
  /** The left side of the sum that a cashier reads out. */
  readonly explain: Sentence<Use>
  /** About how many units it gives for a large order. */
  unitsFor(args: Args[K], order: LargeOrder): number
}
