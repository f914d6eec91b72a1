// Checks of a program definition that a schema cannot express: fields that contradict each other,
// with the fix.

import { type FieldError, fieldError } from '../field-error.ts'
import { checkDiscount } from '../reward/check.ts'
import { checkHours, isRealDate, unrealDate } from './calendar.ts'
import { checkWhen } from './conditions/table.ts'
import type { Definition, EarningDefinition } from './definition.ts'
import type { Expiry } from './expiry.ts'
import { checkFilter } from './filter.ts'
import type { Plan } from './plan.ts'
import type { Rule } from './rule.ts'
import { checkEarn } from './rules/table.ts'

/** The definition has the right shape. No errors mean that it can be used. */
export function checkDefinition(definition: Definition): FieldError[] {
  if (definition.type === 'subscription') return checkPlan(definition.plan)
  return [
    ...checkRuleIds(definition.rules),
    ...checkSomethingEarns(definition.rules),
    ...definition.rules.flatMap((rule, index) => checkRule(rule, `/rules/${index}`, definition.type)),
    ...checkExpiry(definition.expiry),
    ...checkPending(definition),
    ...checkPrize(definition),
  ]
}

function checkRuleIds(rules: Rule[]): FieldError[] {
  const first = new Map<string, number>()
  return rules.flatMap(({ id }, index) => {
    const before = first.get(id)
    if (before === undefined) {
      first.set(id, index)
      return []
    }
    return [
      fieldError(
        `/rules/${index}/id`,
        `Rule ${before + 1} already uses the id “${id}”: give each rule a unique id`,
        `المعرّف «${id}» مستخدم في القاعدة ${before + 1}: اختر معرّفًا مختلفًا لكل قاعدة`,
      ),
    ]
  })
}

function checkSomethingEarns(rules: Rule[]): FieldError[] {
  if (rules.some((rule) => rule.earn.kind !== 'multiplier')) return []
  return [
    fieldError(
      '/rules',
      'Multipliers have nothing to multiply: add at least one rule that earns points, stamps or cashback',
      'لا توجد قاعدة يطبَّق عليها المضاعف: أضف قاعدة كسب واحدة على الأقل',
    ),
  ]
}

function checkRule({ earn, when }: Rule, at: string, type: EarningDefinition['type']): FieldError[] {
  return [...checkEarn(earn, `${at}/earn`, type), ...(when ? checkWhen(when, `${at}/when`) : [])]
}

function checkExpiry(expiry: Expiry): FieldError[] {
  if (expiry.kind === 'fixed' && !isRealDate(expiry.date)) return [unrealDate('/expiry/date')]
  if (expiry.kind !== 'after' || (expiry.days === undefined) !== (expiry.months === undefined)) return []
  return [
    expiry.days === undefined
      ? fieldError(
          '/expiry',
          'Set the expiry period: give either days or months',
          'حدد مدة الصلاحية: أدخل عدد الأيام أو عدد الأشهر',
        )
      : fieldError(
          '/expiry/days',
          'Give either days or months, not both',
          'أدخل عدد الأيام أو عدد الأشهر، وليس كليهما',
        ),
  ]
}

/** Units must expire after they become available. A month counts as 28 days. */
function checkPending({ expiry, pending_days }: EarningDefinition): FieldError[] {
  const life =
    expiry.kind === 'after'
      ? (expiry.days ?? (expiry.months ?? 0) * 28)
      : expiry.kind === 'sliding'
        ? expiry.days
        : null
  if (life === null || pending_days === 0 || pending_days < life) return []
  return [
    fieldError(
      '/pending_days',
      'Balance would expire before it becomes available: shorten the pending period or extend the expiry',
      'ستنتهي صلاحية الرصيد قبل أن يصبح متاحًا: قصّر مدة التعليق أو مدّد الصلاحية',
    ),
  ]
}

function checkPrize(definition: EarningDefinition): FieldError[] {
  const discount = definition.type === 'stamps' ? definition.reward.discount : undefined
  return discount ? checkDiscount(discount, '/reward/discount') : []
}

function checkPlan(plan: Plan): FieldError[] {
  const { per_day_limit: perDay, uses_per_period: uses } = plan
  return [
    ...checkHours(plan.hours, '/plan/hours'),
    ...checkFilter(plan.products, '/plan/products'),
    ...checkFilter(plan.categories, '/plan/categories'),
    ...(perDay !== undefined && perDay > uses
      ? [
          fieldError(
            '/plan/per_day_limit',
            `The daily limit is higher than the uses per period: choose ${uses} or fewer`,
            `الحد اليومي أكبر من عدد الاستخدامات في الفترة: اختر ${uses} أو أقل`,
          ),
        ]
      : []),
  ]
}
