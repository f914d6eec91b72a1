// Every condition there is, in the order in which they are judged; the compiler keeps the table
// complete.
import type { When } from '../../../contract/program.ts'
import type { ConditionName, Miss } from '../why/facts.ts'
import type { Language, Words } from '../why/words.ts'
import { dates, hours, weekdays } from './calendar.ts'
import type { Condition, RuleContext } from './condition.ts'
import { birthday, firstOrder } from './customer.ts'
import { categories, minimumAmount, products } from './goods.ts'
import { branches, channels, orderTypes, payments } from './order.ts'

const CONDITIONS: Record<ConditionName, Condition> = {
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

const IN_ORDER = Object.entries(CONDITIONS) as [ConditionName, Condition][]

/** The first condition of rule `id` that does not hold, or null when all do. */
export function firstMiss(id: string, when: When, scene: RuleContext): Miss | null {
  for (const [c, condition] of IN_ORDER) {
    const numbers = condition.miss(when, scene)
    if (numbers) return { i: id, c, ...numbers }
  }
  return null
}

export function explainMiss(miss: Miss, language: Language, words: Words): string {
  return CONDITIONS[miss.c].explain[language](miss, words)
}
