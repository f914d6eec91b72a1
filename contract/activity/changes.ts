// What an entry of the activity log says changed, as lines that people read: on the screen and in the
// CSV file alike.
import type { Text } from '../errors.ts'
import { FIELD_NAMES } from './fields.ts'

export interface Change {
  /** Name of the field, with the names of what it is in: `Reward › Name`. */
  label: string
  /** Null when the former value was not recorded: what was sent stands in `after`. */
  before: string | null
  after: string
}

/** How values are written that depend on the reader. */
export interface ValueForms {
  language: 'en' | 'ar'
  moment(instant: string): string
  number(value: number): string
  /** Minor units of the business. */
  money(minor: number): string
}

export interface RecordedValues {
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
}

/** A definition of a program has hundreds of fields: its entry can be opened. */
const MOST_LINES = 30

/** `rest`: how many further fields changed. */
export function changesInWords(
  { before, after }: RecordedValues,
  forms: ValueForms,
): { changes: Change[]; rest: number } {
  const former = before && new Map(flatten(before))
  const lines = flatten(after ?? {})
  const added = new Set(lines.map(([path]) => path))
  const removed = [...(former ?? [])].flatMap(([path]) => (added.has(path) ? [] : [[path, null] as const]))
  const changes = [...lines, ...removed]
    .filter(([path, value]) => former === null || former.get(path) !== value)
    .map(([path, value]) => ({
      label: labelOf(path, forms.language),
      before: former && valueText(path, former.get(path), forms),
      after: valueText(path, value, forms),
    }))
  return { changes: changes.slice(0, MOST_LINES), rest: Math.max(0, changes.length - MOST_LINES) }
}

/** `Name: First → Second`, one for each line. */
export function changeLine({ label, before, after }: Change): string {
  return before === null ? `${label}: ${after}` : `${label}: ${before} → ${after}`
}

/** Path and value of every field that has no fields of its own. */
function flatten(values: object, above = ''): [string, unknown][] {
  return Object.entries(values).flatMap(([name, value]): [string, unknown][] => {
    const path = above === '' ? name : `${above}/${name}`
    if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return [[path, value.join('\n')]]
    if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) return flatten(value, path)
    return [[path, typeof value === 'object' && value !== null ? null : value]]
  })
}

function labelOf(path: string, language: 'en' | 'ar'): string {
  return path
    .split('/')
    .map((name) => (/^\d+$/.test(name) ? String(Number(name) + 1) : nameOf(name)[language]))
    .join(' › ')
}

/** The name of a field; its spelling in the API when it has none. */
function nameOf(name: string): Text {
  const plain = name.replaceAll('_', ' ')
  return FIELD_NAMES[name] ?? { en: plain.charAt(0).toUpperCase() + plain.slice(1), ar: plain }
}

function valueText(path: string, value: unknown, { language, moment, number, money }: ValueForms): string {
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'boolean') return (value ? YES : NO)[language]
  if (typeof value === 'number') return MONEY.test(path) ? money(value) : number(value)
  if (typeof value !== 'string') return String(value)
  if (INSTANT.test(value)) return moment(value)
  const words = VALUES[value]
  if (words && !TYPED.test(path)) return words[language]
  return value.replaceAll('\n', language === 'ar' ? '، ' : ', ')
}

const INSTANT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}(:?\d{2})?)$/

/** Fields in minor units. */
const MONEY = /(^|\/)(discount_amount|max_discount_amount|minimum_amount)$|^(support|manager)\/per_/

/** Fields whose value somebody typed: it is shown as it is. */
const TYPED = /(^|\/)(name|name_ar|en|ar|title|reference|id)$/

const YES = { en: 'yes', ar: 'نعم' }
const NO = { en: 'no', ar: 'لا' }

/** Values of the API with words. */
const VALUES: Readonly<Record<string, Text>> = {
  ar: { en: 'Arabic', ar: 'العربية' },
  en: { en: 'English', ar: 'الإنجليزية' },
  active: { en: 'active', ar: 'مفعّل' },
  archived: { en: 'archived', ar: 'مؤرشف' },
  draft: { en: 'draft', ar: 'مسودة' },
  ended: { en: 'ended', ar: 'منتهٍ' },
  held: { en: 'open', ar: 'مفتوح' },
  cancelled: { en: 'cancelled', ar: 'ملغى' },
  redeemed: { en: 'redeemed', ar: 'مستبدل' },
  returned: { en: 'given back', ar: 'مُعاد' },
  points: { en: 'points', ar: 'نقاط' },
  stamps: { en: 'stamps', ar: 'أختام' },
  cashback: { en: 'cashback', ar: 'كاش باك' },
  subscription: { en: 'subscription', ar: 'اشتراك' },
  owner: { en: 'owner', ar: 'مالك' },
  manager: { en: 'manager', ar: 'مدير' },
  support: { en: 'support', ar: 'خدمة العملاء' },
  analyst: { en: 'analyst', ar: 'محلل' },
  cashier: { en: 'cashier', ar: 'كاشير' },
}
