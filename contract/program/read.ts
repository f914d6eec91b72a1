// Reads a program definition that somebody sent: its shape by the schema, then its meaning, with
// one problem for each mistake.

import { type FieldError, fieldError } from '../field-error.ts'
import { validate } from '../validation/validate.ts'
import { checkDefinition } from './check.ts'
import { type Definition, type DefinitionInput, DefinitionSchema, type ProgramType } from './definition.ts'
import { normaliseDefinition } from './normalise.ts'

export type ReadOutcome = { kind: 'ok'; definition: Definition } | { kind: 'invalid'; problems: FieldError[] }

/** At most so many problems are reported at once. */
const MOST_PROBLEMS = 50

/**
 * `value` is any JSON. The definition that comes back has its defaults filled in. A program never
 * changes its type: where there is one already, `type` names it and any other is refused.
 */
export function readDefinition(value: unknown, type?: ProgramType): ReadOutcome {
  const misshapen = validate(DefinitionSchema, value)
  if (misshapen.length > 0) return { kind: 'invalid', problems: misshapen.slice(0, MOST_PROBLEMS) }
  // The shape has just been proven, field by field.
  const definition = normaliseDefinition(value as DefinitionInput)
  const problems = [
    ...(type === undefined || type === definition.type ? [] : [otherType(type)]),
    ...checkDefinition(definition),
  ]
  return problems.length > 0
    ? { kind: 'invalid', problems: problems.slice(0, MOST_PROBLEMS) }
    : { kind: 'ok', definition }
}

function otherType(type: ProgramType): FieldError {
  return fieldError(
    '/type',
    `The type of a program cannot change: keep “${type}” or create a new program`,
    `لا يمكن تغيير نوع البرنامج: أبقِ النوع «${type}» أو أنشئ برنامجًا جديدًا`,
  )
}
