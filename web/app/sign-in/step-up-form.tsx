// How a person who is signed in proves again who they are: the password, and a code when it is needed.
import { useState } from 'react'
import type { StepUp } from '../../../contract/api/session.ts'
import { ApiError } from '../../api/error.ts'
import { type Session, stepUp } from '../../api/session.ts'
import { useWords } from '../../words/use-words.ts'
import { CodeForm } from './code-form.tsx'
import { PasswordForm } from './password-form.tsx'
import { WORDS } from './words.ts'

interface Props {
  /** For password managers. */
  email: string
  onConfirmed(session: Session): void
  onEnded(): void
}

export function StepUpForm({ email, onConfirmed, onEnded }: Props) {
  const { t } = useWords()
  /** Right, and a code is needed beside it. */
  const [password, setPassword] = useState<string | null>(null)
  const confirm = async (proof: StepUp): Promise<Session | null> => {
    try {
      return await stepUp(proof)
    } catch (error) {
      if (error instanceof ApiError && error.code === 'unauthenticated') return null
      throw error
    }
  }
  const done = (session: Session | null) => (session === null ? onEnded() : onConfirmed(session))
  if (password !== null) {
    return (
      <CodeForm
        act={t(WORDS.confirm)}
        send={(given) => confirm({ password, ...given })}
        onDone={done}
        onBack={() => setPassword(null)}
      />
    )
  }
  return (
    <PasswordForm
      email={email}
      act={t(WORDS.confirm)}
      send={async (given) => {
        try {
          return { session: await confirm({ password: given.password }) }
        } catch (error) {
          if (!(error instanceof ApiError && error.code === 'second_factor_required')) throw error
          setPassword(given.password)
          return null
        }
      }}
      onDone={(result) => {
        if (result !== null) done(result.session)
      }}
    />
  )
}
