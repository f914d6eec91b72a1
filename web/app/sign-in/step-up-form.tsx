// How a person who is signed in proves again who they are.
import { ApiError } from '../../api/error.ts'
import { type Session, stepUp } from '../../api/session.ts'
import { useWords } from '../../words/use-words.ts'
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
  const confirm = async (password: string): Promise<Session | null> => {
    try {
      return await stepUp({ password })
    } catch (error) {
      if (error instanceof ApiError && error.code === 'unauthenticated') return null
      throw error
    }
  }
  return (
    <PasswordForm
      email={email}
      act={t(WORDS.confirm)}
      send={({ password }) => confirm(password)}
      onDone={(session) => (session === null ? onEnded() : onConfirmed(session))}
    />
  )
}
