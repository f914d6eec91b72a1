// "Send a test order": one click, what it earned with its reasons, and a way back.
import type { Icon as IconType } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { OrderAnswer } from '../../../contract/pos-answer.ts'
import { sendTestOrder, voidTestOrder } from '../../api/home.ts'
import { Button } from '../../ui/button.tsx'
import { Row, Stack } from '../../ui/layout.tsx'
import { Failed } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { useWords } from '../../words/use-words.ts'
import css from '../home/home.module.css'
import { WORDS } from '../home/words.ts'

export function TestOrder({ icon }: { icon?: IconType }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries()
  const send = useMutation({ mutationFn: sendTestOrder, onSuccess: refresh })
  const takeBack = useMutation({
    mutationFn: (id: string) => voidTestOrder(id),
    onSuccess: () => {
      send.reset()
      toast(WORDS.takenBack)
      return refresh()
    },
  })
  const order = send.data?.order
  return (
    <Stack gap={12}>
      <Row>
        <Button icon={icon} busy={send.isPending} onClick={() => send.mutate()}>
          {t(WORDS.sendTest)}
        </Button>
      </Row>
      {send.error && <Failed error={send.error} retry={() => send.mutate()} />}
      {send.data && order && (
        <Result answer={send.data}>
          <Row>
            <Button size="small" busy={takeBack.isPending} onClick={() => takeBack.mutate(order.id)}>
              {t(WORDS.takeBack)}
            </Button>
          </Row>
        </Result>
      )}
      {takeBack.error && <Failed error={takeBack.error} />}
    </Stack>
  )
}

function Result({ answer, children }: { answer: OrderAnswer; children: ReactNode }) {
  const { t } = useWords()
  return (
    <div className={css.result} role="status">
      <b>{t(answer.movements.length > 0 ? WORDS.testSent(answer.order?.pos_order_id ?? '') : WORDS.testNothing)}</b>
      {answer.movements.length > 0 && (
        <ul>
          {answer.movements.map(({ program_id, why }) => (
            <li key={program_id}>{t(why)}</li>
          ))}
        </ul>
      )}
      {children}
    </div>
  )
}
