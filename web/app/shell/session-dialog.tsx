// Asks over the screen for a proof of the person: the session has ended, or an act needs a recent one.
import { useQueryClient } from '@tanstack/react-query'
import type { Demand } from '../../api/client.ts'
import { type Session, sessionQuery } from '../../api/session.ts'
import { Dialog } from '../../ui/dialog.tsx'
import type { Text } from '../../words/text.ts'
import { useWords } from '../../words/use-words.ts'
import { SignInForm } from '../sign-in/sign-in-form.tsx'
import { StepUpForm } from '../sign-in/step-up-form.tsx'

interface Props {
  demand: Demand
  email: string
  onDone(): void
  /** The session has ended, so that a proof alone does not help. */
  onEnded(): void
  onCancel(): void
}

export function SessionDialog({ demand, email, onDone, onEnded, onCancel }: Props) {
  const { t } = useWords()
  const queries = useQueryClient()
  const go = (session: Session) => {
    // A passkey of somebody else: nothing of the former person may stay on the screen.
    if (session.person.email !== email) return location.assign('/app/')
    queries.setQueryData(sessionQuery.queryKey, session)
    onDone()
  }
  return (
    <Dialog title={t(WORDS[demand].title)} onClose={onCancel}>
      <p className="sub" style={{ marginBottom: 16 }}>
        {t(WORDS[demand].text)}
      </p>
      {demand === 'sign_in' ? (
        <SignInForm key={demand} email={email} onDone={go} />
      ) : (
        <StepUpForm key={demand} email={email} onConfirmed={go} onEnded={onEnded} />
      )}
    </Dialog>
  )
}

const WORDS: Record<Demand, { title: Text; text: Text }> = {
  sign_in: {
    title: { en: 'Sign in again', ar: 'سجّل الدخول مرة أخرى' },
    text: {
      en: 'Your session has ended. What you typed is still here.',
      ar: 'انتهت جلستك. ما كتبته محفوظ هنا.',
    },
  },
  confirm: {
    title: { en: 'Confirm that it is you', ar: 'أكّد هويتك' },
    text: {
      en: 'After this, you will not be asked again for 5 minutes.',
      ar: 'بعد ذلك لن يُطلب منك التأكيد مرة أخرى خلال 5 دقائق.',
    },
  },
}
