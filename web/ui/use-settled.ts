// A value that changes with every key, once it has stayed the same for a moment.
import { useEffect, useState } from 'react'

/** The text after 250 ms without a change: one request for a word, not one for each letter. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 250)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
