// Erases a customer: says first what ends with them.
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { CustomerInFull } from '../../../contract/api/customers.ts'
import type { Erasure, ErasurePreview } from '../../../contract/api/privacy.ts'
import { api } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useSend } from '../../ui/form.tsx'
import { ProgramGlyph } from '../../ui/glyph.tsx'
import { Row, Space, Stack } from '../../ui/layout.tsx'
import { Failed, QueryView } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { Units } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import { useRefresh } from './use-refresh.ts'
import { WORDS } from './words.ts'

export function EraseDialog({ customer, onClose }: { customer: CustomerInFull; onClose(): void }) {
  const { t, f } = useWords()
  const navigate = useNavigate()
  const refresh = useRefresh()
  const path = `/customers/${customer.id}`
  const query = useQuery({
    queryKey: [`${path}/erasure`],
    queryFn: ({ signal }) => api.get<ErasurePreview>(`${path}/erasure`, { signal }),
  })
  const send = useSend(() => api.delete<Erasure>(path))
  const erase = async () => {
    if ((await send.send()) === null) return
    toast(WORDS.erased)
    await navigate({ to: '/customers' })
    await refresh()
  }
  return (
    <Dialog title={t(WORDS.erase)} onClose={onClose}>
      <Stack>
        <p className="sub">{t(WORDS.eraseText)}</p>
        {send.error != null && <Failed error={send.error} isWrite />}
        <QueryView query={query}>
          {({ balances, claims, subscriptions, orders }) => (
            <Stack gap={8}>
              <h3>{t(WORDS.eraseEnds)}</h3>
              {balances.map(({ program_id: id, program_type: type, program_name: name, units }) => (
                <Row key={id}>
                  <ProgramGlyph type={type} />
                  {t(name)}
                  <Space />
                  <b>
                    <Units type={type} units={units} />
                  </b>
                </Row>
              ))}
              <p className="sub">
                {t(WORDS.openCodes)}: {f.number(claims)} · {t(WORDS.subscriptions)}: {f.number(subscriptions)} ·{' '}
                {t(WORDS.eraseOrders)}: {f.number(orders)}
              </p>
              <Row>
                <Button variant="danger" busy={send.isBusy} onClick={() => void erase()}>
                  {t(WORDS.eraseAct)}
                </Button>
                <Button variant="quiet" onClick={onClose}>
                  {t(WORDS.cancel)}
                </Button>
              </Row>
            </Stack>
          )}
        </QueryView>
      </Stack>
    </Dialog>
  )
}
