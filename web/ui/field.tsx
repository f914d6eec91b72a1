// A labelled field: `<Field label="Email" error={…}><input name="email" /></Field>`. The control gets
// the label, the hint and the error, for the eye and for screen readers.
import { cloneElement, type ReactElement, type ReactNode, useId } from 'react'
import css from './field.module.css'

export interface FieldProps {
  label: ReactNode
  /** What to enter, in a few words. */
  hint?: ReactNode
  error?: ReactNode
  /** After the control, inside its frame: a unit. */
  unit?: ReactNode
  /** Says that it may stay empty. */
  optional?: ReactNode
  children: ReactElement<Record<string, unknown>>
}

export function Field({ label, hint, error, unit, optional, children }: FieldProps) {
  const id = useId()
  const hasError = error !== undefined && error !== null && error !== ''
  const described = [hint !== undefined && `${id}-hint`, hasError && `${id}-error`].filter(Boolean).join(' ')
  const control = cloneElement(children, {
    id,
    className: `${css.control} ${children.props.className ?? ''}`,
    ...(described !== '' && { 'aria-describedby': described }),
    ...(hasError && { 'aria-invalid': true }),
  })
  return (
    <div className={css.field}>
      <label htmlFor={id}>
        {label}
        {optional !== undefined && <small>{optional}</small>}
      </label>
      {hint !== undefined && (
        <p id={`${id}-hint`} className={css.hint}>
          {hint}
        </p>
      )}
      {unit === undefined ? (
        control
      ) : (
        <div className={css.framed}>
          {control}
          <span className={css.unit}>{unit}</span>
        </div>
      )}
      {hasError && (
        <p id={`${id}-error`} className={css.error} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
