// The dialog that changes the role and the branches of a person.
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Member } from '../../../../contract/api/staff.ts'
import { api } from '../../../api/client.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, useSend } from '../../../ui/form.tsx'
import { Stack } from '../../../ui/layout.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useWords } from '../../../words/use-words.ts'
import { type Rights, RightsFields } from './rights-fields.tsx'
import { WORDS } from './words.ts'

export function RoleDialog({ member, onClose }: { member: Member; onClose(): void }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const [rights, setRights] = useState<Rights>({ role: member.role, branches: member.branches })
  const isDirty = JSON.stringify(rights) !== JSON.stringify({ role: member.role, branches: member.branches })
  const sending = useSend(() => api.patch<Member>(`/staff/${member.id}`, rights))
  const save = async () => {
    if (isDirty && (await sending.send()) === null) return
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['/staff'] }),
      queries.invalidateQueries({ queryKey: ['session'] }),
    ])
    if (isDirty) toast(WORDS.saved)
    onClose()
  }
  return (
    <Dialog title={member.name} onClose={onClose}>
      <Form state={sending} isDirty={isDirty} act={t(WORDS.save)} onSubmit={() => void save()}>
        <Stack>
          <p className="dim sm">{t(WORDS.losesRights)}</p>
          <RightsFields value={rights} onChange={setRights} errorAt={sending.errorAt} />
        </Stack>
      </Form>
    </Dialog>
  )
}
