// From the link of a mail: makes the new email address that of the account.

import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { confirmEmailChange } from '../../api/account.ts'
import { useSend } from '../../ui/form.tsx'
import { useWords } from '../../words/use-words.ts'
import { EntryForm } from './entry-form.tsx'
import { EntryPage } from './entry-page.tsx'
import css from './sign-in.module.css'
import { useLinkToken } from './use-link-token.ts'
import { signInWith, WORDS } from './words.ts'

export function EmailChange() {
  const { t } = useWords()
  const token = useLinkToken()
  useEffect(() => {
    document.title = `${t(WORDS.emailTitle)} · LoyaPro`
  }, [t])
  return (
    <EntryPage>
      {token === '' ? (
        <>
          <h1>{t(WORDS.noLink)}</h1>
          <p className="sub">{t(WORDS.noEmailLinkText)}</p>
        </>
      ) : (
        <Confirm token={token} />
      )}
    </EntryPage>
  )
}

function Confirm({ token }: { token: string }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const [email, setEmail] = useState<string | null>(null)
  const sending = useSend(() => confirmEmailChange(token))
  const confirm = async () => {
    const changed = await sending.send()
    if (changed === null) return
    setEmail(changed.email)
    // The session of this browser may have ended, or has the former address.
    queries.removeQueries({ queryKey: ['session'] })
  }
  if (email !== null) {
    return (
      <>
        <h1>{t(WORDS.emailDoneTitle)}</h1>
        <p className="sub" role="status">
          {t(signInWith(email))}
        </p>
        <p className={css.below}>
          <Link to="/">{t(WORDS.toLoyaPro)}</Link>
        </p>
      </>
    )
  }
  return (
    <>
      <h1>{t(WORDS.emailTitle)}</h1>
      <p className="sub">{t(WORDS.emailText)}</p>
      <EntryForm state={sending} act={t(WORDS.emailConfirm)} onSubmit={confirm} />
    </>
  )
}
