// What every level of a form that is drawn from a schema passes on.
import type { ReactNode } from 'react'
import type { Referent } from '../../../contract/program/label.ts'
import type { IdOption, IdSource } from '../id-source.ts'
import type { FormSchema } from './schema.ts'

/** What can be chosen for ids, by what they refer to: a few to tick, or a source that is searched. */
export type IdChoices = Partial<Record<Referent, readonly IdOption[] | IdSource>>

export interface FormContext {
  errorAt(pointer: string): string | undefined
  ids: IdChoices
  Fields(props: FieldsProps): ReactNode
  Control(props: ControlProps): ReactNode
}

export interface ControlProps {
  schema: FormSchema
  value: unknown
  onChange(value: unknown): void
  pointer: string
  /** It may be left out. */
  optional?: boolean
  context: FormContext
}

export interface FieldsProps extends ControlProps {
  without?: readonly string[]
}

export interface SchemaFormProps {
  /** A schema of contract/, of an object: `schema={PointsSchema as unknown as FormSchema}`. */
  schema: FormSchema
  value: unknown
  onChange(value: Record<string, unknown>): void
  /** `useSend(…).errorAt`, with the pointer of the schema's object before it. */
  errorAt?: (pointer: string) => string | undefined
  /** Where the object is in what is sent: `/definition`. */
  pointer?: string
  /** Ids that refer to what is absent here are typed. */
  ids?: IdChoices
  /** Names of fields that the screen draws itself. */
  without?: readonly string[]
}
