// The program definition in request bodies: documented by its schema, read by src/programs.
import type { FastifySchemaCompiler } from 'fastify'
import { type TSchema, Type } from 'typebox'
import type { FieldError } from '../../../../contract/field-error.ts'
import { refusal, validatorCompiler } from '../../plugins/validation.ts'
import { invalid, type Problem } from '../../problem.ts'

/**
 * Validates a body without its `definition`, which readDefinition validates completely: an error is
 * reported once.
 */
export const definitionLeftOut: FastifySchemaCompiler<TSchema> = (route) => {
  const { schema } = route
  if (route.httpPart !== 'body' || !Type.IsObject(schema)) return validatorCompiler(route)
  const isOptional = Type.IsOptional(schema.properties.definition)
  const definition = isOptional ? Type.Optional(Type.Unknown()) : Type.Unknown()
  const loose = Type.Object({ ...schema.properties, definition }, { additionalProperties: false })
  return validatorCompiler({ ...route, schema: loose })
}

/** Adds the type of the program to a definition without one. Throws 422 for another type. */
export function withType(type: string, definition: unknown): unknown {
  if (typeof definition !== 'object' || definition === null || Array.isArray(definition)) return definition
  if (!('type' in definition)) return { ...definition, type }
  if (definition.type === type) return definition
  throw invalid(
    '/definition/type',
    `must be "${type}", the type of the program`,
    `يجب أن يكون "${type}" وهو نوع البرنامج`,
  )
}

/** 422 with pointers into the body, which has the definition at `/definition`. */
export function badDefinition(errors: readonly FieldError[]): Problem {
  return refusal(errors.map((error) => ({ ...error, pointer: `/definition${error.pointer}` })))
}

/** 422 for an instant that conflicts with other terms; `pointer` is the field that contains it. */
export function badTime(error: FieldError, pointer = error.pointer): Problem {
  return refusal([{ ...error, pointer }])
}
