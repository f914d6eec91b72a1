// The second step after the password: the code of the authenticator app, or a recovery code.
import { type FormEvent, useState } from 'react'
import type { SignInBySecondFactor } from '../../../contract/api/factors.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Stack } from '../../ui/layout.tsx'
import { useWords } from '../../words/use-words.ts'
import { useAttempt } from './use-attempt.ts'
import { WORDS } from './words.ts'

interface Props<Result> {
  act: string
  send(given: SignInBySecondFactor): Promise<Result>
  onDone(result: Result): Promise<void> | void
  onBack(): void
}

export function CodeForm<Result>({ act, send, onDone, onBack }: Props<Result>) {
  const { t } = useWords()
  const [isRecovery, setRecovery] = useState(false)
  const { error, isBusy, attempt, forget } = useAttempt()

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget).get('code')).trim()
    void attempt(async () => onDone(await send(isRecovery ? { recovery_code: code } : { code })))
  }
  const change = () => {
    setRecovery(!isRecovery)
    forget()
  }

  return (
    <form onSubmit={submit}>
      <Stack>
        <Field
          key={String(isRecovery)}
          label={t(isRecovery ? WORDS.recoveryCode : WORDS.code)}
          hint={t(isRecovery ? WORDS.recoveryCodeHint : WORDS.codeHint)}
          error={error}
        >
          <input
            name="code"
            dir="ltr"
            autoComplete={isRecovery ? 'off' : 'one-time-code'}
            inputMode={isRecovery ? 'text' : 'numeric'}
            required
            maxLength={isRecovery ? 100 : 20}
            // biome-ignore lint/a11y/noAutofocus: this step asks for the code alone.
            autoFocus
          />
        </Field>
        <Button type="submit" variant="primary" size="large" wide busy={isBusy}>
          {act}
        </Button>
        <Button variant="quiet" wide onClick={change}>
          {t(isRecovery ? WORDS.useCode : WORDS.useRecoveryCode)}
        </Button>
        <Button variant="quiet" wide onClick={onBack}>
          {t(WORDS.backToPassword)}
        </Button>
      </Stack>
    </form>
  )
}
