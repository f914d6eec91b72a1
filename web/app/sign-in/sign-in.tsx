// The sign-in page: email and password, or the one-time link whose token stands behind `#`.
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { SignInResult } from '../../../contract/api/session.ts'
import { ApiError } from '../../api/error.ts'
import { type Session, sessionQuery, signInByLink } from '../../api/session.ts'
import { Loading } from '../../ui/states.tsx'
import { useWords } from '../../words/use-words.ts'
import { applyChoices, useChoose } from '../choices.ts'
import { EntryPage } from './entry-page.tsx'
import css from './sign-in.module.css'
import { SignInForm } from './sign-in-form.tsx'
import { WORDS } from './words.ts'

export function SignIn() {
  const { t, language } = useWords()
  const { next } = useSearch({ from: '/sign-in' })
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [problem, setProblem] = useState<string | null>(null)
  const [token, setToken] = useState(() => location.hash.slice(1))
  const [awaitsCode, setAwaitsCode] = useState(false)
  const [languageAtFirst] = useState(language)
  const choose = useChoose()

  const enter = async (session: Session) => {
    queries.setQueryData(sessionQuery.queryKey, session)
    await navigate({ to: next ?? '/', replace: true })
  }

  const enterByPassword = async (session: Session) => {
    applyChoices(session.person)
    // What was chosen on this page is meant to stay.
    if (language !== languageAtFirst) choose({ language })
    await enter(session)
  }

  const enterByLink = async ({ session }: SignInResult) => {
    if (session !== null) return enter(session)
    setAwaitsCode(true)
    setToken('')
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: the link is used once, when the page opens.
  useEffect(() => {
    document.title = `${t(WORDS.signIn)} · LoyaPro`
    if (token === '') return
    // The token leaves the address at once: it must not stay in the history.
    history.replaceState(history.state, '', location.pathname + location.search)
    linkOnce(token).then(enterByLink, (error: unknown) => {
      setProblem(error instanceof ApiError ? error.text[language] : t(WORDS.unexpected))
      setToken('')
    })
  }, [])

  return (
    <EntryPage>
      {token !== '' ? (
        <Loading />
      ) : (
        <>
          <h1>{t(WORDS.signIn)}</h1>
          <p className="sub">{t(WORDS.to)}</p>
          <SignInForm startsAtCode={awaitsCode} onDone={enterByPassword} problem={problem} />
          <p className={css.below}>
            <Link to="/reset">{t(WORDS.forgot)}</Link>
          </p>
        </>
      )}
    </EntryPage>
  )
}

let used: { token: string; result: Promise<SignInResult> } | null = null

/** A second effect of the same page gets the same result: the link is valid once. */
function linkOnce(token: string): Promise<SignInResult> {
  if (used?.token !== token) used = { token, result: signInByLink(token) }
  return used.result
}
