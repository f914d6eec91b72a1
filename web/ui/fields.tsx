// The fields of forms: text, numbers, money, choices. Numbers accept Arabic digits, and stay what was
// typed until they are a number. A field is in error when its `error` is not empty.
import { type ReactNode, useState } from 'react'
import { latinDigits, minorPlaces } from '../words/format.ts'
import { useWords } from '../words/use-words.ts'
import { Field } from './field.tsx'
import css from './fields.module.css'
import { Riyal } from './riyal.tsx'

interface Common {
  label: ReactNode
  hint?: ReactNode
  error?: ReactNode
  /** Says that it may stay empty. */
  optional?: boolean
  disabled?: boolean
}

export interface TextFieldProps extends Common {
  value: string
  onChange(value: string): void
  type?: 'text' | 'email' | 'tel' | 'url' | 'password' | 'time'
  /** Codes, phones, addresses: read from the left. */
  ltr?: boolean
  /** Arabic text, whatever the language of the screen. */
  rtl?: boolean
  placeholder?: string
  maxLength?: number
  autoComplete?: string
  /** Several lines. */
  lines?: number
  /** A phone shows its keys for digits. */
  digits?: boolean
  required?: boolean
}

export function TextField(props: TextFieldProps) {
  const { label, hint, error, optional, value, onChange, ltr, rtl, lines, digits, ...rest } = props
  const { t } = useWords()
  const common = {
    ...rest,
    value,
    dir: ltr ? 'ltr' : rtl ? 'rtl' : undefined,
    inputMode: digits ? ('numeric' as const) : undefined,
  }
  return (
    <Field label={label} hint={hint} error={error} optional={optional ? t(OPTIONAL) : undefined}>
      {lines === undefined ? (
        <input {...common} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <textarea {...common} rows={lines} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  )
}

export interface NumberFieldProps extends Common {
  /** Undefined: empty. */
  value: number | undefined
  onChange(value: number | undefined): void
  /** After the number: `days`, `%`. */
  unit?: ReactNode
  /** Decimal places that can be typed; 0 by default. */
  places?: number
  placeholder?: string
}

export function NumberField(props: NumberFieldProps) {
  const { label, hint, error, optional, unit, value, onChange, places = 0, disabled, placeholder } = props
  const { t } = useWords()
  const [typed, setTyped] = useState<string | null>(null)
  const change = (text: string) => {
    const digits = latinDigits(text).replace(/[^\d.-]/g, '')
    setTyped(digits)
    const read = digits === '' ? undefined : Number(digits)
    onChange(read === undefined || Number.isNaN(read) ? undefined : Number(read.toFixed(places)))
  }
  return (
    <Field label={label} hint={hint} error={error} optional={optional ? t(OPTIONAL) : undefined} unit={unit}>
      <input
        inputMode={places > 0 ? 'decimal' : 'numeric'}
        dir="ltr"
        className={css.number}
        value={typed ?? (value === undefined ? '' : String(value))}
        onChange={(event) => change(event.target.value)}
        // Leaving the field shows the number that was read.
        onBlur={() => setTyped(null)}
        disabled={disabled}
        placeholder={placeholder}
        maxLength={20}
      />
    </Field>
  )
}

/** An amount in the currency of the business; the value is in minor units. */
export function MoneyField({ value, onChange, ...rest }: Omit<NumberFieldProps, 'unit' | 'places'>) {
  const { setting } = useWords()
  const places = minorPlaces(setting.currency)
  return (
    <NumberField
      {...rest}
      places={places}
      unit={setting.currency === 'SAR' ? <Riyal size={14} /> : setting.currency}
      value={value === undefined ? undefined : value / 10 ** places}
      onChange={(major) => onChange(major === undefined ? undefined : Math.round(major * 10 ** places))}
    />
  )
}

export interface SelectFieldProps<Value extends string> extends Common {
  value: Value | undefined
  options: readonly { value: Value; label: string }[]
  onChange(value: Value | undefined): void
  /** The text of the empty choice; without it, one value is always chosen. */
  empty?: string
}

export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const { label, hint, error, optional, value, options, onChange, empty, disabled } = props
  const { t } = useWords()
  return (
    <Field label={label} hint={hint} error={error} optional={optional ? t(OPTIONAL) : undefined}>
      <select
        value={value ?? ''}
        disabled={disabled}
        onChange={({ target }) => onChange(options.find((option) => option.value === target.value)?.value)}
      >
        {(empty !== undefined || value === undefined) && <option value="">{empty ?? ''}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  )
}

interface TickProps extends Omit<Common, 'optional'> {
  checked: boolean
  onChange(checked: boolean): void
}

export function Checkbox({ label, hint, error, checked, onChange, disabled }: TickProps) {
  return (
    <label className={css.tick}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        {label}
        {hint !== undefined && <small>{hint}</small>}
        {error && <small className="bad">{error}</small>}
      </span>
    </label>
  )
}

/** For what takes effect at once. */
export function Switch({ label, hint, checked, onChange, disabled }: TickProps) {
  return (
    <label className={`${css.tick} ${css.switch}`}>
      <span>
        {label}
        {hint !== undefined && <small>{hint}</small>}
      </span>
      <input
        type="checkbox"
        role="switch"
        aria-checked={checked}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
    </label>
  )
}

interface ChoicesProps<Value extends string> extends Omit<Common, 'optional' | 'disabled'> {
  value: Value | undefined
  options: readonly { value: Value; label: ReactNode; hint?: ReactNode; picture?: ReactNode }[]
  onChange(value: Value): void
}

/** A choice between a few, each with a sentence. */
export function Choices<Value extends string>({ label, hint, error, value, options, onChange }: ChoicesProps<Value>) {
  return (
    <fieldset className={css.choices}>
      <legend>{label}</legend>
      {hint !== undefined && <p className="dim sm">{hint}</p>}
      {options.map((option) => (
        <label key={option.value} className={option.value === value ? css.chosen : undefined}>
          <input type="radio" checked={option.value === value} onChange={() => onChange(option.value)} />
          {option.picture}
          <span>
            <b>{option.label}</b>
            {option.hint !== undefined && <small>{option.hint}</small>}
          </span>
        </label>
      ))}
      {error && (
        <p className="bad sm" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  )
}

const OPTIONAL = { en: 'optional', ar: 'اختياري' }
