// What a field for a day is given.
import type { ReactNode } from 'react'

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
