// What a condition is: it holds, or it gives the numbers that say why not.
import type { When } from '../../../contract/program.ts'
import type { Minor } from '../../kernel/money.ts'
import type { Basket, BasketLine } from '../basket.ts'
import type { MissNumbers } from '../why/facts.ts'
import type { Sentence } from '../why/words.ts'

export interface RuleContext {
  basket: Basket
  /** The lines that anything can be earned on. */
  paid: readonly BasketLine[]
  /** Those of them that the rule sees, by its products and categories. */
  seen: readonly BasketLine[]
  /** What those cost, in the program's base. */
  amount: Minor
}

export interface Condition {
  /** Null when it holds; a condition that is not given holds. */
  miss(when: When, scene: RuleContext): MissNumbers | null
  /** Why it did not hold, as a part of a sentence. */
  readonly explain: Sentence<MissNumbers>
}

/** A condition with no numbers to tell. */
export function holds(test: boolean): MissNumbers | null {
  return test ? null : {}
}
