// Why a movement has its number: its sentence as an equation where it is one.
import type { ReactNode } from 'react'
import { Why, type WhyPart } from '../ui/why.tsx'
import type { Text } from '../words/text.ts'
import { useWords } from '../words/use-words.ts'
import { equationOf } from './equation.ts'

interface WhyOfProps {
  /** The sentence of the movement. */
  why: Text
  /** Units that it moved: below 0 they were taken back. */
  units: number
  title?: ReactNode
  children?: ReactNode
}

export function WhyOf({ why, units, title, children }: WhyOfProps) {
  const { t } = useWords()
  const equation = equationOf(t(why))
  if (equation === null) {
    return (
      <Why {...(title !== undefined && { title })}>
        <p>{t(why)}</p>
        {children}
      </Why>
    )
  }
  const parts: WhyPart[] = [
    ...equation.left.map((part): WhyPart => part),
    { sign: '=' },
    { text: equation.result, tone: units < 0 ? 'taken' : 'result' },
  ]
  const note = [equation.lead, equation.rest].filter(Boolean).join(' · ')
  return (
    <Why {...(title !== undefined && { title })} parts={parts} {...(note !== '' && { note })}>
      {children}
    </Why>
  )
}
