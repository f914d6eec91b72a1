// Email and password. Used by the sign-in page, and by the dialogs that ask again.
import type { FormEvent } from 'react'
import type { SignIn } from '../../../contract/api/session.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Stack } from '../../ui/layout.tsx'
import { useWords } from '../../words/use-words.ts'
import { useAttempt } from './use-attempt.ts'
import { WORDS } from './words.ts'

interface Props<Result> {
  /** Known already: the password alone is asked for. */
  email?: string
  /** Typed before the code was asked for. */
  typedEmail?: string
  /** The words of the button, when it does not sign in. */
  act?: string
  send(given: SignIn): Promise<Result>
  onDone(result: Result): Promise<void> | void
  /** What went wrong before: a link that has expired. */
  problem?: string | null
}

export function PasswordForm<Result>({ email: known, typedEmail, act, send, onDone, problem = null }: Props<Result>) {
  const { t } = useWords()
  const { error, isBusy, attempt } = useAttempt()

  // The form is not controlled, so that password managers can fill it.
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    const email = known ?? String(given.get('email')).trim()
    void attempt(async () => onDone(await send({ email, password: String(given.get('password')) })))
  }

  const said = error ?? problem
  return (
    <form onSubmit={submit}>
      <Stack>
        {known === undefined ? (
          <Field label={t(WORDS.email)}>
            <input
              name="email"
              type="email"
              dir="ltr"
              autoComplete="username"
              defaultValue={typedEmail}
              required
              maxLength={254}
            />
          </Field>
        ) : (
          // Tells password managers whose password this is.
          <input type="email" value={known} autoComplete="username" readOnly hidden />
        )}
        <Field label={t(WORDS.password)} error={said}>
          <input
            name="password"
            type="password"
            dir="ltr"
            autoComplete="current-password"
            required
            maxLength={1000}
            // biome-ignore lint/a11y/noAutofocus: the dialog was opened to ask for this alone.
            autoFocus={known !== undefined}
          />
        </Field>
        <Button type="submit" variant="primary" size="large" wide busy={isBusy}>
          {act ?? t(WORDS.enter)}
        </Button>
      </Stack>
    </form>
  )
}
