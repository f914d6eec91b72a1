// All conditions, in the sequence in which they are evaluated. The compiler requires one for each
// row of contract/program/conditions/table.ts.
import type { ConditionName, When } from '../../../contract/program.ts'
import type { Fact } from '../fact.ts'
import type { Miss } from '../why/types.ts'
import type { Language, Words } from '../why/words.ts'
import { birthday } from './birthday.ts'
import { branches } from './branches.ts'
import { categories } from './categories.ts'
import { channels } from './channels.ts'
import type { Condition, RuleContext } from './condition.ts'
import { dates } from './dates.ts'
import { firstOrder } from './first-order.ts'
import { hours } from './hours.ts'
import { minimumAmount } from './minimum-amount.ts'
import { orderTypes } from './order-types.ts'
import { payments } from './payments.ts'
import { products } from './products.ts'
import { weekdays } from './weekdays.ts'

const CONDITIONS: { readonly [Name in ConditionName]: Condition<Name> } = {
  dates,
  weekdays,
  hours,
  branches,
  order_types: orderTypes,
  channels,
  payments,
  first_order: firstOrder,
  birthday,
  products,
  categories,
  minimum_amount: minimumAmount,
}

const NAMES = Object.keys(CONDITIONS) as ConditionName[]

/** The first condition of rule `id` that does not hold, or null when all hold. */
export function firstMiss(id: string, context: RuleContext): Miss | null {
  for (const c of NAMES) {
    const numbers = missOf(c, context)
    if (numbers) return { i: id, c, ...numbers }
  }
  return null
}

export function explainMiss(miss: Miss, language: Language, words: Words): string {
  return CONDITIONS[miss.c].explain[language](miss, words)
}

/** The facts that the conditions of a rule ask for. */
export function factsOfConditions(when: When): readonly Fact[] {
  return NAMES.flatMap((name) => (when[name] === undefined ? [] : (CONDITIONS[name].facts ?? [])))
}

// The name beside its own arguments lets the compiler see that the two belong together.
function missOf<Name extends ConditionName>(name: Name, context: RuleContext) {
  const args = context.when[name]
  return args === undefined ? null : CONDITIONS[name].miss(args, context)
}
