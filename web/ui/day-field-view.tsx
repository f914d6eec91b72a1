// The calendar field itself: loaded when the first one is drawn.
import { DatePickerInput } from '@mantine/dates'
import '@mantine/core/styles/UnstyledButton.layer.css'
import '@mantine/core/styles/Paper.layer.css'
import '@mantine/core/styles/Popover.layer.css'
import '@mantine/core/styles/Input.layer.css'
import '@mantine/core/styles/CloseButton.layer.css'
import '@mantine/dates/styles.layer.css'
import 'dayjs/locale/ar-sa'
import { useWords } from '../words/use-words.ts'
import css from './day-field.module.css'
import type { DayFieldProps } from './day-field-props.ts'

export function DayFieldView({ label, value, onChange, min, max, optional = false, error }: DayFieldProps) {
  const { language, f } = useWords()
  return (
    <DatePickerInput
      label={label}
      value={value}
      onChange={(day) => onChange(day as string | null)}
      {...(min !== undefined && { minDate: min })}
      {...(max !== undefined && { maxDate: max })}
      clearable={optional}
      error={error}
      locale={language === 'ar' ? 'ar-sa' : 'en'}
      firstDayOfWeek={0}
      weekendDays={[5, 6]}
      valueFormatter={({ date }) => (typeof date === 'string' ? f.day(date) : '')}
      description={value === null ? undefined : f.hijri(value)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      popoverProps={{ shadow: 'lg', radius: 12 }}
      classNames={{ label: css.label, input: css.input, description: css.hijri, error: css.error }}
    />
  )
}
