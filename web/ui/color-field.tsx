// A colour: chosen by the browser's palette, or typed as #rrggbb.
import { type ReactNode, useId, useState } from 'react'
import css from './color-field.module.css'

export interface ColorFieldProps {
  label: ReactNode
  hint?: ReactNode
  /** What is done about the colour, e.g. that it is darkened. */
  note?: ReactNode
  error?: ReactNode
  /** #rrggbb, lower case. */
  value: string
  onChange(value: string): void
  disabled?: boolean
}

export function ColorField({ label, hint, note, error, value, onChange, disabled }: ColorFieldProps) {
  const id = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const type = (text: string) => {
    setTyped(text)
    const color = `#${text.trim().replace(/^#/, '').toLowerCase()}`
    if (/^#[0-9a-f]{6}$/.test(color)) onChange(color)
  }
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      <span className={css.inputs}>
        <input
          type="color"
          aria-labelledby={`${id}-label`}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          disabled={disabled}
        />
        <input
          id={id}
          dir="ltr"
          value={typed ?? value}
          onChange={(event) => type(event.target.value)}
          // Leaving the field shows the colour that was read.
          onBlur={() => setTyped(null)}
          maxLength={7}
          spellCheck={false}
          autoComplete="off"
          disabled={disabled}
          aria-invalid={Boolean(error)}
          aria-describedby={`${id}-note`}
        />
      </span>
      <span id={`${id}-label`} className="hidden">
        {label}
      </span>
      <div id={`${id}-note`} aria-live="polite">
        {hint !== undefined && <small className="dim">{hint}</small>}
        {note && <small className="hand">{note}</small>}
        {error && <small className="bad">{error}</small>}
      </div>
    </div>
  )
}
