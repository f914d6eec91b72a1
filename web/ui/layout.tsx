// Where things stand: rows, stacks, and a grid of twelve columns that becomes one column.
import type { CSSProperties, HTMLAttributes } from 'react'
import css from './layout.module.css'

type Gap = 4 | 8 | 12 | 16 | 20 | 24 | 32

interface StackProps extends HTMLAttributes<HTMLDivElement> {
  gap?: Gap
}

export function Stack({ gap = 16, className = '', style, ...rest }: StackProps) {
  return (
    <div className={`${css.stack} ${className}`} style={{ ...style, '--gap': `${gap}px` } as CSSProperties} {...rest} />
  )
}

interface RowProps extends StackProps {
  /** Pushes the last child, or everything after `<Space />`, to the end. */
  spread?: boolean
  wrap?: boolean
  align?: 'center' | 'start' | 'end' | 'baseline'
}

export function Row({
  gap = 8,
  spread = false,
  wrap = false,
  align = 'center',
  className = '',
  style,
  ...rest
}: RowProps) {
  const classes = [css.row, spread && css.spread, wrap && css.wrap, css[align], className].filter(Boolean).join(' ')
  return <div className={classes} style={{ ...style, '--gap': `${gap}px` } as CSSProperties} {...rest} />
}

/** Takes the room that is left in a row. */
export function Space() {
  return <span className={css.space} />
}

export function Grid({ className = '', ...rest }: HTMLAttributes<HTMLDivElement>) {
  return <div className={`${css.grid} ${className}`} {...rest} />
}

/** `span` of twelve columns from 1100 px on; the whole width below. */
export function Column({ span, className = '', style, ...rest }: HTMLAttributes<HTMLDivElement> & { span: number }) {
  return (
    <div className={`${css.column} ${className}`} style={{ ...style, '--span': span } as CSSProperties} {...rest} />
  )
}
