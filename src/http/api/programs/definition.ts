// What the operations that take a program definition share: it is documented by its schema, and
// read by src/programs.
import type { FastifySchemaCompiler } from 'fastify'
import { type TSchema, Type } from 'typebox'
import type { FieldError } from '../../../../contract/field-error.ts'
import { refusal, validatorCompiler } from '../../plugins/validation.ts'
import { invalid, type Problem } from '../../problem.ts'

/**
 * Checks a body all but its `definition`, which contract/program.ts reads: it knows better than a
 * schema what is wrong with a definition, and says it once.
 */
export const definitionLeftOut: FastifySchemaCompiler<TSchema> = (route) => {
  const { schema } = route
  if (route.httpPart !== 'body' || !Type.IsObject(schema)) return validatorCompiler(route)
  const loose = Type.Object({ ...schema.properties, definition: Type.Unknown() }, { additionalProperties: false })
  return validatorCompiler({ ...route, schema: loose })
}

/**
 * The definition with the type of its program, where it does not name one itself; 422 when it names
 * another.
 */
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

/** 422 that points into the body, where the definition stands under `/definition`. */
export function badDefinition(problems: readonly FieldError[]): Problem {
  return refusal(problems.map((problem) => ({ ...problem, pointer: `/definition${problem.pointer}` })))
}

/**
 * 422 for an instant that does not fit the terms that are already set; `pointer` is the field that
 * it came in.
 */
export function badTime(problem: FieldError, pointer = problem.pointer): Problem {
  return refusal([{ ...problem, pointer }])
}
