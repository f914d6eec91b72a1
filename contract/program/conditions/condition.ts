// What a program definition says of a condition: the schema of its arguments, and a check of what a
// schema cannot express. How a condition is evaluated is in src/programs/conditions.
import type { Static, TSchema } from 'typebox'
import type { FieldError } from '../../field-error.ts'

export interface ConditionArgs<Args extends TSchema = TSchema> {
  /** Validates the arguments, documents them and draws their form field. */
  readonly args: Args
  /** Contradictions between arguments of the right shape; `at` is the pointer of the condition. */
  check?(args: Static<Args>, at: string): FieldError[]
}

/** Types `check` by the schema beside it. */
export function conditionArgs<Args extends TSchema>(condition: ConditionArgs<Args>): ConditionArgs<Args> {
  return condition
}
