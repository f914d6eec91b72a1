// Asks once before what cannot be undone: `if (await confirm({ … }))`. The text says what will happen,
// with its number; the button is the act itself, never "OK".
import type { ReactNode } from 'react'

export interface Question {
  title: ReactNode
  /** What happens, to how many, and what stays. */
  text: ReactNode
  /** The act: `End the program`. */
  act: ReactNode
  /** Cannot be undone. */
  danger?: boolean
}

export interface Asked extends Question {
  answer(yes: boolean): void
}

let asked: Asked | null = null
const listeners = new Set<() => void>()

export function confirm(question: Question): Promise<boolean> {
  asked?.answer(false)
  return new Promise((resolve) => {
    set({
      ...question,
      answer: (yes) => {
        set(null)
        resolve(yes)
      },
    })
  })
}

export function askedQuestion(): Asked | null {
  return asked
}

function set(next: Asked | null): void {
  asked = next
  for (const listener of listeners) listener()
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
