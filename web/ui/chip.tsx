// A state in a word, on a soft ground. Not for plain data.
import type { ReactNode } from 'react'
import css from './chip.module.css'

export type Tone = 'neutral' | 'good' | 'hand' | 'fail' | 'note'

export function Chip({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`${css.chip} ${css[tone]}`}>{children}</span>
}
