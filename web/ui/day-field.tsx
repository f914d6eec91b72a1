// A day, chosen from a calendar that speaks the reader's language; the Hijri day stands below it.
import { DatePickerInput } from '@mantine/dates'
import '@mantine/core/styles/Input.layer.css'
import '@mantine/core/styles/CloseButton.layer.css'
import '@mantine/dates/styles.layer.css'
import 'dayjs/locale/ar-sa'
import type { ReactNode } from 'react'
import { useWords } from '../words/use-words.ts'
import css from './day-field.module.css'

export interface DayFieldProps {
  label: ReactNode
  /** `2026-11-30` */
  value: string | null
  /** Null when it was cleared, which only an optional day can be. */
  onChange(day: string | null): void
  min?: string
  max?: string
  optional?: boolean
  error?: ReactNode
}

export function DayField({ label, value, onChange, min, max, optional = false, error }: DayFieldProps) {
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
