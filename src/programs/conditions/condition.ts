// What a condition is: the facts it asks for, whether it holds, and why not in both languages. Its
// arguments and their check are in contract/program/conditions.
import type { ConditionName, When } from '../../../contract/program.ts'
import type { Minor } from '../../kernel/money.ts'
import type { Basket, BasketLine } from '../basket.ts'
import type { Fact, FactValue } from '../fact.ts'
import type { Sentence } from '../why/words.ts'

/** What the conditions of one rule are evaluated on. */
export interface RuleContext {
  when: When
  basket: Basket
  /** The lines that anything can be earned on. */
  paid: readonly BasketLine[]
  /** Those of them that the rule applies to, by its products and categories. */
  seen: readonly BasketLine[]
  /** What those cost, in the program's base. */
  amount: Minor
  /** The value of a fact that the condition lists in `facts`. */
  fact<T extends FactValue>(fact: Fact<T>): T
}

/** Stored with the order when a condition does not hold, under short keys. */
export type MissNumbers = Readonly<Record<string, number | string>>

interface Declared<Name extends ConditionName, Numbers extends MissNumbers> {
  /** What it needs to know beyond the basket. */
  readonly facts?: readonly Fact[]
  /** Null when it holds, else the numbers that say why not. */
  miss(args: NonNullable<When[Name]>, context: RuleContext): Numbers | null
  /** Why it does not hold, as a part of a sentence. */
  readonly explain: Sentence<Numbers>
}

export type Condition<Name extends ConditionName> = Declared<Name, MissNumbers>

export function condition<Name extends ConditionName, Numbers extends MissNumbers = Record<never, never>>(
  declared: Declared<Name, Numbers>,
): Condition<Name> {
  // The only numbers that a condition explains are those that it returned itself.
  return declared as unknown as Condition<Name>
}

/** The answer of a condition that has no numbers. */
export function holds(test: boolean): Record<never, never> | null {
  return test ? null : {}
}
