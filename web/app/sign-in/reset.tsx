// Forgot your password: asks for the link, and sets the new password with it.
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { api } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { useSend } from '../../ui/form.tsx'
import { Stack } from '../../ui/layout.tsx'
import { useWords } from '../../words/use-words.ts'
import { EntryForm } from './entry-form.tsx'
import { EntryPage } from './entry-page.tsx'
import { NewPasswordField } from './new-password-field.tsx'
import css from './sign-in.module.css'
import { useLinkToken } from './use-link-token.ts'
import { WORDS } from './words.ts'

export function Reset() {
  const { t } = useWords()
  const token = useLinkToken()
  const [isAsking, setAsking] = useState(token === '')
  useEffect(() => {
    document.title = `${t(WORDS.resetTitle)} · LoyaPro`
  }, [t])
  return <EntryPage>{isAsking ? <Ask /> : <SetPassword token={token} onAgain={() => setAsking(true)} />}</EntryPage>
}

function Ask() {
  const { t, language } = useWords()
  const [email, setEmail] = useState('')
  const [isSent, setSent] = useState(false)
  const sending = useSend(async () => {
    await api.post('/session/password-reset', { email: email.trim(), language }, { anonymous: true })
    return true
  })
  if (isSent) return <Said title={t(WORDS.sentTitle)} text={t(WORDS.sentText)} />
  return (
    <>
      <h1>{t(WORDS.resetTitle)}</h1>
      <p className="sub">{t(WORDS.resetText)}</p>
      <EntryForm
        state={sending}
        act={t(WORDS.sendLink)}
        onSubmit={async () => {
          if ((await sending.send()) !== null) setSent(true)
        }}
      >
        <TextField
          label={t(WORDS.email)}
          type="email"
          ltr
          value={email}
          onChange={setEmail}
          error={sending.errorAt('/email')}
          autoComplete="username"
          maxLength={254}
          required
        />
      </EntryForm>
      <p className={css.below}>
        <Link to="/sign-in">{t(WORDS.toSignIn)}</Link>
      </p>
    </>
  )
}

function SetPassword({ token, onAgain }: { token: string; onAgain(): void }) {
  const { t } = useWords()
  const [password, setPassword] = useState('')
  const [isDone, setDone] = useState(false)
  const sending = useSend(async () => {
    await api.post('/session/password-reset/complete', { token, password }, { anonymous: true })
    return true
  })
  if (isDone) return <Said title={t(WORDS.doneTitle)} text={t(WORDS.doneText)} />
  return (
    <>
      <h1>{t(WORDS.setTitle)}</h1>
      <p className="sub">{t(WORDS.setText)}</p>
      <EntryForm
        state={sending}
        act={t(WORDS.setPassword)}
        onSubmit={async () => {
          if ((await sending.send()) !== null) setDone(true)
        }}
      >
        <NewPasswordField
          label={t(WORDS.newPassword)}
          value={password}
          onChange={setPassword}
          error={sending.errorAt('/password')}
        />
      </EntryForm>
      <p className={css.below}>
        <Button variant="quiet" size="small" onClick={onAgain}>
          {t(WORDS.again)}
        </Button>
      </p>
    </>
  )
}

function Said({ title, text }: { title: string; text: string }) {
  const { t } = useWords()
  return (
    <Stack>
      <h1>{title}</h1>
      <p className="sub" role="status">
        {text}
      </p>
      <p className={css.below}>
        <Link to="/sign-in">{t(WORDS.toSignIn)}</Link>
      </p>
    </Stack>
  )
}
