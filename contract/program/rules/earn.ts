// What a program definition says of one way to earn: its schema, and a check of what a schema
// cannot express. How much it gives is in src/programs/rules.
import type { TObject } from 'typebox'
import type { FieldError } from '../../field-error.ts'

export interface EarnArgs {
  /** Validates the arguments, documents them and draws their form. `kind` is a literal. */
  readonly args: TObject
  /** What makes it unusable in a program of `type`; `at` is the pointer of `earn`. */
  check?(at: string, type: 'points' | 'stamps' | 'cashback'): FieldError[]
}
