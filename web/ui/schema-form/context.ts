// What every level of a form that is drawn from a schema passes on.
import type { ReactNode } from 'react'
import type { FormSchema } from './schema.ts'

/** What can be chosen for ids, by `x-widget`. */
export type IdOptions = Partial<Record<'branches' | 'products' | 'categories', readonly IdOption[]>>

export interface IdOption {
  id: string
  label: string
}

export interface FormContext {
  errorAt(pointer: string): string | undefined
  ids: IdOptions
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
