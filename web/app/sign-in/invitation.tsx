// An invitation: what it offers, and the account with which the person accepts it.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { Session } from '../../../contract/api/session.ts'
import type { OfferedMembership } from '../../../contract/api/staff.ts'
import { api } from '../../api/client.ts'
import { ApiError } from '../../api/error.ts'
import { chooseBusiness, sessionQuery } from '../../api/session.ts'
import { TextField } from '../../ui/fields.tsx'
import { useSend } from '../../ui/form.tsx'
import { Empty, QueryView } from '../../ui/states.tsx'
import { useWords } from '../../words/use-words.ts'
import { nameOf } from '../business.tsx'
import { ROLE_TEXTS } from '../settings/staff/words.ts'
import { ROLES } from '../shell/words.ts'
import { EntryForm } from './entry-form.tsx'
import { EntryPage } from './entry-page.tsx'
import { NewPasswordField } from './new-password-field.tsx'
import { SignInForm } from './sign-in-form.tsx'
import { useLinkToken } from './use-link-token.ts'
import { invites, signedInAs, WORDS, yourRole } from './words.ts'

export function Invitation() {
  const { t } = useWords()
  const token = useLinkToken()
  const offer = useQuery({
    queryKey: ['session', 'invitation', token],
    queryFn: () => api.post<OfferedMembership>('/session/invitation', { token }, { anonymous: true }),
    enabled: token !== '',
    retry: false,
  })
  useEffect(() => {
    document.title = `${t(WORDS.accept)} · LoyaPro`
  }, [t])
  if (token === '') {
    return (
      <EntryPage>
        <h1>{t(WORDS.noLink)}</h1>
        <p className="sub">{t(WORDS.noLinkText)}</p>
      </EntryPage>
    )
  }
  const { error } = offer
  if (error instanceof ApiError && error.code === 'link_invalid') {
    return (
      <EntryPage>
        <Empty title={t(WORDS.invalid)}>{t(error.text)}</Empty>
      </EntryPage>
    )
  }
  return (
    <EntryPage>
      <QueryView query={offer}>{(offered) => <Offer offered={offered} token={token} />}</QueryView>
    </EntryPage>
  )
}

function Offer({ offered, token }: { offered: OfferedMembership; token: string }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const session = useQuery({ ...sessionQuery, enabled: offered.has_account }).data
  const enter = async (entered: Session) => {
    queries.setQueryData(sessionQuery.queryKey, entered)
    chooseBusiness(offered.business.id)
    await navigate({ to: '/', replace: true })
  }
  const accept = () => api.post<Session>('/session/invitation/accept', { token }, { anonymous: true })
  const accepting = useSend(accept)
  const isOwn = session?.person.email === offered.email
  return (
    <>
      <h1>{t(invites(nameOf(offered.business)))}</h1>
      <p className="sub">
        {t(yourRole(ROLES[offered.role]))} {t(ROLE_TEXTS[offered.role])}
      </p>
      {offered.has_account ? (
        isOwn ? (
          <EntryForm
            state={accepting}
            act={t(WORDS.accept)}
            onSubmit={async () => {
              const entered = await accepting.send()
              if (entered !== null) await enter(entered)
            }}
          >
            <p>{t(signedInAs(offered.email))}</p>
          </EntryForm>
        ) : (
          <>
            <p>{t(WORDS.signInFirst)}</p>
            <p>
              <bdi className="ltr">{offered.email}</bdi>
            </p>
            <SignInForm
              email={offered.email}
              act={t(WORDS.signInAndAccept)}
              onDone={async (entered) => {
                queries.setQueryData(sessionQuery.queryKey, entered)
                await enter(await accept())
              }}
            />
          </>
        )
      ) : (
        <NewAccount email={offered.email} token={token} onDone={enter} />
      )}
    </>
  )
}

function NewAccount({
  email,
  token,
  onDone,
}: {
  email: string
  token: string
  onDone(session: Session): Promise<void>
}) {
  const { t, language } = useWords()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const sending = useSend(() =>
    api.post<Session>(
      '/session/invitation/accept',
      { token, account: { name: name.trim(), password, language } },
      { anonymous: true },
    ),
  )
  return (
    <EntryForm
      state={sending}
      act={t(WORDS.join)}
      onSubmit={async () => {
        const session = await sending.send()
        if (session !== null) await onDone(session)
      }}
    >
      <p>{t(WORDS.joinText)}</p>
      <TextField
        label={t(WORDS.email)}
        type="email"
        ltr
        value={email}
        onChange={() => undefined}
        autoComplete="username"
        disabled
      />
      <TextField
        label={t(WORDS.name)}
        value={name}
        onChange={setName}
        error={sending.errorAt('/account/name')}
        autoComplete="name"
        maxLength={100}
        required
      />
      <NewPasswordField
        label={t(WORDS.password)}
        value={password}
        onChange={setPassword}
        error={sending.errorAt('/account/password')}
      />
    </EntryForm>
  )
}
