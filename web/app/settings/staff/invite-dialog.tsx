// The dialog that invites a person.
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Invitation } from '../../../../contract/api/staff.ts'
import { api } from '../../../api/client.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { Form, useSend } from '../../../ui/form.tsx'
import { Stack } from '../../../ui/layout.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useWords } from '../../../words/use-words.ts'
import { type Rights, RightsFields } from './rights-fields.tsx'
import { WORDS } from './words.ts'

export function InviteDialog({ onClose }: { onClose(): void }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const [email, setEmail] = useState('')
  const [rights, setRights] = useState<Rights>({ role: 'manager', branches: null })
  const sending = useSend(() => api.post<Invitation>('/invitations', { email: email.trim(), ...rights }))
  const send = async () => {
    if ((await sending.send()) === null) return
    await queries.invalidateQueries({ queryKey: ['/invitations'] })
    toast(WORDS.invited)
    onClose()
  }
  return (
    <Dialog title={t(WORDS.inviteTitle)} onClose={onClose}>
      <Form state={sending} isDirty={email !== ''} act={t(WORDS.send)} onSubmit={() => void send()}>
        <Stack>
          <TextField
            label={t(WORDS.email)}
            hint={t(WORDS.inviteHint)}
            type="email"
            ltr
            value={email}
            onChange={setEmail}
            error={sending.errorAt('/email')}
            maxLength={254}
            autoComplete="off"
            required
          />
          <RightsFields value={rights} onChange={setRights} errorAt={sending.errorAt} />
        </Stack>
      </Form>
    </Dialog>
  )
}
