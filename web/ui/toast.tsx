// A short message that something was done: `toast(text)`. What failed, and what lasts, is said on the
// screen and not here.
import { useSyncExternalStore } from 'react'
import type { Text } from '../words/text.ts'
import { useWords } from '../words/use-words.ts'
import css from './toast.module.css'

interface Toast {
  id: number
  text: Text
}

let toasts: readonly Toast[] = []
let count = 0
const listeners = new Set<() => void>()

/** For as long as it takes to read: 4 seconds. */
export function toast(text: Text): void {
  const added = { id: ++count, text }
  publish([...toasts.slice(-2), added])
  setTimeout(() => publish(toasts.filter((one) => one !== added)), 4000)
}

export function Toasts() {
  const { t } = useWords()
  const shown = useSyncExternalStore(subscribe, () => toasts)
  return (
    <div className={css.toasts} role="status" aria-live="polite">
      {shown.map(({ id, text }) => (
        <div key={id} className={css.toast}>
          {t(text)}
        </div>
      ))}
    </div>
  )
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function publish(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}
