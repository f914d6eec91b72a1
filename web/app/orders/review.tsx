// What staff should look at in an order, and what they can do about it.
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { OrderInFull } from '../../../contract/api/orders.ts'
import { api } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { confirm } from '../../ui/confirm.ts'
import { Row, Stack } from '../../ui/layout.tsx'
import { Failed } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import { WORDS } from './words.ts'

export function Review({ order }: { order: OrderInFull }) {
  const { t, f } = useWords()
  const { can } = useBusiness()
  const queries = useQueryClient()
  const [error, setError] = useState<unknown>(null)
  if (order.flags.length === 0) return null
  const run = async (path: string) => {
    setError(null)
    await api
      .post(`/orders/${order.id}/${path}`)
      .then(() => toast(WORDS.done))
      .catch(setError)
    await queries.invalidateQueries({ queryKey: ['/orders'] })
  }
  const applyVoid = async () => {
    const question = { title: t(WORDS.applyVoid), text: t(WORDS.applyVoidText), act: t(WORDS.applyVoid), danger: true }
    if (await confirm(question)) await run('apply-void')
  }
  const has = (code: string) => order.flags.some((flag) => flag.code === code)
  return (
    <div style={{ marginBottom: 20 }}>
      <Card title={<span className="hand">{t(WORDS.review)}</span>}>
        <Stack gap={12}>
          {order.flags.map((flag) => (
            <p key={flag.code}>{t(flag)}</p>
          ))}
          {order.pending.map(({ program_id: id, units }) => (
            <p key={id}>
              {t(WORDS.waiting)}: <b>{f.number(units)}</b>
            </p>
          ))}
          {error != null && <Failed error={error} isWrite />}
          {can('orders:write') && (
            <Row>
              {has('void_before_sale') && (
                <Button variant="danger" onClick={() => void applyVoid()}>
                  {t(WORDS.applyVoid)}
                </Button>
              )}
              {has('above_ceiling') && (
                <>
                  <Button onClick={() => void run('release')}>{t(WORDS.releaseUnits)}</Button>
                  <Button variant="danger" onClick={() => void run('reject')}>
                    {t(WORDS.rejectUnits)}
                  </Button>
                </>
              )}
            </Row>
          )}
        </Stack>
      </Card>
    </div>
  )
}
