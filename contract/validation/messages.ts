// What a validation can find, each with its message in both languages.
import type { Text } from '../errors.ts'
import type { Schema } from './schema.ts'

export interface Messages {
  /**
   * Whether a value that may be null is validated by the other branch alone when it is not null.
   */
  readonly followsNullable: boolean
  /** Where a repeated item is reported: at the list or at the item. */
  duplicateAt(list: string, index: number): string
  /** `field` is missing. */
  missing(field: Schema): Text
  readonly unknownField: Text
  wrongType(schema: Schema): Text
  /** None of the constants. */
  notAllowed(values: unknown[]): Text
  /** None of the branches of a union. */
  notOneOf(branches: Schema[]): Text
  tooFewFields(schema: Schema): Text
  tooManyFields(schema: Schema): Text
  tooFewItems(schema: Schema): Text
  tooManyItems(schema: Schema): Text
  duplicate(schema: Schema): Text
  tooShort(schema: Schema): Text
  tooLong(schema: Schema): Text
  wrongPattern(schema: Schema): Text
  wrongFormat(schema: Schema): Text
  tooLow(schema: Schema): Text
  tooHigh(schema: Schema): Text
}
