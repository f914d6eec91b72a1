// My account › Email: the address, and a link that is sent to another one.
import { useState } from 'react'
import { requestEmailChange } from '../../api/account.ts'
import { Card } from '../../ui/card.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Form, useSend } from '../../ui/form.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import { linkSentTo, WORDS, youSignInWith } from './words.ts'

export function EmailSection() {
  const { t } = useWords()
  const { person } = useBusiness()
  const [email, setEmail] = useState('')
  const [sentTo, setSentTo] = useState<string | null>(null)
  const sending = useSend(async () => {
    await requestEmailChange(email.trim())
    return email.trim()
  })
  const send = async () => {
    const sent = await sending.send()
    setSentTo(sent)
    if (sent !== null) setEmail('')
  }
  return (
    <Card title={t(WORDS.email)}>
      <Form
        state={sending}
        isDirty={email !== ''}
        act={t(WORDS.sendLink)}
        onSubmit={() => void send()}
        onReset={() => setEmail('')}
      >
        <p>{t(youSignInWith(person.email))}</p>
        <TextField
          label={t(WORDS.newEmail)}
          hint={t(WORDS.newEmailHint)}
          type="email"
          ltr
          value={email}
          onChange={setEmail}
          error={sending.errorAt('/email')}
          autoComplete="off"
          maxLength={254}
          required
        />
        {sentTo !== null && <p role="status">{t(linkSentTo(sentTo))}</p>}
      </Form>
    </Card>
  )
}
