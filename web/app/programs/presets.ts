// What a new program can begin as: four presets, each a definition and the sentence with the words
// that are changed first.
import type { DefinitionInput, ProgramType } from '../../../contract/program.ts'
import type { Text } from '../../words/text.ts'

export interface Preset {
  id: 'coffee' | 'points' | 'cashback' | 'plan'
  type: ProgramType
  title: Text
  hint: Text
  /** The name that is proposed. */
  name: Text
  definition: DefinitionInput
}

/** `minor`: minor units in one unit of the currency. */
export function presetsFor(minor: number): readonly Preset[] {
  return [
    {
      id: 'coffee',
      type: 'stamps',
      title: { en: 'Stamp card', ar: 'بطاقة أختام' },
      hint: {
        en: 'Every item gives a stamp; a full card gives a free one.',
        ar: 'كل قطعة تمنح ختمًا، والبطاقة المكتملة تمنح واحدة مجانًا.',
      },
      name: { en: 'Stamp card', ar: 'بطاقة الأختام' },
      definition: {
        type: 'stamps',
        goal: 6,
        reward: { name: { en: 'A free drink', ar: 'مشروب مجاني' }, valid_days: 30 },
        rules: [{ id: 'items', earn: { kind: 'per_item', units: 1 } }],
      },
    },
    {
      id: 'points',
      type: 'points',
      title: { en: 'Points', ar: 'نقاط' },
      hint: {
        en: 'Every amount spent earns points, which pay for rewards.',
        ar: 'كل مبلغ يُصرف يكسب نقاطًا تُستبدل بمكافآت.',
      },
      name: { en: 'Points', ar: 'النقاط' },
      definition: {
        type: 'points',
        rules: [{ id: 'spend', earn: { kind: 'per_amount', units: 1, per: minor } }],
        expiry: { kind: 'after', months: 12 },
      },
    },
    {
      id: 'cashback',
      type: 'cashback',
      title: { en: 'Cashback', ar: 'كاش باك' },
      hint: {
        en: 'A share of every order comes back as money for the next ones.',
        ar: 'نسبة من كل طلب تعود رصيدًا للطلبات التالية.',
      },
      name: { en: 'Cashback', ar: 'كاش باك' },
      definition: {
        type: 'cashback',
        rules: [{ id: 'share', earn: { kind: 'percent', basis_points: 500 } }],
        expiry: { kind: 'after', months: 6 },
      },
    },
    {
      id: 'plan',
      type: 'subscription',
      title: { en: 'Cup-a-day plan', ar: 'باقة كوب كل يوم' },
      hint: {
        en: 'A product of your menu starts a month of daily uses.',
        ar: 'شراء منتج من قائمتك يفعّل شهرًا من الاستخدام اليومي.',
      },
      name: { en: 'Cup a day', ar: 'كوب كل يوم' },
      definition: {
        type: 'subscription',
        plan: { products_bought: [], period: { unit: 'month', count: 1 }, uses_per_period: 30, per_day_limit: 1 },
      },
    },
  ]
}

/** Reads the value at a path: `valueAt(definition, ['rules', 0, 'earn', 'units'])`. */
export function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value)
}

/** A copy with another value at the path; `undefined` removes it. Missing objects are made. */
export function withValueAt(value: unknown, path: readonly (string | number)[], next: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return next
  if (Array.isArray(value)) return value.map((item, index) => (index === key ? withValueAt(item, rest, next) : item))
  const inner = isObject(value) ? value : {}
  const changed = withValueAt(inner[key], rest, next)
  if (changed !== undefined) return { ...inner, [key]: changed }
  const { [key]: _removed, ...others } = inner
  return others
}

function isObject(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null
}
