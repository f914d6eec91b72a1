// The part of JSON Schema that schemas of LoyaPro use, and the annotations that they carry.
import type { TSchema } from 'typebox'

export interface Schema {
  type?: string
  title?: string
  'x-title-ar'?: string
  /** The property whose constant tells the branches of a union apart. */
  'x-discriminator'?: string
  /** The pattern in a form that people read. */
  'x-form'?: string
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | object
  minProperties?: number
  maxProperties?: number
  items?: Schema
  minItems?: number
  maxItems?: number
  uniqueItems?: boolean
  const?: unknown
  enum?: unknown[]
  pattern?: string
  format?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
}

export function schemaOf(schema: TSchema): Schema {
  // TypeBox's types hide the keywords that its schemas carry.
  return schema as Schema
}
