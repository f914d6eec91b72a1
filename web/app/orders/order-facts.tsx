// Beside an order: its family, how it was paid, and the deliveries that carried it.
import { IconAlertTriangle, IconCircleCheck, IconCopy, IconReceipt, IconReceiptRefund } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { OrderInFull, OrderSummary } from '../../../contract/api/orders.ts'
import { Card } from '../../ui/card.tsx'
import { Spot } from '../../ui/glyph.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Row, Space, Stack } from '../../ui/layout.tsx'
import { Code, Day, Moment, Money } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import css from './order.module.css'
import { WORDS } from './words.ts'

/** Only for a sale with returns, and a return with its sale. */
export function Family({ order }: { order: OrderInFull }) {
  const { t } = useWords()
  if (order.returns.length === 0 && order.original_id === null) return null
  const returned = order.returned.reduce((sum, { total_incl_tax: part }) => sum + part, 0)
  return (
    <Card title={t(WORDS.family)}>
      <Stack gap={12}>
        {order.original_id !== null && (
          <Link to="/orders/$id" params={{ id: order.original_id }} className="link">
            {t(WORDS.sale(''))}
          </Link>
        )}
        <Member order={order} isHere />
        {order.returns.map((one) => (
          <Member key={one.id} order={one} />
        ))}
        {returned > 0 && (
          <Row>
            <b>{t(WORDS.remains)}</b>
            <Space />
            <b>
              <Money minor={order.total - returned} />
            </b>
          </Row>
        )}
      </Stack>
    </Card>
  )
}

function Member({ order, isHere = false }: { order: OrderSummary; isHere?: boolean }) {
  const { t, f } = useWords()
  const isReturn = order.kind === 'return'
  const number = order.reference ?? order.pos_order_id
  const title = t((isReturn ? WORDS.aReturn : WORDS.sale)(number))
  return (
    <Row gap={12}>
      <Spot tone={isReturn ? 'hand' : 'neutral'}>
        <Icon of={isReturn ? IconReceiptRefund : IconReceipt} size={16} />
      </Spot>
      <div>
        {isHere ? (
          <b>{title}</b>
        ) : (
          <Link to="/orders/$id" params={{ id: order.id }} className="link">
            {title}
          </Link>
        )}
        <div className="dim sm">{f.moment(order.occurred_at)}</div>
      </div>
      <Space />
      <Money minor={isReturn ? -order.total : order.total} />
    </Row>
  )
}

export function Details({ order }: { order: OrderInFull }) {
  const { t } = useWords()
  const facts: [label: string, value: ReactNode][] = [
    ...order.payments.map(({ method, amount }): [string, ReactNode] => [
      t(WORDS.paidBy),
      <>
        {method} <Money minor={amount} />
      </>,
    ]),
    ...order.discounts.map(({ reason, amount, code }): [string, ReactNode] => [
      `${t(WORDS.discountKinds[reason])}${code === null ? '' : ` ${code}`}`,
      <Money key="discount" minor={-amount} />,
    ]),
    ...order.redemptions.map(({ name, redemption }): [string, ReactNode] => [
      t(name),
      <Money key="redemption" minor={-(redemption?.discount ?? 0)} />,
    ]),
    [t(WORDS.day), <Day key="day" value={order.business_date} />],
    [t(WORDS.pos), order.pos],
    [t(WORDS.posId), <Code key="id" value={order.pos_order_id} />],
    ...(order.closed_by?.name ? [[t(WORDS.cashier), order.closed_by.name] as [string, ReactNode]] : []),
    [t(WORDS.received), <Moment key="received" value={order.created_at} />],
  ]
  return (
    <Card>
      <dl className={css.facts}>
        {facts.map(([label, value], index) => (
          <div key={index}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

export function HowItCame({ order }: { order: OrderInFull }) {
  const { t, f } = useWords()
  const { can } = useBusiness()
  if (order.deliveries.length === 0) return null
  return (
    <Card title={t(WORDS.howItCame)}>
      <Stack gap={8}>
        {order.deliveries.map(({ id, result, received_at: at }) => {
          const text = t(WORDS.results[result])
          return (
            <Row key={id}>
              <Icon
                of={result === 'processed' ? IconCircleCheck : result === 'stale' ? IconCopy : IconAlertTriangle}
                className={result === 'processed' ? 'good' : result === 'failed' ? 'bad' : 'hand'}
              />
              {can('deliveries:read') ? (
                <Link to="/deliveries/$id" params={{ id }} className="link">
                  {text}
                </Link>
              ) : (
                text
              )}
              <Space />
              <span className="dim sm">{`${f.shortDay(at)} ${f.time(at)}`}</span>
            </Row>
          )
        })}
      </Stack>
    </Card>
  )
}
