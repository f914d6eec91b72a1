// Notes of staff on a customer.
import { IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CustomerNote } from '../../../contract/api/customer-notes.ts'
import { api } from '../../api/client.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { TextField } from '../../ui/fields.tsx'
import { useSend } from '../../ui/form.tsx'
import { Row, Stack } from '../../ui/layout.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { Ago } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import { useRefresh } from './use-refresh.ts'
import { WORDS } from './words.ts'

export function Notes({ customerId }: { customerId: string }) {
  const { t } = useWords()
  const { can } = useBusiness()
  const refresh = useRefresh()
  const [text, setText] = useState('')
  const path = `/customers/${customerId}/notes`
  const { data, error } = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<{ data: CustomerNote[] }>(path, { signal }),
  })
  const send = useSend(() => api.post<CustomerNote>(path, { text: text.trim() }))
  const add = async () => {
    if ((await send.send()) === null) return
    setText('')
    await refresh()
  }
  const remove = async (id: string) => {
    await api.delete(`${path}/${id}`)
    await refresh()
  }
  if (!can('customers:write') && data?.data.length === 0) return null
  return (
    <Card title={t(WORDS.notes)}>
      <Stack gap={12}>
        {data?.data.map(({ id, text: note, created_at: at }) => (
          <Row key={id} align="start" spread>
            <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
              {note}
              <div className="dim sm">
                <Ago value={at} />
              </div>
            </div>
            {can('customers:write') && (
              <IconButton size="small" icon={IconTrash} label={t(WORDS.deleteNote)} onClick={() => void remove(id)} />
            )}
          </Row>
        ))}
        {data === undefined && (error ? <Failed error={error} /> : <Loading rows={2} />)}
        {can('customers:write') && (
          <>
            <TextField
              label={t(WORDS.noteLabel)}
              lines={2}
              maxLength={2000}
              placeholder={t(WORDS.notePlaceholder)}
              value={text}
              onChange={setText}
              error={send.errorAt('/text')}
            />
            <Row>
              <Button size="small" busy={send.isBusy} disabled={text.trim() === ''} onClick={() => void add()}>
                {t(WORDS.addNote)}
              </Button>
            </Row>
          </>
        )}
      </Stack>
    </Card>
  )
}
