// Turns what the schema checker found into one entry a field, in both languages, that says what to
// send instead.
import type { TLocalizedValidationError } from 'typebox/error'
import { Locale } from 'typebox/system'
import type { Text } from '../../contract/errors.ts'
import type { FieldError } from '../../contract/field-error.ts'

/**
 * The entries in the order in which the mistakes were found; `place` says where the value came from
 * when it is not the body.
 */
export function toFieldErrors(errors: readonly TLocalizedValidationError[], place?: FieldError['in']): FieldError[] {
  const fields = new Map<string, Field>()
  const at = (pointer: string): Field => {
    const field = fields.get(pointer) ?? { allowed: [], broken: [] }
    fields.set(pointer, field)
    return field
  }
  const meant = ofMeantShapes(errors)
  for (const error of meant) {
    if (error.keyword === 'required') {
      for (const name of error.params.requiredProperties)
        at(`${error.instancePath}/${escaped(name)}`).broken.push(MISSING)
    } else if (error.keyword === 'boolean') at(error.instancePath).broken.push(UNKNOWN)
    else if (isAlternative(error)) at(error.instancePath).allowed.push(...alternativesOf(error))
    else if (!isSummary(error) || !meant.some((other) => isWithin(error, other)))
      at(error.instancePath).broken.push(constraint(error))
  }
  return [...fields].map(([pointer, field]) => {
    const { en, ar } = field.broken[0] ?? oneOf(field.allowed)
    return { ...(place && { in: place }), pointer, message: en, message_ar: ar }
  })
}

interface Field {
  /** Values or types that would have been right, when the value was none of them. */
  allowed: Text[]
  /** Conditions that a value of the right type did not meet. */
  broken: Text[]
}

/**
 * Where a value may have one of several shapes, told apart by a constant such as `type`, the
 * mistakes against the shapes that were not meant say nothing and are left out. When no shape was
 * meant, the constants that would have been right remain.
 */
function ofMeantShapes(errors: readonly TLocalizedValidationError[]): TLocalizedValidationError[] {
  const otherShapes = errors.flatMap((error) => (error.keyword === 'const' ? shapeToldApartBy(error.schemaPath) : []))
  const isOther = (path: string) => otherShapes.some((shape) => path === shape || path.startsWith(`${shape}/`))
  return errors.filter((error) => {
    if (!isOther(error.schemaPath)) return true
    const [shape] = error.keyword === 'const' ? shapeToldApartBy(error.schemaPath) : []
    if (shape === undefined) return false
    const choice = shape.slice(0, shape.lastIndexOf('/') + 1)
    return !errors.some(({ schemaPath }) => schemaPath.startsWith(choice) && !isOther(schemaPath))
  })
}

/** `#/properties/x/anyOf/1/properties/type` → `#/properties/x/anyOf/1`. */
function shapeToldApartBy(schemaPath: string): string[] {
  const [, shape] = /^(.*\/(?:anyOf|oneOf)\/\d+)\/properties\/[^/]+$/.exec(schemaPath) ?? []
  return shape === undefined ? [] : [shape]
}

type AlternativeError = Extract<TLocalizedValidationError, { keyword: 'const' | 'enum' | 'type' }>

function isAlternative(error: TLocalizedValidationError): error is AlternativeError & { message: string } {
  return error.keyword === 'const' || error.keyword === 'enum' || error.keyword === 'type'
}

function alternativesOf(error: AlternativeError): Text[] {
  if (error.keyword === 'type') return [error.params.type].flat().map((type) => TYPES[type] ?? { en: type, ar: type })
  const values = error.keyword === 'const' ? [error.params.allowedValue] : error.params.allowedValues
  return values.map((value) => ({ en: JSON.stringify(value), ar: JSON.stringify(value) }))
}

/** These only say that something deeper is wrong, which has an entry of its own. */
function isSummary(error: TLocalizedValidationError): boolean {
  return ['anyOf', 'oneOf', 'additionalProperties', 'if'].includes(error.keyword)
}

function isWithin(summary: TLocalizedValidationError, other: TLocalizedValidationError): boolean {
  return other !== summary && !isSummary(other) && other.instancePath.startsWith(summary.instancePath)
}

function oneOf(allowed: readonly Text[]): Text {
  const list = (language: 'en' | 'ar', or: string) => [...new Set(allowed.map((text) => text[language]))].join(or)
  return { en: `must be ${list('en', ' or ')}`, ar: `يجب أن يكون ${list('ar', ' أو ')}` }
}

function constraint(error: TLocalizedValidationError): Text {
  const params: Record<string, unknown> = { ...error.params }
  return CONSTRAINTS[error.keyword]?.(params) ?? { en: Locale.en_US(error), ar: Locale.ar_001(error) }
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

const MISSING: Text = { en: 'is required', ar: 'مطلوب' }
const UNKNOWN: Text = { en: 'is not a known field; remove it', ar: 'حقل غير معروف؛ احذفه' }

const TYPES: Record<string, Text> = {
  string: { en: 'a string', ar: 'نصًا' },
  integer: { en: 'a whole number', ar: 'عددًا صحيحًا' },
  number: { en: 'a number', ar: 'عددًا' },
  boolean: { en: 'true or false', ar: 'true أو false' },
  object: { en: 'an object', ar: 'كائنًا' },
  array: { en: 'a list', ar: 'قائمة' },
  null: { en: 'null', ar: 'null' },
}

const FORMATS: Record<string, string> = {
  date: '2026-01-31',
  'date-time': '2026-01-31T09:30:00Z',
  email: 'name@example.com',
  time: '09:30:00',
}

const CONSTRAINTS: Record<string, (params: Record<string, unknown>) => Text> = {
  minLength: ({ limit }) =>
    limit === 1
      ? { en: 'must not be empty', ar: 'يجب ألا يكون فارغًا' }
      : { en: `must have at least ${limit} characters`, ar: `يجب ألا يقل عدد أحرفه عن ${limit}` },
  maxLength: ({ limit }) => ({
    en: `must have at most ${limit} characters`,
    ar: `يجب ألا يزيد عدد أحرفه على ${limit}`,
  }),
  minItems: ({ limit }) => ({
    en: `must have at least ${limit} ${limit === 1 ? 'item' : 'items'}`,
    ar: `يجب ألا يقل عدد عناصره عن ${limit}`,
  }),
  maxItems: ({ limit }) => ({
    en: `must have at most ${limit} ${limit === 1 ? 'item' : 'items'}`,
    ar: `يجب ألا يزيد عدد عناصره على ${limit}`,
  }),
  minimum: ({ limit }) => ({ en: `must be at least ${limit}`, ar: `يجب ألا يقل عن ${limit}` }),
  maximum: ({ limit }) => ({ en: `must be at most ${limit}`, ar: `يجب ألا يزيد على ${limit}` }),
  exclusiveMinimum: ({ limit }) => ({ en: `must be more than ${limit}`, ar: `يجب أن يكون أكبر من ${limit}` }),
  exclusiveMaximum: ({ limit }) => ({ en: `must be less than ${limit}`, ar: `يجب أن يكون أقل من ${limit}` }),
  uniqueItems: () => ({ en: 'must not contain duplicates', ar: 'يجب ألا يحتوي على عناصر مكررة' }),
  minProperties: ({ limit }) => ({
    en: `must have at least ${limit} ${limit === 1 ? 'field' : 'fields'}`,
    ar: `يجب ألا يقل عدد حقوله عن ${limit}`,
  }),
  maxProperties: ({ limit }) => ({
    en: `must have at most ${limit} ${limit === 1 ? 'field' : 'fields'}`,
    ar: `يجب ألا يزيد عدد حقوله على ${limit}`,
  }),
  anyOf: () => ({ en: 'does not match any of the documented formats', ar: 'لا يطابق أيًّا من الصيغ الموثّقة' }),
  oneOf: () => ({ en: 'does not match any of the documented formats', ar: 'لا يطابق أيًّا من الصيغ الموثّقة' }),
  format: ({ format }) => {
    const example = FORMATS[String(format)] ? `, e.g. ${FORMATS[String(format)]}` : ''
    return {
      en: `must be a valid ${format}${example}`,
      ar: `يجب أن يكون بصيغة ${format} صحيحة${example.replace('e.g.', 'مثل')}`,
    }
  },
}
