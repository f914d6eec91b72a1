// Merges a customer into another one; the result is computed by the engine before it is done.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import type { Customer, CustomerInFull } from '../../../contract/api/customers.ts'
import { api } from '../../api/client.ts'
import type { Page } from '../../api/queries.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Choices, TextField } from '../../ui/fields.tsx'
import { Form, useSend } from '../../ui/form.tsx'
import { ProgramGlyph } from '../../ui/glyph.tsx'
import { Row, Space, Stack } from '../../ui/layout.tsx'
import { Failed } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { Phone, Units } from '../../ui/values.tsx'
import { latinDigits } from '../../words/format.ts'
import { useWords } from '../../words/use-words.ts'
import { useRefresh } from './use-refresh.ts'
import { WORDS } from './words.ts'

export function MergeDialog({ customer, onClose }: { customer: CustomerInFull; onClose(): void }) {
  const { t } = useWords()
  const navigate = useNavigate()
  const refresh = useRefresh()
  const [into, setInto] = useState<string>()
  const [reason, setReason] = useState('')
  const path = `/customers/${customer.id}/merge`
  const send = useSend(() => api.post<Customer>(path, { into, reason: reason.trim() }))
  const submit = async () => {
    const merged = await send.send()
    if (merged === null) return
    toast(WORDS.merged)
    onClose()
    await navigate({ to: '/customers/$id', params: { id: merged.id }, replace: true })
    await refresh()
  }
  return (
    <Dialog title={t(WORDS.merge)} width={520} onClose={onClose}>
      <Form state={send} isDirty={false} act={t(WORDS.mergeAct)} onSubmit={() => void submit()}>
        <p className="sub">{t(WORDS.mergeText)}</p>
        <Other customer={customer} value={into} onChange={setInto} error={send.errorAt('/into')} />
        {into !== undefined && <Preview path={path} into={into} />}
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

interface OtherProps {
  customer: CustomerInFull
  value: string | undefined
  onChange(id: string): void
  error: string | undefined
}

function Other({ customer, value, onChange, error }: OtherProps) {
  const { t } = useWords()
  const [query, setQuery] = useState('')
  const asked = useDeferredValue(latinDigits(query.trim()))
  const { data } = useQuery({
    queryKey: ['/customers', 'other', asked],
    queryFn: ({ signal }) => api.get<Page<Customer>>('/customers', { query: { q: asked, limit: 5 }, signal }),
    enabled: asked.length >= 3,
    placeholderData: keepPreviousData,
  })
  const found = data?.data.filter(({ id }) => id !== customer.id) ?? []
  return (
    <>
      <TextField label={t(WORDS.findOther)} value={query} onChange={setQuery} error={error} />
      {found.length > 0 && (
        <Choices
          label={t(WORDS.mergeInto)}
          value={value}
          options={found.map(({ id, name, phone }) => ({
            value: id,
            label: name ?? t(WORDS.unnamed),
            hint: <Phone value={phone} />,
          }))}
          onChange={onChange}
        />
      )}
    </>
  )
}

function Preview({ path, into }: { path: string; into: string }) {
  const { t } = useWords()
  const { data, error } = useQuery({
    queryKey: [`${path}/preview`, into],
    queryFn: ({ signal }) => api.post<Customer>(`${path}/preview`, { into, reason: '…' }, { signal }),
    retry: false,
  })
  if (error) return <Failed error={error} />
  if (data === undefined) return null
  return (
    <Stack gap={8}>
      <h3>
        {t(WORDS.willHave)} <span className="dim sm">· {t(WORDS.nothingWritten)}</span>
      </h3>
      {data.balances.map(({ program_id: id, program_type: type, program_name: name, available }) => (
        <Row key={id}>
          <ProgramGlyph type={type} />
          {t(name)}
          <Space />
          <b>
            <Units type={type} units={available} />
          </b>
        </Row>
      ))}
    </Stack>
  )
}
