// What a schema cannot say of a program definition: fields that contradict each other, each with the remedy.
import { checkDiscount } from '../reward/check.ts'
import { checkDates, checkHours, isRealDate, unrealDate } from './calendar.ts'
import type { Definition, EarningDefinition } from './definition.ts'
import type { Filter } from './fields.ts'
import type { Expiry } from './options.ts'
import type { Plan } from './plan.ts'
import { type Problem, problem } from './problem.ts'
import type { Rule, When } from './rule.ts'

/** Takes a definition that has the right shape; an empty list means that it can be used. */
export function checkDefinition(definition: Definition): Problem[] {
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

function checkRuleIds(rules: Rule[]): Problem[] {
  const first = new Map<string, number>()
  return rules.flatMap(({ id }, index) => {
    const before = first.get(id)
    if (before === undefined) {
      first.set(id, index)
      return []
    }
    return [
      problem(
        `/rules/${index}/id`,
        `Rule ${before + 1} has the id “${id}” as well: give each rule its own`,
        `القاعدة ${before + 1} لها المعرّف «${id}» أيضًا: اختر لكل قاعدة معرّفًا خاصًا بها`,
      ),
    ]
  })
}

function checkSomethingEarns(rules: Rule[]): Problem[] {
  if (rules.some((rule) => rule.earn.kind !== 'multiplier')) return []
  return [
    problem(
      '/rules',
      'Multipliers have nothing to multiply: add a rule that gives units',
      'لا يوجد ما تضاعفه المضاعفات: أضف قاعدة تمنح وحدات',
    ),
  ]
}

function checkRule(rule: Rule, at: string, type: EarningDefinition['type']): Problem[] {
  return [
    ...(rule.earn.kind === 'percent' && type !== 'cashback'
      ? [
          problem(
            `${at}/earn/kind`,
            'A percentage of money is for cashback programs: use per_amount, per_item or per_order',
            'النسبة المئوية لبرامج الاسترداد النقدي فقط: استخدم per_amount أو per_item أو per_order',
          ),
        ]
      : []),
    ...(rule.when ? checkWhen(rule.when, `${at}/when`) : []),
  ]
}

function checkWhen(when: When, at: string): Problem[] {
  return [
    ...(when.dates ? checkDates(when.dates, `${at}/dates`) : []),
    ...checkHours(when.hours, `${at}/hours`),
    ...checkFilter(when.products, `${at}/products`),
    ...checkFilter(when.categories, `${at}/categories`),
    ...checkFilter(when.payments, `${at}/payments`),
  ]
}

function checkFilter(filter: Filter | undefined, at: string): Problem[] {
  const excluded = new Set(filter?.exclude)
  return (filter?.include ?? []).flatMap((id, index) =>
    excluded.has(id)
      ? [
          problem(
            `${at}/include/${index}`,
            `“${id}” is both included and excluded: keep it in one list`,
            `«${id}» مشمول ومستثنى معًا: أبقه في قائمة واحدة`,
          ),
        ]
      : [],
  )
}

function checkExpiry(expiry: Expiry): Problem[] {
  if (expiry.kind === 'fixed' && !isRealDate(expiry.date)) return [unrealDate('/expiry/date')]
  if (expiry.kind !== 'after' || (expiry.days === undefined) !== (expiry.months === undefined)) return []
  return [
    expiry.days === undefined
      ? problem('/expiry', 'Say after how long: give days or months', 'حدد المدة: أدخل الأيام أو الأشهر')
      : problem(
          '/expiry/days',
          'Give days or months, not both: remove one',
          'أدخل الأيام أو الأشهر وليس كليهما: احذف أحدهما',
        ),
  ]
}

/** A lot must live longer than it waits. A month is counted as its shortest, 28 days. */
function checkPending({ expiry, pending_days }: EarningDefinition): Problem[] {
  const life =
    expiry.kind === 'after'
      ? (expiry.days ?? (expiry.months ?? 0) * 28)
      : expiry.kind === 'sliding'
        ? expiry.days
        : null
  if (life === null || pending_days === 0 || pending_days < life) return []
  return [
    problem(
      '/pending_days',
      'Units would expire before they can be spent: make the pending time shorter or the expiry later',
      'ستنتهي الوحدات قبل أن يمكن استخدامها: قصّر مدة الانتظار أو أخّر انتهاء الصلاحية',
    ),
  ]
}

function checkPrize(definition: EarningDefinition): Problem[] {
  const discount = definition.type === 'stamps' ? definition.reward.discount : undefined
  return discount ? checkDiscount(discount, '/reward/discount') : []
}

function checkPlan(plan: Plan): Problem[] {
  const { per_day_limit: perDay, uses_per_period: uses } = plan
  return [
    ...checkHours(plan.hours, '/plan/hours'),
    ...checkFilter(plan.products, '/plan/products'),
    ...checkFilter(plan.categories, '/plan/categories'),
    ...(perDay !== undefined && perDay > uses
      ? [
          problem(
            '/plan/per_day_limit',
            `More uses in a day than in a period: choose ${uses} or fewer`,
            `حد اليوم أكبر من حد المدة: اختر ${uses} أو أقل`,
          ),
        ]
      : []),
  ]
}
