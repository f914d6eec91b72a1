// What is being waited for, said with its time: it turns green when it comes, and says in words what is
// wrong with what came.
import { IconCheck, IconCircleDashed, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useWords } from '../words/use-words.ts'
import { Icon } from './icon.tsx'
import css from './live-panel.module.css'

/** A dot that says that something is live. */
export function LiveDot({ tone = 'good' }: { tone?: 'good' | 'hand' | 'fail' }) {
  return <i className={`${css.dot} ${css[tone]}`} aria-hidden="true" />
}

export interface LivePanelProps {
  state: 'waiting' | 'arrived' | 'wrong'
  /** `Waiting for your first order`. */
  title: ReactNode
  /** What was expected and what came, or for how long it has listened. */
  children?: ReactNode
  /** The one act that mends it, or the next step. */
  action?: ReactNode
  /** What was checked, in its order; the list stops at the fault. */
  checks?: readonly { text: ReactNode; state: 'done' | 'waiting' | 'failed'; note?: ReactNode }[]
}

export function LivePanel({ state, title, children, action, checks = [] }: LivePanelProps) {
  const { t } = useWords()
  return (
    <section className={`${css.panel} ${css[state]}`} aria-live="polite">
      <div className={css.radar} aria-hidden="true">
        <Icon of={state === 'arrived' ? IconCheck : state === 'wrong' ? IconX : IconCircleDashed} size={30} />
      </div>
      <h2>{title}</h2>
      {children !== undefined && <div className="sub">{children}</div>}
      {checks.length > 0 && (
        <ul className={css.checks}>
          {checks.map((check, index) => (
            <li key={index} className={css[check.state]}>
              <Icon of={ICONS[check.state]} label={t(WORDS[check.state])} />
              <span>
                {check.text}
                {check.note !== undefined && <small>{check.note}</small>}
              </span>
            </li>
          ))}
        </ul>
      )}
      {action}
    </section>
  )
}

const ICONS = { done: IconCheck, waiting: IconCircleDashed, failed: IconX }

const WORDS = {
  done: { en: 'Done', ar: 'تم' },
  waiting: { en: 'Waiting', ar: 'بالانتظار' },
  failed: { en: 'Failed', ar: 'فشل' },
}
