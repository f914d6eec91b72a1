// The second step after the password: the code of the authenticator app, or a recovery code.
import { type FormEvent, useState } from 'react'
import type { SignInBySecondFactor } from '../../../contract/api/factors.ts'
import { ApiError } from '../../api/error.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Stack } from '../../ui/layout.tsx'
import { useWords } from '../../words/use-words.ts'
import { WORDS } from './words.ts'

interface Props<Result> {
  act: string
  send(given: SignInBySecondFactor): Promise<Result>
  onDone(result: Result): Promise<void> | void
  onBack(): void
}

export function CodeForm<Result>({ act, send, onDone, onBack }: Props<Result>) {
  const { t, language } = useWords()
  const [isRecovery, setRecovery] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget).get('code')).trim()
    setBusy(true)
    try {
      await onDone(await send(isRecovery ? { recovery_code: code } : { code }))
    } catch (failure) {
      setError(failure instanceof ApiError ? failure.text[language] : t(WORDS.unexpected))
    } finally {
      setBusy(false)
    }
  }
  const change = () => {
    setRecovery(!isRecovery)
    setError(null)
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
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
