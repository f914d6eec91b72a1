// Compares JSON with a schema and says, field by field and in both languages, what is wrong: it
// knows the part of JSON Schema that program definitions use, and follows a union by its
// discriminator, so that only the branch that was meant complains.
import type { TSchema } from 'typebox'
import { type FieldError, fieldError } from '../field-error.ts'

/** The keywords that are known. */
interface Shape {
  type?: string
  title?: string
  'x-title-ar'?: string
  'x-discriminator'?: string
  anyOf?: Shape[]
  properties?: Record<string, Shape>
  required?: string[]
  minProperties?: number
  items?: Shape
  minItems?: number
  maxItems?: number
  uniqueItems?: boolean
  const?: unknown
  enum?: string[]
  pattern?: string
  /** The pattern in a form that people read. */
  'x-form'?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
}

/** Throws TypeError when the schema uses a type of JSON Schema that this file does not know. */
export function shapeProblems(schema: TSchema, value: unknown): FieldError[] {
  // TypeBox's types hide the keywords that its schemas carry.
  return problemsAt(schema as Shape, value, '')
}

function problemsAt(shape: Shape, value: unknown, pointer: string): FieldError[] {
  if (shape.anyOf) return unionProblems(shape, shape.anyOf, value, pointer)
  if (shape.const !== undefined) return value === shape.const ? [] : [notOneOf([shape.const], pointer)]
  switch (shape.type) {
    case 'object':
      return objectProblems(shape, value, pointer)
    case 'array':
      return arrayProblems(shape, value, pointer)
    case 'string':
      return stringProblems(shape, value, pointer)
    case 'integer':
      return integerProblems(shape, value, pointer)
    case 'boolean':
      return typeof value === 'boolean' ? [] : [notOneOf([true, false], pointer)]
    default:
      throw new TypeError(`the schema at ${pointer || 'its root'} uses a type that shapes do not know: ${shape.type}`)
  }
}

function unionProblems(shape: Shape, branches: Shape[], value: unknown, pointer: string): FieldError[] {
  // Something or null: whatever is not null was meant to be the something.
  const [something, ...others] = branches.filter(({ type }) => type !== 'null')
  if (something && others.length === 0 && branches.length > 1)
    return value === null ? [] : problemsAt(something, value, pointer)
  if (!isObject(value)) return [notAnObject(shape, pointer)]
  const key = shape['x-discriminator'] ?? ''
  const nameOf = (branch: Shape) => branch.properties?.[key]?.const
  const meant = branches.find((branch) => nameOf(branch) === own(value, key))
  return meant ? problemsAt(meant, value, pointer) : [notOneOf(branches.map(nameOf), `${pointer}/${key}`)]
}

function objectProblems(shape: Shape, value: unknown, pointer: string): FieldError[] {
  if (!isObject(value)) return [notAnObject(shape, pointer)]
  const properties = shape.properties ?? {}
  const keys = Object.keys(value)
  const missing = (shape.required ?? []).filter((key) => !Object.hasOwn(value, key))
  const { en, ar } = titleOf(shape)
  return [
    ...missing.map((key) => {
      const field = titleOf(properties[key] ?? {})
      return fieldError(`${pointer}/${key}`, `${field.en} is required`, `الحقل «${field.ar}» مطلوب`)
    }),
    ...(keys.length < (shape.minProperties ?? 0)
      ? [fieldError(pointer, `${en}: set at least one field, or omit it`, `الحقل «${ar}» فارغ: املأه أو احذفه`)]
      : []),
    ...keys.flatMap((key) => {
      const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
      const property = own(properties, key)
      if (property === undefined) return [fieldError(at, 'Unknown field: remove it', 'حقل غير معروف: احذفه')]
      return problemsAt(property, value[key], at)
    }),
  ]
}

function arrayProblems(shape: Shape, value: unknown, pointer: string): FieldError[] {
  const { en, ar } = titleOf(shape)
  if (!Array.isArray(value)) return [fieldError(pointer, `${en}: must be a list`, `الحقل «${ar}» يجب أن يكون قائمة`)]
  const { items = {}, minItems = 0, maxItems = Number.POSITIVE_INFINITY } = shape
  if (value.length < minItems)
    return [
      fieldError(pointer, `${en}: add at least ${minItems}`, `الحد الأدنى لعدد العناصر في «${ar}» هو ${minItems}`),
    ]
  if (value.length > maxItems)
    return [
      fieldError(pointer, `${en}: at most ${maxItems} allowed`, `الحد الأقصى لعدد العناصر في «${ar}» هو ${maxItems}`),
    ]
  const seen = new Set<string>()
  return value.flatMap((item: unknown, index) => {
    const found = problemsAt(items, item, `${pointer}/${index}`)
    if (found.length > 0 || !shape.uniqueItems) return found
    // Equal items of one shape have equal text, whatever the order of their keys.
    const text = JSON.stringify(isObject(item) ? Object.entries(item).sort() : item)
    if (seen.has(text))
      return [
        fieldError(`${pointer}/${index}`, `${en}: duplicate entry, remove one`, `عنصر مكرر في «${ar}»: احذف أحدهما`),
      ]
    seen.add(text)
    return []
  })
}

function stringProblems(shape: Shape, value: unknown, pointer: string): FieldError[] {
  if (shape.enum) return shape.enum.some((word) => word === value) ? [] : [notOneOf(shape.enum, pointer)]
  const { en, ar } = titleOf(shape)
  if (typeof value !== 'string') return [fieldError(pointer, `${en}: must be text`, `الحقل «${ar}» يجب أن يكون نصًا`)]
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = shape
  if (value.length < minLength)
    return [fieldError(pointer, `${en}: must not be empty`, `الحقل «${ar}» فارغ: أدخل قيمته`)]
  if (value.length > maxLength) {
    return [
      fieldError(
        pointer,
        `${en}: too long, at most ${maxLength} characters`,
        `الحقل «${ar}» أطول من المسموح: الحد الأقصى لعدد الأحرف ${maxLength}`,
      ),
    ]
  }
  if (pattern === undefined || new RegExp(pattern, 'u').test(value)) return []
  const form = shape['x-form'] ?? pattern
  return [fieldError(pointer, `${en}: wrong format, expected ${form}`, `الحقل «${ar}» ليس بالصيغة المطلوبة: ${form}`)]
}

function integerProblems(shape: Shape, value: unknown, pointer: string): FieldError[] {
  const { en, ar } = titleOf(shape)
  const { minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER } = shape
  if (Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum) return []
  return [
    fieldError(
      pointer,
      `${en}: must be a whole number from ${minimum} to ${maximum}`,
      `الحقل «${ar}» يجب أن يكون عددًا صحيحًا من ${minimum} إلى ${maximum}`,
    ),
  ]
}

function notOneOf(words: unknown[], pointer: string): FieldError {
  return words.length === 1
    ? fieldError(pointer, `Must be ${words[0]}`, `القيمة المسموح بها هنا: ${words[0]}`)
    : fieldError(pointer, `Must be one of: ${words.join(', ')}`, `يجب أن تكون القيمة واحدة من: ${words.join('، ')}`)
}

function notAnObject(shape: Shape, pointer: string): FieldError {
  const { en, ar } = titleOf(shape)
  return fieldError(pointer, `${en}: must be an object`, `الحقل «${ar}» يجب أن يكون كائنًا (object)`)
}

function titleOf(shape: Shape): { en: string; ar: string } {
  return { en: shape.title ?? 'This field', ar: shape['x-title-ar'] ?? 'هذا الحقل' }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Never a property of every object, such as `constructor`. */
function own<T>(record: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}
