// Values generated from the schemas of an OpenAPI document: mostly valid, some hostile.
import fc from 'fast-check'
import { hostileCursor, hostileText, hostileValue } from './hostile.ts'

export interface Schema {
  type?: string | string[]
  format?: string
  const?: unknown
  enum?: unknown[]
  examples?: unknown[]
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  maxLength?: number
  pattern?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
}

/** IDs of existing resources, by prefix: `cus` → `cus_…`. */
export type Ids = ReadonlyMap<string, readonly string[]>

/**
 * Nine of ten values match the schema, independently for each part of an object.
 */
export function valueFrom(schema: Schema, ids: Ids): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 9, arbitrary: fitting(schema, ids) }, { weight: 1, arbitrary: hostileValue })
}

/** The text of a query parameter, of a header or of a part of a path. */
export function textFrom(name: string, schema: Schema, ids: Ids): fc.Arbitrary<string> {
  const fits = fitting(schema, ids).map(String)
  const hostile = name === 'cursor' ? hostileCursor : hostileText
  return fc.oneof({ weight: name === 'cursor' ? 1 : 3, arbitrary: fits }, { weight: 1, arbitrary: hostile })
}

function fitting(schema: Schema, ids: Ids): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum && schema.enum.length > 0) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices && choices.length > 0) return fc.oneof(...choices.map((choice) => fitting(choice, ids)))
  const [type] = [schema.type].flat()
  switch (type) {
    case 'string':
      return fittingText(schema, ids)
    case 'integer':
      return fc.integer({ min: Math.max(schema.minimum ?? 0, -1e6), max: Math.min(schema.maximum ?? 1_000, 1e15) })
    case 'number':
      return fc.double({ min: schema.minimum ?? 0, max: schema.maximum ?? 1_000, noNaN: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(valueFrom(schema.items ?? {}, ids), { minLength: schema.minItems ?? 0, maxLength: 3 })
    case 'object':
      return fittingObject(schema, ids)
    default:
      return hostileValue
  }
}

function fittingObject({ properties = {}, required = [] }: Schema, ids: Ids): fc.Arbitrary<unknown> {
  const parts = Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, valueFrom(part, ids)]))
  return fc.record(parts, { requiredKeys: required.filter((name) => name in parts) })
}

function fittingText({ format, examples = [], maxLength = 40, pattern }: Schema, ids: Ids): fc.Arbitrary<string> {
  const example = examples.find((one) => typeof one === 'string')
  const [, prefix = ''] = /^([a-z]+)_[0-9a-z]{26}$/.exec(example ?? '') ?? []
  const known = ids.get(prefix) ?? []
  if (known.length > 0) return fc.constantFrom(...known)
  if (format === 'date') return fc.constantFrom('2026-01-31', '1990-05-05', '2030-12-31')
  if (format === 'date-time') return fc.constantFrom('2026-01-31T09:30:00Z', '2030-12-31T23:59:59.999+03:00')
  // Patterns with Unicode classes are those of names, which any letters match.
  if (pattern !== undefined)
    return pattern.includes('\\p') ? fc.constant('Sample') : fc.stringMatching(new RegExp(pattern))
  const plain = fc.string({ minLength: 1, maxLength: Math.min(maxLength, 40) })
  return example === undefined ? plain : fc.oneof(fc.constant(example), plain)
}
