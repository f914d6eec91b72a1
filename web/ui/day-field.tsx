// A day, chosen from a calendar that speaks the reader's language; the Hijri day stands below it.
import { lazy, Suspense } from 'react'
import { useWords } from '../words/use-words.ts'
import type { DayFieldProps } from './day-field-props.ts'
import { Field } from './field.tsx'

export type { DayFieldProps } from './day-field-props.ts'

const DayFieldView = lazy(() => import('./day-field-view.tsx').then((file) => ({ default: file.DayFieldView })))

export function DayField(props: DayFieldProps) {
  const { f } = useWords()
  const { label, value } = props
  const shown = (
    <Field label={label}>
      <input readOnly value={value === null ? '' : f.day(value)} />
    </Field>
  )
  return (
    <Suspense fallback={shown}>
      <DayFieldView {...props} />
    </Suspense>
  )
}
