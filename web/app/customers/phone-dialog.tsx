// Changes the mobile number of a customer.
import { useState } from 'react'
import type { Customer, CustomerInFull } from '../../../contract/api/customers.ts'
import { api } from '../../api/client.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Form, useSend } from '../../ui/form.tsx'
import { toast } from '../../ui/toast.tsx'
import { latinDigits } from '../../words/format.ts'
import { useWords } from '../../words/use-words.ts'
import { useRefresh } from './use-refresh.ts'
import { WORDS } from './words.ts'

export function PhoneDialog({ customer, onClose }: { customer: CustomerInFull; onClose(): void }) {
  const { t } = useWords()
  const refresh = useRefresh()
  const [phone, setPhone] = useState('')
  const [reason, setReason] = useState('')
  const send = useSend(() =>
    api.post<Customer>(`/customers/${customer.id}/phone`, { phone: latinDigits(phone), reason: reason.trim() }),
  )
  const submit = async () => {
    if ((await send.send()) === null) return
    toast(WORDS.phoneChanged)
    onClose()
    await refresh()
  }
  return (
    <Dialog title={t(WORDS.changePhone)} onClose={onClose}>
      <Form state={send} isDirty={false} act={t(WORDS.changePhone)} onSubmit={() => void submit()}>
        <p className="sub">{t(WORDS.phoneText)}</p>
        <TextField
          label={t(WORDS.newPhone)}
          type="tel"
          ltr
          value={phone}
          onChange={setPhone}
          placeholder="0500000000"
          error={send.errorAt('/phone')}
        />
        <TextField
          label={t(WORDS.reason)}
          hint={t(WORDS.reasonHint)}
          value={reason}
          onChange={setReason}
          maxLength={500}
          error={send.errorAt('/reason')}
        />
      </Form>
    </Dialog>
  )
}
