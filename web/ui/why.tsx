// Why a number is what it is, as an equation: chips in reading order, the result in green, what was
// taken back in saffron. The same everywhere, also for what was not earned.
import type { ReactNode } from 'react'
import css from './why.module.css'

/** A chip, or the sign between two chips. */
export type WhyPart =
  | { text: ReactNode; tone?: 'plain' | 'result' | 'taken' }
  | { sign: '=' | '×' | '÷' | '+' | '−' | '→' }

export interface WhyProps {
  title?: ReactNode
  /** The rule, or the sentence of the movement. */
  note?: ReactNode
  parts?: readonly WhyPart[]
  /** Lines, links. */
  children?: ReactNode
}

export function Why({ title, note, parts = [], children }: WhyProps) {
  return (
    <div className={css.why}>
      {(title !== undefined || note !== undefined) && (
        <div className={css.sum}>
          {title !== undefined && <b>{title}</b>}
          {note !== undefined && <span>{note}</span>}
        </div>
      )}
      {parts.length > 0 && <Equation parts={parts} />}
      {children}
    </div>
  )
}

/** The equation without its frame. */
export function Equation({ parts }: { parts: readonly WhyPart[] }) {
  return (
    <p className={css.equation}>
      {parts.map((part, index) =>
        'sign' in part ? (
          <i key={index}>{part.sign}</i>
        ) : (
          <span key={index} className={css[part.tone ?? 'plain']}>
            {part.text}
          </span>
        ),
      )}
    </p>
  )
}
