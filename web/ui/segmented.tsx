// A choice between a few views, all visible: `All · Earned · Used`.
import css from './segmented.module.css'

interface SegmentedProps<Value extends string> {
  label: string
  value: Value
  options: readonly { value: Value; label: string }[]
  onChange(value: Value): void
}

export function Segmented<Value extends string>({ label, value, options, onChange }: SegmentedProps<Value>) {
  return (
    <fieldset className={css.segmented} aria-label={label}>
      {options.map((option) => (
        <label key={option.value} className={option.value === value ? css.on : undefined}>
          <input
            type="radio"
            className="hidden"
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}
