// The glyphs of the four kinds of program: a colour and a shape, always beside a word or a number.
import type { ReactNode } from 'react'
import type { ProgramType } from '../../contract/program.ts'
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
      <path d={PATHS[type]} />
    </svg>
  )
}

const PATHS: Record<Exclude<ProgramType, 'cashback'>, string> = {
  points: 'M12 2.5 20.5 12 12 21.5 3.5 12Z',
  stamps:
    'M12 1.5 15.08 4.58H19.42V8.92L22.5 12 19.42 15.08V19.42H15.08L12 22.5 8.92 19.42H4.58V15.08L1.5 12 4.58 8.92V4.58H8.92Z',
  subscription: 'M20 11A8 8 0 0 0 5.6 6.2L4 8m0-5v5h5M4 13a8 8 0 0 0 14.4 4.8L20 16m0 5v-5h-5',
}
