// The glyphs of the four kinds of program: a colour and a shape, always beside a word or a number.
import type { ReactNode } from 'react'
import type { ProgramType } from '../../contract/program.ts'
import { PROGRAM_SHAPES } from '../theme/shapes.ts'
import { useWords } from '../words/use-words.ts'
import css from './glyph.module.css'
import { Riyal } from './riyal.tsx'

export interface GlyphProps {
  type: ProgramType
  size?: 'medium' | 'large'
}

export function ProgramGlyph({ type, size = 'medium' }: GlyphProps) {
  return (
    <span className={`${css.glyph} ${css[type]} ${css[size]}`} aria-hidden="true">
      <Shape type={type} />
    </span>
  )
}

/** A round ground for an icon that is not a program: `tone` says how it is. */
export function Spot({
  tone = 'neutral',
  children,
}: {
  tone?: 'neutral' | 'hand' | 'fail' | 'note' | 'good'
  children: ReactNode
}) {
  return <span className={`${css.glyph} ${css.round} ${css[tone]}`}>{children}</span>
}

/** `◆ +48`: units of a movement with the glyph of their program. */
export function Got({ type, units }: { type: ProgramType; units: number }) {
  const { f } = useWords()
  return (
    <span className={`${css.got} ${css[type]}`}>
      <Shape type={type} />
      <span>{type === 'cashback' ? f.signedAmount(units) : f.signed(units)}</span>
    </span>
  )
}

function Shape({ type }: { type: ProgramType }) {
  if (type === 'cashback') return <Riyal />
  const isOutline = type === 'subscription'
  return (
    <svg
      viewBox="0 0 24 24"
      fill={isOutline ? 'none' : 'currentColor'}
      stroke="currentColor"
      strokeWidth={isOutline ? 2.4 : 2}
      strokeLinejoin="round"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d={PROGRAM_SHAPES[type]} />
    </svg>
  )
}
