// What a rule is: one small object that takes its numbers from the goods it sees, says what they
// give, and says why.
import type { Earn } from '../../../contract/program.ts'
import type { Milli, Minor } from '../../kernel/money.ts'
import type { Rational } from '../../kernel/rational.ts'
import type { RuleKind, RuleUses } from '../why/facts.ts'
import type { Sentence } from '../why/words.ts'

/**
 * The sums over the lines that a rule sees. `amount` is in the program's own base, with or without
 * tax.
 */
export interface Base {
  amount: Minor
  quantity: Milli
  /** The amount of each line alone. */
  amounts(): Minor[]
}

/** What the definition says for each kind of rule. */
export type Args = { [K in RuleKind]: Extract<Earn | { kind: 'plan' }, { kind: K }> }

export interface EarnRule<K extends RuleKind> {
  readonly kind: K
  /** The numbers that decide, and nothing else: they are stored with the movement. */
  use(id: string, args: Args[K], base: Base): RuleUses[K]
  /** Units, exactly; for a multiplier the factor. Follows from the stored numbers alone. */
  earn(use: RuleUses[K]): Rational
  /** The left side of the sum that a cashier reads out. */
  readonly explain: Sentence<RuleUses[K]>
}
