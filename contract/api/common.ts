// Schemas that the resources of the business API share: ids, instants, text in two languages,
// choices, nullable values.
import { type Static, type TSchema, type TSchemaOptions, Type } from 'typebox'
import { ActorObject } from '../actor.ts'

/** An id in API form: `prefix_` and 26 characters. */
export function idOf(prefix: string, description: string) {
  return Type.String({ description, examples: [`${prefix}_01kb4w7x2jf8m9t3v6q0c5n1rd`] })
}

/** The path parameter of an operation on one object. */
export function idParams(prefix: string, what: string) {
  return Type.Object({ id: idOf(prefix, `ID of the ${what}.`) })
}

export function instant(description: string) {
  return Type.String({ format: 'date-time', description, examples: ['2026-11-23T09:15:00.000Z'] })
}

export function date(description: string) {
  return Type.String({ format: 'date', description, examples: ['2026-11-23'] })
}

export function nullable<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()])
}

export function choice<const T extends string[]>(values: readonly [...T], options: TSchemaOptions = {}) {
  return Type.Enum([...values], { type: 'string', ...options })
}

/** Who did something: see contract/actor.ts. Null in rows that were written before it was recorded. */
export function actor(description: string) {
  return nullable(Type.Object(ActorObject.properties, { description }))
}

export const Language = choice(['ar', 'en'], { description: 'Arabic or English.' })

/** The same text in both languages. */
export const Text = Type.Object(
  { en: Type.String(), ar: Type.String() },
  { description: 'The same sentence in English and Arabic.' },
)
export type Text = Static<typeof Text>

export const ProgramKind = choice(['points', 'stamps', 'cashback', 'subscription'], {
  description: 'Type of the program. It cannot be changed.',
})

export const Unit = Type.String({
  description:
    'What one unit of the program is: `point`, `stamp` or `use`. For cashback it is the currency code, and one unit is one minor unit (120 in `SAR` is 1.20 SAR).',
  examples: ['point'],
})

export const PosName = Type.String({
  description: 'Name of the POS, as in its webhook URL.',
  examples: ['foodics'],
})

export const LinkToken = Type.String({ minLength: 1, maxLength: 100, description: 'The part of the link after `#`.' })
