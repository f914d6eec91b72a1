// How a person who is signed in proves again who they are: a passkey; or the password, and a code when it
// is needed.
import { useState } from 'react'
import type { StepUp } from '../../../contract/api/session.ts'
import { ApiError } from '../../api/error.ts'
import { type Session, stepUp } from '../../api/session.ts'
import { Stack } from '../../ui/layout.tsx'
import { useWords } from '../../words/use-words.ts'
import { CodeForm } from './code-form.tsx'
import { PasskeyButton } from './passkey-button.tsx'
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
  const sendPassword = async (given: string): Promise<{ session: Session | null } | 'code_needed'> => {
    try {
      return { session: await confirm({ password: given }) }
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'second_factor_required')) throw error
      setPassword(given)
      return 'code_needed'
    }
  }

  return (
    <Stack gap={12}>
      {password === null ? (
        <PasswordForm
          email={email}
          act={t(WORDS.confirm)}
          send={(given) => sendPassword(given.password)}
          onDone={(result) => {
            if (result !== 'code_needed') done(result.session)
          }}
        />
      ) : (
        <CodeForm
          act={t(WORDS.confirm)}
          send={(given) => confirm({ password, ...given })}
          onDone={done}
          onBack={() => setPassword(null)}
        />
      )}
      <PasskeyButton send={(passkey) => confirm({ passkey })} onDone={done} />
    </Stack>
  )
}
