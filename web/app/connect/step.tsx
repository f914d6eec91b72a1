// A step of connecting a POS; it ticks itself when it is done.
import { IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Icon } from '../../ui/icon.tsx'
import { useWords } from '../../words/use-words.ts'
import css from './connect.module.css'

interface StepProps {
  number: number
  title: string
  text: string
  isDone?: boolean
  children?: ReactNode
}

export function Step({ number, title, text, isDone = false, children }: StepProps) {
  const { f } = useWords()
  return (
    <li className={isDone ? css.done : ''}>
      <span className={css.mark}>{isDone ? <Icon of={IconCheck} size={16} /> : f.number(number)}</span>
      <div className={css.body}>
        <div className={css.what}>
          <b>{title}</b>
          <span className="sub">{text}</span>
        </div>
        {children}
      </div>
    </li>
  )
}
