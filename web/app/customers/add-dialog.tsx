// Adds a customer by their mobile number.
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Customer } from '../../../contract/api/customers.ts'
import { api } from '../../api/client.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Form, useSend } from '../../ui/form.tsx'
import { toast } from '../../ui/toast.tsx'
import { latinDigits } from '../../words/format.ts'
import { useWords } from '../../words/use-words.ts'
import { WORDS } from './words.ts'

export function AddDialog({ onClose }: { onClose(): void }) {
  const { t } = useWords()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [phone, setPhone] = useState('')
  const [name, setName] = useState('')
  const send = useSend(() =>
    api.post<Customer>('/customers', { phone: latinDigits(phone), ...(name.trim() !== '' && { name: name.trim() }) }),
  )
  const submit = async () => {
    const customer = await send.send()
    if (customer === null) return
    toast(WORDS.createdAt)
    onClose()
    await queries.invalidateQueries({ queryKey: ['/customers'] })
    await navigate({ to: '/customers/$id', params: { id: customer.id } })
  }
  return (
    <Dialog title={t(WORDS.add)} onClose={onClose}>
      <Form state={send} isDirty={false} act={t(WORDS.add)} onSubmit={() => void submit()}>
        <TextField
          label={t(WORDS.mobile)}
          type="tel"
          ltr
          value={phone}
          onChange={setPhone}
          placeholder="0500000000"
          error={send.errorAt('/phone')}
        />
        <TextField label={t(WORDS.name)} optional value={name} onChange={setName} error={send.errorAt('/name')} />
      </Form>
    </Dialog>
  )
}
