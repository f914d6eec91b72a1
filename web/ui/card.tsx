// A card: a title, an act at its end, and what it holds.
import type { ReactNode } from 'react'
import css from './card.module.css'

export interface CardProps {
  title?: ReactNode
  /** Beside the title, at the end. */
  action?: ReactNode
  /** The content reaches the edges: tables and lists. */
  flush?: boolean
  className?: string | undefined
  id?: string | undefined
  children?: ReactNode
}

export function Card({ title, action, flush = false, className = '', id, children }: CardProps) {
  return (
    <section className={`${css.card} ${className}`} id={id}>
      {(title !== undefined || action !== undefined) && (
        <header className={css.head}>
          {title !== undefined && <h2>{title}</h2>}
          {action !== undefined && <div className={css.action}>{action}</div>}
        </header>
      )}
      <div className={flush ? css.flush : css.body}>{children}</div>
    </section>
  )
}
