// The newest orders, live: a new one fades in, and each shows what it moved.
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRef } from 'react'
import type { OrderSummary } from '../../../contract/api/orders.ts'
import { branchesQuery } from '../../api/business.ts'
import { latestOrdersQuery, orderInFullQuery, workListQuery } from '../../api/home.ts'
import { Card } from '../../ui/card.tsx'
import { Got } from '../../ui/glyph.tsx'
import { LiveDot } from '../../ui/live-panel.tsx'
import { Empty, QueryView } from '../../ui/states.tsx'
import { useLive } from '../../ui/use-live.ts'
import { Money } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import { nameOf, useBusiness } from '../business.tsx'
import { earnedOf } from './earned.ts'
import css from './home.module.css'
import { WORDS } from './words.ts'

export function LiveOrders({ branch }: { branch: string | undefined }) {
  const { t } = useWords()
  const { can } = useBusiness()
  const state = useLiveOrders()
  const latest = useQuery({
    ...latestOrdersQuery(branch, can('customers:read')),
    placeholderData: keepPreviousData,
  })
  const title = (
    <>
      {t(WORDS.ordersLive)} <LiveDot tone={state === 'lost' ? 'hand' : 'good'} />
    </>
  )
  return (
    <Card title={title} action={<Link to="/orders">{t(WORDS.allOrders)}</Link>} flush>
      <QueryView query={latest}>
        {({ data }) => (data.length === 0 ? <Empty title={t(WORDS.noOrders)} /> : <Feed orders={data} />)}
      </QueryView>
    </Card>
  )
}

const GATHERED_MS = 700

/** Reads the list again after events, once for many that come together. */
function useLiveOrders() {
  const { can } = useBusiness()
  const queries = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const refresh = (name: string) => {
    const refreshOrders = () => void queries.invalidateQueries({ queryKey: ['/orders', 'latest'] })
    // The stream begins after the list was loaded, and says nothing of what came in between.
    if (name === 'ready') return refreshOrders()
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      refreshOrders()
      void queries.invalidateQueries({ queryKey: workListQuery.queryKey })
    }, GATHERED_MS)
  }
  return useLive('/events', {
    events: ['ready', 'order.processed', 'delivery.failed', 'reset'],
    enabled: can('events:read'),
    onEvent: (_data, name) => refresh(name),
  })
}

function Feed({ orders }: { orders: readonly OrderSummary[] }) {
  const first = useRef<ReadonlySet<string>>(undefined)
  first.current ??= new Set(orders.map(({ id }) => id))
  return (
    <ul className={css.feed}>
      {orders.map((order) => (
        <li key={order.id} className={first.current?.has(order.id) ? '' : css.fresh}>
          <Row order={order} />
        </li>
      ))}
    </ul>
  )
}

function Row({ order }: { order: OrderSummary }) {
  const { t, f } = useWords()
  const branches = useQuery(branchesQuery)
  const full = useQuery(orderInFullQuery(order.id))
  const branch = branches.data?.data.find(({ id }) => id === order.branch_id)
  const isReturn = order.kind === 'return'
  const parts = [
    branch && t(nameOf(branch.name)),
    isReturn && t(WORDS.returned),
    order.status === 'void' && t(WORDS.voided),
  ].filter(Boolean)
  const earned = full.data ? earnedOf(full.data) : []
  return (
    <Link to="/orders/$id" params={{ id: order.id }} className={css.order}>
      <time dateTime={order.occurred_at}>{f.time(order.occurred_at)}</time>
      <div className={css.what}>
        <span>
          <b className={order.customer_id === null ? 'dim' : ''}>
            {order.customer?.name ?? (order.customer_id === null ? t(WORDS.noCustomer) : order.customer?.phone)}
          </b>
          {parts.length > 0 && <span className="sub"> · {parts.join(' · ')}</span>}
        </span>
        <span className={css.gots}>
          {earned.map(({ type, units }) => (
            <Got key={type} type={type} units={units} />
          ))}
          {full.data && earned.length === 0 && order.reason_text && <span className="sub">{t(order.reason_text)}</span>}
        </span>
      </div>
      <Money minor={isReturn ? -order.total : order.total} />
    </Link>
  )
}
