// Compares a value with a schema and says, field by field and in both languages, what is wrong and
// how to fix it. A union is followed by its discriminator, so that only the branch that was meant
// complains.
import type { TSchema } from 'typebox'
import { Test as hasFormat } from 'typebox/format'
import type { Text } from '../errors.ts'
import { type FieldError, fieldError } from '../field-error.ts'
import { labelledMessages } from './labelled-messages.ts'
import type { Messages } from './messages.ts'
import { plainMessages } from './plain-messages.ts'
import { type Schema, schemaOf } from './schema.ts'

/**
 * Every mistake, in the sequence of the fields; none when the value fits. Messages name the fields
 * where the schema has labels in both languages (`label`), as forms need it. Throws TypeError for a
 * type that schemas of LoyaPro do not use.
 */
export function validate(schema: TSchema, value: unknown): FieldError[] {
  const root = schemaOf(schema)
  const messages = root['x-title-ar'] === undefined ? plainMessages : labelledMessages
  return new Validation(messages).at(root, value, '')
}

class Validation {
  readonly #messages: Messages

  constructor(messages: Messages) {
    this.#messages = messages
  }

  at(schema: Schema, value: unknown, pointer: string): FieldError[] {
    if (schema.anyOf) return this.#union(schema, schema.anyOf, value, pointer)
    if (schema.const !== undefined) return value === schema.const ? [] : this.#notAllowed([schema.const], pointer)
    if (schema.enum) return schema.enum.includes(value) ? [] : this.#notAllowed(schema.enum, pointer)
    if (schema.type === undefined) return []
    if (!hasType(schema.type, value)) return [error(pointer, this.#messages.wrongType(schema))]
    switch (schema.type) {
      case 'object':
        return this.#object(schema, value as Record<string, unknown>, pointer)
      case 'array':
        return this.#array(schema, value as unknown[], pointer)
      case 'string':
        return this.#string(schema, value as string, pointer)
      case 'integer':
      case 'number':
        return this.#number(schema, value as number, pointer)
      default:
        return []
    }
  }

  #union(schema: Schema, branches: Schema[], value: unknown, pointer: string): FieldError[] {
    const discriminator = schema['x-discriminator'] ?? constantOf(branches)
    if (discriminator !== undefined) return this.#discriminated(schema, discriminator, branches, value, pointer)
    const found = branches.map((branch) => this.at(branch, value, pointer))
    if (found.some((errors) => errors.length === 0)) return []
    // Of something or null, whatever is not null was meant to be the something.
    const [something, ...others] = branches.filter(({ type }) => type !== 'null')
    const isNullable = something !== undefined && others.length === 0 && branches.length > 1
    if (isNullable && this.#messages.followsNullable) return this.at(something, value, pointer)
    const fitting = branches.findIndex((branch) => !isChoice(branch) && hasType(branch.type ?? '', value))
    if (fitting >= 0) return found[fitting] ?? []
    return [error(pointer, this.#messages.notOneOf(branches))]
  }

  #discriminated(schema: Schema, key: string, branches: Schema[], value: unknown, pointer: string): FieldError[] {
    if (!isObject(value)) return [error(pointer, this.#messages.wrongType({ ...schema, type: 'object' }))]
    const nameOf = (branch: Schema) => branch.properties?.[key]?.const
    const meant = branches.find((branch) => nameOf(branch) === own(value, key))
    return meant ? this.at(meant, value, pointer) : this.#notAllowed(branches.map(nameOf), `${pointer}/${key}`)
  }

  #object(schema: Schema, value: Record<string, unknown>, pointer: string): FieldError[] {
    const properties = schema.properties ?? {}
    const keys = Object.keys(value)
    const missing = (schema.required ?? []).filter((key) => !Object.hasOwn(value, key))
    const { minProperties = 0, maxProperties = Number.POSITIVE_INFINITY } = schema
    return [
      ...missing.map((key) => error(`${pointer}/${key}`, this.#messages.missing(properties[key] ?? {}))),
      ...(keys.length < minProperties ? [error(pointer, this.#messages.tooFewFields(schema))] : []),
      ...(keys.length > maxProperties ? [error(pointer, this.#messages.tooManyFields(schema))] : []),
      ...keys.flatMap((key) => {
        const at = `${pointer}/${escaped(key)}`
        const property = own(properties, key)
        if (property !== undefined) return this.at(property, value[key], at)
        return schema.additionalProperties === false ? [error(at, this.#messages.unknownField)] : []
      }),
    ]
  }

  #array(schema: Schema, value: unknown[], pointer: string): FieldError[] {
    const { items = {}, minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema
    if (value.length < minItems) return [error(pointer, this.#messages.tooFewItems(schema))]
    if (value.length > maxItems) return [error(pointer, this.#messages.tooManyItems(schema))]
    const seen = new Set<string>()
    return value.flatMap((item, index) => {
      const found = this.at(items, item, `${pointer}/${index}`)
      if (found.length > 0 || !schema.uniqueItems) return found
      // Equal items have equal text, whatever the sequence of their keys.
      const text = JSON.stringify(isObject(item) ? Object.entries(item).sort() : item)
      if (seen.has(text)) return [error(this.#messages.duplicateAt(pointer, index), this.#messages.duplicate(schema))]
      seen.add(text)
      return []
    })
  }

  #string(schema: Schema, value: string, pointer: string): FieldError[] {
    const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern, format } = schema
    const length = [...value].length
    if (length < minLength) return [error(pointer, this.#messages.tooShort(schema))]
    if (length > maxLength) return [error(pointer, this.#messages.tooLong(schema))]
    if (pattern !== undefined && !new RegExp(pattern, 'u').test(value))
      return [error(pointer, this.#messages.wrongPattern(schema))]
    if (format !== undefined && !hasFormat(format, value)) return [error(pointer, this.#messages.wrongFormat(schema))]
    return []
  }

  #number(schema: Schema, value: number, pointer: string): FieldError[] {
    const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema
    const { exclusiveMinimum = Number.NEGATIVE_INFINITY, exclusiveMaximum = Number.POSITIVE_INFINITY } = schema
    const isLow = value < minimum || value <= exclusiveMinimum
    const isHigh = value > maximum || value >= exclusiveMaximum
    if (isLow) return [error(pointer, this.#messages.tooLow(schema))]
    return isHigh ? [error(pointer, this.#messages.tooHigh(schema))] : []
  }

  #notAllowed(values: unknown[], pointer: string): FieldError[] {
    return [error(pointer, this.#messages.notAllowed(values))]
  }
}

function error(pointer: string, { en, ar }: Text): FieldError {
  return fieldError(pointer, en, ar)
}

/** The property that is a constant in every branch, if there is one. */
function constantOf(branches: Schema[]): string | undefined {
  const [first, ...others] = branches
  const keys = Object.entries(first?.properties ?? {}).flatMap(([key, { const: name }]) =>
    name === undefined ? [] : key,
  )
  return keys.find(
    (key) => others.length > 0 && others.every((branch) => branch.properties?.[key]?.const !== undefined),
  )
}

function isChoice({ const: constant, enum: choices }: Schema): boolean {
  return constant !== undefined || choices !== undefined
}

function hasType(type: string, value: unknown): boolean {
  switch (type) {
    case 'object':
      return isObject(value)
    case 'array':
      return Array.isArray(value)
    case 'integer':
      return Number.isInteger(value)
    case 'number':
      return Number.isFinite(value)
    case 'null':
      return value === null
    case 'string':
    case 'boolean':
      return typeof value === type
    case '':
      return false
    default:
      throw new TypeError(`schemas of LoyaPro have no type ${type}`)
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Never a property of every object, such as `constructor`. */
function own<T>(record: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

/** A key as a part of a JSON Pointer. */
function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}
