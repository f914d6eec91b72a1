// Messages for developers: what the value must be. The pointer beside them names the field.
import type { Text } from '../errors.ts'
import type { Messages } from './messages.ts'
import type { Schema } from './schema.ts'

export const plainMessages: Messages = {
  followsNullable: false,
  duplicateAt: (list) => list,
  missing: () => ({ en: 'is required', ar: 'مطلوب' }),
  unknownField: { en: 'is not a known field; remove it', ar: 'حقل غير معروف؛ احذفه' },
  wrongType: (schema) => mustBe(expected(schema)),
  notAllowed: (values) => mustBe(values.map(quoted)),
  notOneOf: (branches) => {
    const allowed = branches.flatMap(expected)
    return allowed.length > 0
      ? mustBe(allowed)
      : { en: 'does not match any of the documented formats', ar: 'لا يطابق أيًّا من الصيغ الموثّقة' }
  },
  tooFewFields: ({ minProperties }) => ({
    en: `must have at least ${minProperties} ${minProperties === 1 ? 'field' : 'fields'}`,
    ar: `يجب ألا يقل عدد حقوله عن ${minProperties}`,
  }),
  tooManyFields: ({ maxProperties }) => ({
    en: `must have at most ${maxProperties} ${maxProperties === 1 ? 'field' : 'fields'}`,
    ar: `يجب ألا يزيد عدد حقوله على ${maxProperties}`,
  }),
  tooFewItems: ({ minItems }) => ({
    en: `must have at least ${minItems} ${minItems === 1 ? 'item' : 'items'}`,
    ar: `يجب ألا يقل عدد عناصره عن ${minItems}`,
  }),
  tooManyItems: ({ maxItems }) => ({
    en: `must have at most ${maxItems} ${maxItems === 1 ? 'item' : 'items'}`,
    ar: `يجب ألا يزيد عدد عناصره على ${maxItems}`,
  }),
  duplicate: () => ({ en: 'must not contain duplicates', ar: 'يجب ألا يحتوي على عناصر مكررة' }),
  tooShort: ({ minLength }) =>
    minLength === 1
      ? { en: 'must not be empty', ar: 'يجب ألا يكون فارغًا' }
      : { en: `must have at least ${minLength} characters`, ar: `يجب ألا يقل عدد أحرفه عن ${minLength}` },
  tooLong: ({ maxLength }) => ({
    en: `must have at most ${maxLength} characters`,
    ar: `يجب ألا يزيد عدد أحرفه على ${maxLength}`,
  }),
  wrongPattern: ({ pattern }) => ({ en: `must match pattern "${pattern}"`, ar: `يجب أن يتطابق مع النمط "${pattern}"` }),
  wrongFormat: ({ format = '' }) => {
    const example = FORMATS[format]
    return {
      en: `must be a valid ${format}${example ? `, e.g. ${example}` : ''}`,
      ar: `يجب أن يكون بصيغة ${format} صحيحة${example ? `, مثل ${example}` : ''}`,
    }
  },
  tooLow: ({ minimum, exclusiveMinimum }) =>
    minimum === undefined
      ? { en: `must be more than ${exclusiveMinimum}`, ar: `يجب أن يكون أكبر من ${exclusiveMinimum}` }
      : { en: `must be at least ${minimum}`, ar: `يجب ألا يقل عن ${minimum}` },
  tooHigh: ({ maximum, exclusiveMaximum }) =>
    maximum === undefined
      ? { en: `must be less than ${exclusiveMaximum}`, ar: `يجب أن يكون أقل من ${exclusiveMaximum}` }
      : { en: `must be at most ${maximum}`, ar: `يجب ألا يزيد على ${maximum}` },
}

/** The values or types that a schema takes. */
function expected({ const: constant, enum: choices, type = '' }: Schema): Text[] {
  if (constant !== undefined) return [quoted(constant)]
  if (choices) return choices.map(quoted)
  return type === '' ? [] : [TYPES[type] ?? { en: type, ar: type }]
}

function quoted(value: unknown): Text {
  const text = JSON.stringify(value)
  return { en: text, ar: text }
}

function mustBe(allowed: readonly Text[]): Text {
  const list = (language: 'en' | 'ar', or: string) => [...new Set(allowed.map((text) => text[language]))].join(or)
  return { en: `must be ${list('en', ' or ')}`, ar: `يجب أن يكون ${list('ar', ' أو ')}` }
}

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
