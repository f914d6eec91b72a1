// Settings › Branches: their names in both languages and their time zones.
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Branch } from '../../../contract/api/business.ts'
import { api } from '../../api/client.ts'
import { useList } from '../../api/use-list.ts'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Form, useSend } from '../../ui/form.tsx'
import { Stack } from '../../ui/layout.tsx'
import { BackLink, Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { Code } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import { nameOf, useBusiness } from '../business.tsx'
import { SETTINGS } from './settings.tsx'
import { WORDS } from './words.ts'

export function BranchSettings() {
  const { t } = useWords()
  const { can, business } = useBusiness()
  const list = useList<Branch>('/branches')
  const [edited, setEdited] = useState<Branch | null>(null)
  return (
    <Page
      title={t(WORDS.branches)}
      subtitle={t(WORDS.branchesText)}
      back={<BackLink to="/settings">{t(SETTINGS)}</BackLink>}
    >
      <DataTable
        label={t(WORDS.branches)}
        columns={[
          { id: 'name', label: t(WORDS.branch), cell: ({ name }) => t(nameOf(name)) },
          {
            id: 'reference',
            label: t(WORDS.number),
            cell: ({ reference }) => (reference ? <Code value={reference} /> : '—'),
          },
          { id: 'pos', label: t(WORDS.pos), cell: ({ pos }) => <Code value={pos} /> },
          { id: 'zone', label: t(WORDS.zone), cell: ({ timezone }) => <Code value={timezone ?? business.timezone} /> },
          {
            id: 'day',
            label: t(WORDS.dayEnds),
            cell: ({ day_ends_at }) => (day_ends_at ? <Code value={day_ends_at} /> : '—'),
          },
          ...(can('business:write')
            ? [
                {
                  id: 'edit',
                  label: t(WORDS.edit),
                  figure: true,
                  cell: (branch: Branch) => (
                    <Button size="small" onClick={() => setEdited(branch)}>
                      {t(WORDS.edit)}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
        list={list}
        rowKey={({ id }) => id}
        empty={<Empty title={t(WORDS.noBranches)}>{t(WORDS.noBranchesText)}</Empty>}
      />
      {edited && <BranchDialog key={edited.id} branch={edited} onClose={() => setEdited(null)} />}
    </Page>
  )
}

function BranchDialog({ branch, onClose }: { branch: Branch; onClose(): void }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const [en, setEn] = useState(branch.name.en)
  const [ar, setAr] = useState(branch.name.ar ?? '')
  const [zone, setZone] = useState(branch.timezone ?? '')
  const changes = {
    ...((en !== branch.name.en || ar !== (branch.name.ar ?? '')) && {
      name: { en: en.trim(), ar: ar.trim() === '' ? null : ar.trim() },
    }),
    ...(zone !== (branch.timezone ?? '') && { timezone: zone.trim() === '' ? null : zone.trim() }),
  }
  const isDirty = Object.keys(changes).length > 0
  const sending = useSend(() => api.patch<Branch>(`/branches/${branch.id}`, changes))
  const save = async () => {
    if (isDirty && (await sending.send()) === null) return
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['/branches'] }),
      queries.invalidateQueries({ queryKey: ['branches'] }),
    ])
    if (isDirty) toast(WORDS.saved)
    onClose()
  }
  return (
    <Dialog title={t(nameOf(branch.name))} onClose={onClose}>
      <Form state={sending} isDirty={isDirty} act={t(WORDS.save)} onSubmit={() => void save()}>
        <Stack>
          <TextField
            label={t(WORDS.nameEn)}
            ltr
            value={en}
            onChange={setEn}
            error={sending.errorAt('/name/en')}
            maxLength={200}
            required
          />
          <TextField
            label={t(WORDS.nameAr)}
            value={ar}
            onChange={setAr}
            error={sending.errorAt('/name/ar')}
            maxLength={200}
            optional
          />
          <TextField
            label={t(WORDS.zone)}
            ltr
            value={zone}
            onChange={setZone}
            placeholder="Asia/Riyadh"
            hint={t(WORDS.branchZoneHint)}
            error={sending.errorAt('/timezone')}
            maxLength={64}
            optional
          />
        </Stack>
      </Form>
    </Dialog>
  )
}
