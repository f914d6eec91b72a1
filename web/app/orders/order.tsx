// One order: lines, the sale and its returns, what it earned and why, what it did not earn, and how
// it came.
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { OrderInFull } from '../../../contract/api/orders.ts'
import { branchesQuery } from '../../api/business.ts'
import { api } from '../../api/client.ts'
import { Chip } from '../../ui/chip.tsx'
import { Column, Grid } from '../../ui/layout.tsx'
import { BackLink, Page } from '../../ui/page.tsx'
import { QueryView } from '../../ui/states.tsx'
import { Phone } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import { nameOf, useBusiness } from '../business.tsx'
import { Earned } from './earned.tsx'
import { Details, Family, HowItCame } from './order-facts.tsx'
import { Lines } from './order-lines.tsx'
import { Review } from './review.tsx'
import { STATUS_TONES } from './tones.ts'
import { WORDS } from './words.ts'

export function Order() {
  const { t } = useWords()
  const { id } = useParams({ from: '/shell/orders/$id' })
  const query = useQuery({
    queryKey: ['/orders', id],
    queryFn: ({ signal }) => api.get<OrderInFull>(`/orders/${id}`, { signal }),
  })
  if (query.data) return <OrderPage order={query.data} query={query} />
  return (
    <Page title={t(WORDS.number)} back={<Back />}>
      <QueryView query={query}>{() => null}</QueryView>
    </Page>
  )
}

function Back() {
  const { t } = useWords()
  return <BackLink to="/orders">{t(WORDS.orders)}</BackLink>
}

function OrderPage({ order, query }: { order: OrderInFull; query: Parameters<typeof QueryView>[0]['query'] }) {
  const { t, f } = useWords()
  const { can } = useBusiness()
  const { data } = useQuery({ ...branchesQuery, enabled: can('business:read') })
  const branch = data?.data.find(({ id }) => id === order.branch_id)
  const number = order.reference ?? order.pos_order_id
  const returned = order.returned.reduce((sum, { total_incl_tax: part }) => sum + part, 0)
  const isAll = returned > 0 && returned >= order.lines.reduce((sum, { total_incl_tax: part }) => sum + part, 0)
  const where = [
    branch && t(nameOf(branch.name)),
    f.moment(order.occurred_at),
    order.pos,
    order.created_by?.name,
  ].filter(Boolean)
  return (
    <Page
      title={t((order.kind === 'return' ? WORDS.aReturn : WORDS.order)(number))}
      back={<Back />}
      chips={
        <>
          <Chip tone={STATUS_TONES[order.status]}>{t(WORDS.statuses[order.status])}</Chip>
          {order.parked && <Chip tone="hand">{t(WORDS.parked)}</Chip>}
          {returned > 0 && <Chip tone="hand">{t(isAll ? WORDS.undone : WORDS.someReturned)}</Chip>}
        </>
      }
      subtitle={where.map((part, index) => (
        <span key={index}>
          {index > 0 && ' · '}
          <bdi>{part}</bdi>
        </span>
      ))}
      actions={
        order.customer ? (
          <Link to="/customers/$id" params={{ id: order.customer.id }}>
            <b>{order.customer.name ?? t(WORDS.unnamed)}</b>
            <div className="sub sm">
              <Phone value={order.customer.phone} />
            </div>
          </Link>
        ) : (
          order.customer_id === null && <span className="dim">{t(WORDS.noCustomer)}</span>
        )
      }
    >
      <QueryView query={query}>
        {() => (
          <>
            <Review order={order} />
            <Grid>
              <Column span={8}>
                <Lines order={order} />
                <Earned order={order} />
              </Column>
              <Column span={4}>
                <Family order={order} />
                <Details order={order} />
                <HowItCame order={order} />
              </Column>
            </Grid>
          </>
        )}
      </QueryView>
    </Page>
  )
}
