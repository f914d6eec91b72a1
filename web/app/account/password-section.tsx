// My account › Password: a new one, which signs the person out everywhere else.
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { changePassword } from '../../api/account.ts'
import { Card } from '../../ui/card.tsx'
import { Form, useSend } from '../../ui/form.tsx'
import { toast } from '../../ui/toast.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import { NewPasswordField } from '../sign-in/new-password-field.tsx'
import { WORDS as SIGN_IN_WORDS } from '../sign-in/words.ts'
import { SESSIONS_PATH } from './sessions-section.tsx'
import { WORDS } from './words.ts'

export function PasswordSection() {
  const { t } = useWords()
  const { person } = useBusiness()
  const queries = useQueryClient()
  const [password, setPassword] = useState('')
  const sending = useSend(async () => {
    await changePassword(password)
    return true
  })
  const change = async () => {
    if ((await sending.send()) === null) return
    setPassword('')
    toast(WORDS.passwordChanged)
    await queries.invalidateQueries({ queryKey: [SESSIONS_PATH] })
  }
  return (
    <Card title={t(WORDS.password)}>
      <Form
        state={sending}
        isDirty={password !== ''}
        act={t(WORDS.changePassword)}
        onSubmit={() => void change()}
        onReset={() => setPassword('')}
      >
        {/* Tells password managers whose password this is. */}
        <input type="email" value={person.email} autoComplete="username" readOnly hidden />
        <NewPasswordField
          label={t(SIGN_IN_WORDS.newPassword)}
          value={password}
          onChange={setPassword}
          error={sending.errorAt('/password')}
          consequence={t(WORDS.passwordHint)}
        />
      </Form>
    </Card>
  )
}
