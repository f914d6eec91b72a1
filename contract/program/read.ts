// Reads a program definition as it was sent: checks its shape against the schema, then its meaning.
import { type FieldError, fieldError } from '../field-error.ts'
import { validate } from '../validation/validate.ts'
import { checkDefinition } from './check.ts'
import { type Definition, type DefinitionInput, DefinitionSchema, type ProgramType } from './definition.ts'
import { normaliseDefinition } from './normalise.ts'

export type ReadOutcome = { kind: 'ok'; definition: Definition } | { kind: 'invalid'; errors: FieldError[] }

/** The maximum number of errors in one answer. */
const MAX_ERRORS = 50

/**
 * `value` is any JSON. The returned definition has its defaults filled in. For an existing program,
 * `type` is its type, which cannot change.
 */
export function readDefinition(value: unknown, type?: ProgramType): ReadOutcome {
  const misshapen = validate(DefinitionSchema, value)
  if (misshapen.length > 0) return { kind: 'invalid', errors: misshapen.slice(0, MAX_ERRORS) }
  // The schema accepts it.
  const definition = normaliseDefinition(value as DefinitionInput)
  const errors = [
    ...(type === undefined || type === definition.type ? [] : [otherType(type)]),
    ...checkDefinition(definition),
  ]
  return errors.length > 0 ? { kind: 'invalid', errors: errors.slice(0, MAX_ERRORS) } : { kind: 'ok', definition }
}

function otherType(type: ProgramType): FieldError {
  return fieldError(
    '/type',
    `The type of a program cannot change: keep “${type}” or create a new program`,
    `لا يمكن تغيير نوع البرنامج: أبقِ النوع «${type}» أو أنشئ برنامجًا جديدًا`,
  )
}
