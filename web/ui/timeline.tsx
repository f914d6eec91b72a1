// What happened, newest first, by day. An entry that can say why opens to its equation.
import { IconChevronDown } from '@tabler/icons-react'
import { type ReactNode, useId, useState } from 'react'
import { Icon } from './icon.tsx'
import css from './timeline.module.css'

export interface TimelineEntryProps {
  /** `<ProgramGlyph type="points" />` or `<Spot>…`. */
  glyph: ReactNode
  title: ReactNode
  /** Where and when. */
  note?: ReactNode
  /** `+48`, at the end. */
  amount?: ReactNode
  /** Below the amount: the balance after it. */
  after?: ReactNode
  /** `<Why …/>`; the entry opens to it. */
  why?: ReactNode
  isOpen?: boolean
}

export function TimelineEntry({ glyph, title, note, amount, after, why, isOpen: opens = false }: TimelineEntryProps) {
  const [isOpen, setOpen] = useState(opens)
  const id = useId()
  const content = (
    <>
      {glyph}
      <span className={css.text}>
        <b>{title}</b>
        {note !== undefined && <small>{note}</small>}
      </span>
      <span className={css.amount}>
        {amount}
        {after !== undefined && <small>{after}</small>}
      </span>
    </>
  )
  if (why === undefined) return <li className={css.entry}>{content}</li>
  return (
    <li>
      <button
        type="button"
        className={`${css.entry} ${css.opens}`}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        {content}
        <Icon of={IconChevronDown} size={16} className={isOpen ? css.turned : css.turn} />
      </button>
      <div id={id} className={css.why} hidden={!isOpen}>
        {isOpen && why}
      </div>
    </li>
  )
}

/** Entries below the days that they belong to. */
export function Timeline({ children }: { children: ReactNode }) {
  return <ul className={css.timeline}>{children}</ul>
}

/** The heading of a day between entries. */
export function TimelineDay({ children }: { children: ReactNode }) {
  return <li className={css.day}>{children}</li>
}
