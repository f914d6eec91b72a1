// My account › Profile: the name.
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { updateAccount } from '../../api/account.ts'
import { sessionQuery } from '../../api/session.ts'
import { Card } from '../../ui/card.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Form, useSend } from '../../ui/form.tsx'
import { toast } from '../../ui/toast.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import { WORDS } from './words.ts'

export function ProfileSection() {
  const { t } = useWords()
  const { person } = useBusiness()
  const queries = useQueryClient()
  const [name, setName] = useState(person.name)
  const sending = useSend(() => updateAccount({ name }))
  const save = async () => {
    const saved = await sending.send()
    if (saved === null) return
    queries.setQueryData(sessionQuery.queryKey, (session) => session && { ...session, person: saved })
    setName(saved.name)
    toast(WORDS.saved)
  }
  return (
    <Card title={t(WORDS.profile)}>
      <Form
        state={sending}
        isDirty={name !== person.name}
        act={t(WORDS.save)}
        onSubmit={() => void save()}
        onReset={() => setName(person.name)}
      >
        <TextField
          label={t(WORDS.name)}
          hint={t(WORDS.nameHint)}
          value={name}
          onChange={setName}
          error={sending.errorAt('/name')}
          maxLength={100}
          autoComplete="name"
          required
        />
      </Form>
    </Card>
  )
}
