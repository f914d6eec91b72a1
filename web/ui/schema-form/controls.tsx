// The controls of single values and of lists of choices.
import { useState } from 'react'
import { useWords } from '../../words/use-words.ts'
import { DayField } from '../day-field.tsx'
import { Checkbox, MoneyField, NumberField, SelectField, TextField } from '../fields.tsx'
import { IdPicker } from '../id-picker.tsx'
import type { IdOption } from '../id-source.ts'
import type { ControlProps } from './context.ts'
import { controlOf, descriptionOf, titleOf } from './schema.ts'
import css from './schema-form.module.css'

export function PlainControl({ schema, value, onChange, pointer, optional = false, context }: ControlProps) {
  const { t } = useWords()
  const description = descriptionOf(schema)
  const label = t(titleOf(schema))
  const common = { label, hint: description ? t(description) : undefined, error: context.errorAt(pointer) }
  switch (controlOf(schema)) {
    case 'flag':
      return (
        <Checkbox
          {...common}
          checked={value === true}
          onChange={(on) => onChange(on || (optional ? undefined : false))}
        />
      )
    case 'money':
      return <MoneyField {...common} optional={optional} value={numberIn(value)} onChange={onChange} />
    case 'share': {
      const share = numberIn(value)
      return (
        <NumberField
          {...common}
          optional={optional}
          unit="%"
          places={2}
          value={share === undefined ? undefined : share / 100}
          onChange={(percent) => onChange(percent === undefined ? undefined : Math.round(percent * 100))}
        />
      )
    }
    case 'number':
      return <NumberField {...common} optional={optional} value={numberIn(value)} onChange={onChange} />
    case 'choice': {
      const options = Object.entries(schema['x-choices'] ?? {}).map(([name, text]) => ({ value: name, label: t(text) }))
      const shown = value ?? schema.default
      return (
        <SelectField
          {...common}
          value={typeof shown === 'string' ? shown : undefined}
          options={options}
          onChange={onChange}
          {...(optional && schema.default === undefined && { empty: '' })}
        />
      )
    }
    case 'day':
      return (
        <DayField
          label={label}
          error={common.error}
          optional={optional}
          value={typeof value === 'string' ? value : null}
          onChange={(day) => onChange(day ?? undefined)}
        />
      )
    default: {
      const isTime = controlOf(schema) === 'time'
      return (
        <TextField
          {...common}
          optional={optional}
          type={isTime ? 'time' : 'text'}
          value={typeof value === 'string' ? value : ''}
          onChange={(text) => onChange(text === '' ? undefined : text)}
          {...(schema.maxLength !== undefined && { maxLength: schema.maxLength })}
        />
      )
    }
  }
}

/** Several of a list: weekdays, branches, products. */
export function SeveralControl({ schema, value, onChange, pointer, context }: ControlProps) {
  const { t } = useWords()
  const chosen = Array.isArray(value) ? value.map(String) : []
  const label = t(titleOf(schema))
  if (controlOf(schema) === 'choices') {
    const options = Object.entries(schema.items?.['x-choices'] ?? {}).map(([id, text]) => ({ id, label: t(text) }))
    return <Ticks label={label} options={options} chosen={chosen} onChange={onChange} />
  }
  const referent = schema.items?.['x-refers-to']
  const choices = referent === undefined ? undefined : context.ids[referent]
  if (choices === undefined) return <TypedIds chosen={chosen} onChange={onChange} />
  if (!('useFound' in choices)) return <Ticks label={label} options={choices} chosen={chosen} onChange={onChange} />
  const error = chosen.map((_, index) => context.errorAt(`${pointer}/${index}`)).find((one) => one !== undefined)
  return (
    <IdPicker
      source={choices}
      // `Include` alone says too little to who hears only the field.
      label={[t(titleOf(schema.items ?? {})), label].join(': ')}
      chosen={chosen}
      onChange={onChange}
      most={schema.maxItems}
      error={error}
    />
  )
}

interface TicksProps {
  label: string
  options: readonly IdOption[]
  chosen: readonly string[]
  onChange(ids: string[]): void
}

function Ticks({ label, options, chosen, onChange }: TicksProps) {
  // In the order of the options, in which they are read; then what is chosen and not offered.
  const toggle = (id: string, on: boolean) =>
    onChange([
      ...options.map((option) => option.id).filter((one) => (one === id ? on : chosen.includes(one))),
      ...chosen.filter((one) => options.every((option) => option.id !== one)),
    ])
  return (
    <fieldset className={css.several} aria-label={label}>
      {options.map(({ id, label: text }) => (
        <label key={id} className={chosen.includes(id) ? css.on : undefined}>
          <input
            type="checkbox"
            className="hidden"
            checked={chosen.includes(id)}
            onChange={(event) => toggle(id, event.target.checked)}
          />
          {text}
        </label>
      ))}
    </fieldset>
  )
}

/** Ids of a POS without a list of them: one a line. */
function TypedIds({ chosen, onChange }: { chosen: string[]; onChange(ids: string[]): void }) {
  const { t } = useWords()
  const [typed, setTyped] = useState(chosen.join('\n'))
  const change = (text: string) => {
    setTyped(text)
    onChange([
      ...new Set(
        text
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== ''),
      ),
    ])
  }
  return <TextField label={t(TYPED)} value={typed} onChange={change} lines={3} ltr />
}

function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

const TYPED = { en: 'One ID per line', ar: 'معرّف واحد في كل سطر' }
