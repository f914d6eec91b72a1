// What a form reads in a JSON schema of contract/: which control a field gets, its texts, and the value
// that it begins with.
import type { Referent } from '../../../contract/program/label.ts'
import type { Schema } from '../../../contract/validation/schema.ts'
import type { Text } from '../../words/text.ts'

export interface FormSchema extends Omit<Schema, 'anyOf' | 'properties' | 'items'> {
  description?: string
  'x-description-ar'?: string
  'x-widget'?: string
  'x-refers-to'?: Referent
  'x-choices'?: Record<string, Text>
  default?: unknown
  anyOf?: FormSchema[]
  properties?: Record<string, FormSchema>
  items?: FormSchema
}

export type Control =
  | 'constant'
  | 'text'
  | 'number'
  | 'money'
  | 'share'
  | 'flag'
  | 'choice'
  | 'choices'
  | 'day'
  | 'time'
  | 'ids'
  | 'object'
  | 'list'
  | 'union'

export function controlOf(schema: FormSchema): Control {
  const { type, enum: values, anyOf, items } = schema
  if (schema.const !== undefined) return 'constant'
  if (anyOf) return 'union'
  if (values) return 'choice'
  switch (type) {
    case 'boolean':
      return 'flag'
    case 'integer':
    case 'number':
      return schema['x-widget'] === 'money' ? 'money' : schema['x-widget'] === 'basis_points' ? 'share' : 'number'
    case 'object':
      return 'object'
    case 'array':
      return items?.enum ? 'choices' : items?.type === 'string' ? 'ids' : 'list'
    default:
      return schema['x-widget'] === 'date' ? 'day' : schema['x-widget'] === 'time' ? 'time' : 'text'
  }
}

/** Controls that stand in a line with others; the rest begin a section of their own. */
export function isPlain(schema: FormSchema): boolean {
  return !['object', 'list', 'union', 'choices', 'ids'].includes(controlOf(schema))
}

export function titleOf({ title = '', 'x-title-ar': ar = title }: FormSchema): Text {
  return { en: title, ar }
}

/** Null when there is none. */
export function descriptionOf({ description, 'x-description-ar': ar = description }: FormSchema): Text | null {
  return description === undefined ? null : { en: description, ar: ar ?? description }
}

/** The value that a field begins with when it is added. */
export function beginOf(schema: FormSchema): unknown {
  if (schema.default !== undefined) return structuredClone(schema.default)
  switch (controlOf(schema)) {
    case 'constant':
      return schema.const
    case 'union':
      return beginOf(schema.anyOf?.[0] ?? {})
    case 'object': {
      const required = (schema.required ?? []).map((name) => [name, beginOf(schema.properties?.[name] ?? {})])
      return Object.fromEntries(required.filter(([, value]) => value !== undefined))
    }
    case 'list':
      return Array.from({ length: schema.minItems ?? 0 }, () => beginOf(schema.items ?? {}))
    case 'choices':
    case 'ids':
      return []
    case 'flag':
      return false
    default:
      return undefined
  }
}

/** The property that tells the branches of a union apart. */
export function discriminatorOf(schema: FormSchema): string {
  return schema['x-discriminator'] ?? 'kind'
}

/** The branch of a union that a value is of; the first when it is of none. */
export function branchOf(schema: FormSchema, value: unknown): FormSchema {
  const name = discriminatorOf(schema)
  const branches = schema.anyOf ?? []
  return branches.find(({ properties }) => properties?.[name]?.const === member(value, name)) ?? branches[0] ?? {}
}

/** The constant of a branch: `per_amount`. */
export function constantOf(union: FormSchema, branch: FormSchema): string {
  return String(branch.properties?.[discriminatorOf(union)]?.const ?? '')
}

/** What both branches have stays when another is chosen. */
export function switchBranch(union: FormSchema, value: unknown, to: FormSchema): unknown {
  const begun = beginOf(to) as Record<string, unknown>
  const kept = Object.entries(isRecord(value) ? value : {}).filter(
    ([name]) => name !== discriminatorOf(union) && to.properties?.[name] !== undefined,
  )
  return { ...begun, ...Object.fromEntries(kept) }
}

/** The object with one property changed; an undefined value removes it. */
export function withMember(value: unknown, name: string, next: unknown): Record<string, unknown> {
  const { [name]: _, ...rest } = isRecord(value) ? value : {}
  return next === undefined ? rest : { ...rest, [name]: next }
}

export function member(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
