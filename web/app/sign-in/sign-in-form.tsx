// Signing in: a passkey; or the password, and then the second factor of a person who has one.
import { useState } from 'react'
import type { SignInBySecondFactor } from '../../../contract/api/factors.ts'
import { ApiError } from '../../api/error.ts'
import { signInByPasskey } from '../../api/factors.ts'
import { type Session, signIn, signInBySecondFactor } from '../../api/session.ts'
import { Stack } from '../../ui/layout.tsx'
import { useWords } from '../../words/use-words.ts'
import { CodeForm } from './code-form.tsx'
import { PasskeyButton } from './passkey-button.tsx'
import { PasswordForm } from './password-form.tsx'
import { WORDS } from './words.ts'

interface Props {
  /** Known already: the password alone is asked for. */
  email?: string
  act?: string
  /** A link has taken the place of the password, and the code is awaited. */
  startsAtCode?: boolean
  problem?: string | null
  onDone(session: Session): Promise<void> | void
}

export function SignInForm({ email, act, startsAtCode = false, problem = null, onDone }: Props) {
  const { t, language } = useWords()
  const [awaitsCode, setAwaitsCode] = useState(startsAtCode)
  const [typedEmail, setTypedEmail] = useState('')
  const [expired, setExpired] = useState<string | null>(null)

  const sendCode = async (given: SignInBySecondFactor): Promise<Session | null> => {
    try {
      return (await signInBySecondFactor(given)).session
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'sign_in_expired')) throw error
      setExpired(error.text[language])
      setAwaitsCode(false)
      return null
    }
  }
  const enter = async (session: Session | null) => {
    if (session !== null) await onDone(session)
  }

  const back = () => {
    setExpired(null)
    setAwaitsCode(false)
  }

  return (
    <Stack gap={12}>
      {awaitsCode ? (
        <CodeForm act={act ?? t(WORDS.enter)} send={sendCode} onDone={enter} onBack={back} />
      ) : (
        <PasswordForm
          {...(email !== undefined && { email })}
          {...(act !== undefined && { act })}
          typedEmail={typedEmail}
          send={(given) => {
            setTypedEmail(given.email)
            return signIn(given)
          }}
          onDone={async ({ second_factor_required, session }) => {
            if (second_factor_required) setAwaitsCode(true)
            else await enter(session)
          }}
          problem={expired ?? problem}
        />
      )}
      <PasskeyButton send={signInByPasskey} onDone={({ session }) => enter(session)} />
    </Stack>
  )
}
