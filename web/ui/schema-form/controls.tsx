// The controls of single values and of lists of choices.
import { useState } from 'react'
import { useWords } from '../../words/use-words.ts'
import { DayField } from '../day-field.tsx'
import { Checkbox, MoneyField, NumberField, SelectField, TextField } from '../fields.tsx'
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
export function SeveralControl(props: ControlProps) {
  const { schema, value, onChange, context } = props
  const { t } = useWords()
  const chosen = Array.isArray(value) ? value.map(String) : []
  const widget = schema['x-widget'] as keyof typeof context.ids | undefined
  const listed = widget === undefined ? undefined : context.ids[widget]
  const options =
    controlOf(schema) === 'choices'
      ? Object.entries(schema.items?.['x-choices'] ?? {}).map(([id, text]) => ({ id, label: t(text) }))
      : listed
  if (options === undefined) return <TypedIds chosen={chosen} onChange={onChange} />
  // In the order of the options, in which they are read.
  const toggle = (id: string, on: boolean) =>
    onChange(options.map((option) => option.id).filter((one) => (one === id ? on : chosen.includes(one))))
  return (
    <fieldset className={css.several} aria-label={t(titleOf(schema))}>
      {options.map(({ id, label }) => (
        <label key={id} className={chosen.includes(id) ? css.on : undefined}>
          <input
            type="checkbox"
            className="hidden"
            checked={chosen.includes(id)}
            onChange={(event) => toggle(id, event.target.checked)}
          />
          {label}
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
