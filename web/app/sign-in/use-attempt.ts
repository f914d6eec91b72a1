// One attempt to prove who the person is, and why it failed.
import { useState } from 'react'
import { ApiError } from '../../api/error.ts'
import { PasskeyStopped } from '../../api/passkey.ts'
import { useWords } from '../../words/use-words.ts'
import { WORDS } from './words.ts'

export interface Attempt {
  /** In the language of the person; null before the first failure. */
  error: string | null
  isBusy: boolean
  /** Does the work; what it throws becomes the error. */
  attempt(work: () => Promise<void> | void): Promise<void>
  /** The error is shown no more. */
  forget(): void
}

export function useAttempt(): Attempt {
  const { t, language } = useWords()
  const [error, setError] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  return {
    error,
    isBusy,
    forget: () => setError(null),
    async attempt(work) {
      setBusy(true)
      try {
        await work()
        setError(null)
      } catch (failure) {
        if (failure instanceof ApiError) setError(failure.text[language])
        else setError(t(failure instanceof PasskeyStopped ? WORDS.noPasskey : WORDS.unexpected))
      } finally {
        setBusy(false)
      }
    },
  }
}
