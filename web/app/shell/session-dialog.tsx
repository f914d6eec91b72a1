// Asks for the password over the screen: the session has ended, or an act needs a recent proof.
import { useQueryClient } from '@tanstack/react-query'
import type { Demand } from '../../api/client.ts'
import { sessionQuery, signIn } from '../../api/session.ts'
import { Dialog } from '../../ui/dialog.tsx'
import type { Text } from '../../words/text.ts'
import { useWords } from '../../words/use-words.ts'
import { PasswordForm } from '../sign-in/password-form.tsx'

interface Props {
  demand: Demand
  email: string
  onDone(): void
  onCancel(): void
}

export function SessionDialog({ demand, email, onDone, onCancel }: Props) {
  const { t } = useWords()
  const queries = useQueryClient()
  return (
    <Dialog title={t(WORDS[demand].title)} onClose={onCancel}>
      <p className="sub" style={{ marginBottom: 16 }}>
        {t(WORDS[demand].text)}
      </p>
      <PasswordForm
        email={email}
        send={(given) => signIn(given)}
        onSignedIn={async () => {
          await queries.invalidateQueries({ queryKey: sessionQuery.queryKey })
          onDone()
        }}
      />
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
      en: 'Enter your password to go on. You will not be asked again for 5 minutes.',
      ar: 'أدخل كلمة المرور للمتابعة. لن تُطلب منك مرة أخرى خلال 5 دقائق.',
    },
  },
}
