// Turns two-step verification on: the secret for the app, and a code that shows that the app has it.
import { useState } from 'react'
import type { SecondFactorSecret } from '../../../contract/api/factors.ts'
import { confirmSecondFactor } from '../../api/factors.ts'
import { CopyField } from '../../ui/copy.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Form, useSend } from '../../ui/form.tsx'
import { Qr } from '../../ui/qr.tsx'
import { latinDigits } from '../../words/format.ts'
import { useWords } from '../../words/use-words.ts'
import { WORDS } from './factor.words.ts'

interface Props {
  secret: SecondFactorSecret
  onDone(recoveryCodes: readonly string[]): void
  onClose(): void
}

export function TurnOnDialog({ secret: { secret, uri }, onDone, onClose }: Props) {
  const { t } = useWords()
  const [code, setCode] = useState('')
  const sending = useSend(() => confirmSecondFactor(latinDigits(code).replace(/\D/g, '')))
  const submit = async () => {
    const made = await sending.send()
    if (made !== null) onDone(made.codes)
  }
  return (
    <Dialog title={t(WORDS.setUp)} onClose={onClose}>
      <Form state={sending} isDirty={false} act={t(WORDS.turnOn)} onSubmit={() => void submit()}>
        <p>{t(WORDS.scan)}</p>
        <Qr value={uri} label={t(WORDS.qr)} />
        <CopyField label={t(WORDS.secret)} value={secret} whole />
        <TextField
          label={t(WORDS.code)}
          ltr
          value={code}
          onChange={setCode}
          error={sending.errorAt('/code')}
          autoComplete="one-time-code"
          digits
          maxLength={20}
          required
        />
      </Form>
    </Dialog>
  )
}
