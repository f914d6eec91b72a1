// Orders that wait because their reference is not connected, with the one act that applies them.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { UnmatchedReference } from '../../../contract/api/deliveries.ts'
import { api } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Row, Space, Stack } from '../../ui/layout.tsx'
import { Failed } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import { WORDS } from './words.ts'

export function Unmatched() {
  const { t, f } = useWords()
  const { can } = useBusiness()
  const queries = useQueryClient()
  const [error, setError] = useState<unknown>(null)
  const { data } = useQuery({
    queryKey: ['/unmatched-deliveries'],
    queryFn: ({ signal }) => api.get<{ data: UnmatchedReference[] }>('/unmatched-deliveries', { signal }),
  })
  const references = data?.data ?? []
  if (references.length === 0) return null
  const connect = async ({ pos, reference }: UnmatchedReference) => {
    setError(null)
    await api
      .post('/connections', { pos, reference })
      .then(() => toast(WORDS.connected))
      .catch(setError)
    await queries.invalidateQueries()
  }
  return (
    <div style={{ marginBottom: 20 }}>
      <Card title={<span className="hand">{t(WORDS.unmatched)}</span>}>
        <Stack gap={12}>
          <p className="sub">{t(WORDS.unmatchedText)}</p>
          {error != null && <Failed error={error} isWrite />}
          {references.map((one) => (
            <Row key={`${one.pos} ${one.reference}`} gap={12}>
              <div>
                <b className="ltr">{one.reference}</b>
                <div className="dim sm">
                  {one.pos} · {t(WORDS.waiting(one.deliveries))} · {t(WORDS.until(f.day(one.deleted_at)))}
                </div>
              </div>
              <Space />
              {can('connections:write') && (
                <Button size="small" onClick={() => void connect(one)}>
                  {t(WORDS.connectReference)}
                </Button>
              )}
            </Row>
          ))}
        </Stack>
      </Card>
    </div>
  )
}
