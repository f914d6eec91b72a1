// Changes the profile of a customer: name, e-mail, birthday.
import { lazy, Suspense, useState } from 'react'
import type { Customer, CustomerInFull } from '../../../contract/api/customers.ts'
import { api } from '../../api/client.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Form, useSend } from '../../ui/form.tsx'
import { toast } from '../../ui/toast.tsx'
import { useWords } from '../../words/use-words.ts'
import { useRefresh } from './use-refresh.ts'
import { WORDS } from './words.ts'

/** The calendar is large, and comes when the dialog is open. */
const DayField = lazy(() => import('../../ui/day-field.tsx').then((file) => ({ default: file.DayField })))

export function ProfileDialog({ customer, onClose }: { customer: CustomerInFull; onClose(): void }) {
  const { t } = useWords()
  const refresh = useRefresh()
  const [name, setName] = useState(customer.name ?? '')
  const [email, setEmail] = useState(customer.email ?? '')
  const [birthday, setBirthday] = useState(customer.birth_date)
  const filled = (text: string) => (text.trim() === '' ? null : text.trim())
  // Only what was changed: what stays is not entered by staff.
  const changes = {
    ...(filled(name) !== customer.name && { name: filled(name) }),
    ...(filled(email) !== customer.email && { email: filled(email) }),
    ...(birthday !== customer.birth_date && { birth_date: birthday }),
  }
  const isChanged = Object.keys(changes).length > 0
  const send = useSend(() => api.patch<Customer>(`/customers/${customer.id}`, changes))
  const submit = async () => {
    if (isChanged && (await send.send()) === null) return
    if (isChanged) toast(WORDS.profileSaved)
    onClose()
    await refresh()
  }
  return (
    <Dialog title={t(WORDS.edit)} onClose={onClose}>
      <Form state={send} isDirty={false} act={t(WORDS.save)} onSubmit={() => void submit()}>
        <TextField
          label={t(WORDS.name)}
          optional
          value={name}
          onChange={setName}
          maxLength={200}
          error={send.errorAt('/name')}
        />
        <TextField
          label={t(WORDS.email)}
          optional
          type="email"
          ltr
          value={email}
          onChange={setEmail}
          error={send.errorAt('/email')}
        />
        <Suspense>
          <DayField
            label={t(WORDS.birthday)}
            optional
            value={birthday}
            onChange={setBirthday}
            error={send.errorAt('/birth_date')}
          />
        </Suspense>
      </Form>
    </Dialog>
  )
}
