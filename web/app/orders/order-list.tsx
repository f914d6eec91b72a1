// The orders of the business: filters in the URL, what each earned or why not, and the same as CSV.
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { OrderSummary } from '../../../contract/api/orders.ts'
import { NOTHING_REASONS, NOTHING_TEXTS } from '../../../contract/nothing-reasons.ts'
import { branchesQuery } from '../../api/business.ts'
import { useList } from '../../api/use-list.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { ChoiceFilter, ClearFilters, FlagFilter, NoMatch, SearchFilter } from '../../ui/filter-bar.tsx'
import { Row } from '../../ui/layout.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { Money, Phone } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import { nameOf, useBusiness } from '../business.tsx'
import { useSystems } from '../connect/use-systems.ts'
import { PosFilter } from '../pos-filter.tsx'
import { periodOf } from '../scope.ts'
import { useScope } from '../use-scope.ts'
import { earnedChoice, earnedFilters, hasFilters, type OrderFilters, orderQuery, STATUSES } from './order-filters.ts'
import { STATUS_TONES } from './tones.ts'
import { WORDS } from './words.ts'

const AmountDialog = lazy(() => import('./amount-dialog.tsx').then((file) => ({ default: file.AmountDialog })))

export function OrderList() {
  const { t, setting } = useWords()
  const { can } = useBusiness()
  const scope = useScope()
  const given = useSearch({ from: '/shell/orders' })
  const navigate = useNavigate({ from: '/orders' })
  const [isChoosing, setChoosing] = useState(false)
  const period = periodOf(scope, setting.zone, new Date())
  const query = orderQuery(given, { branch: scope.branch, period })
  const list = useList<OrderSummary>('/orders', {
    ...query,
    ...(can('customers:read') && { include: 'customer' }),
  })
  const change = (changes: OrderFilters) =>
    void navigate({ search: (former) => ({ ...former, ...changes }), replace: true })
  const clear = () => void navigate({ search: { branch: undefined } })
  const isNarrowed = hasFilters(given)
  const yesNo = (value: boolean | undefined) => (value === undefined ? undefined : value ? 'yes' : 'no')
  const read = (value: 'yes' | 'no' | undefined) => (value === undefined ? undefined : value === 'yes')
  return (
    <Page title={t(WORDS.orders)}>
      <DataTable
        id="orders"
        label={t(WORDS.orders)}
        columns={useColumns()}
        list={list}
        rowKey={({ id }) => id}
        link={({ id }) => ({ to: '/orders/$id', params: { id } })}
        csv
        filters={
          <>
            <SearchFilter
              placeholder={t(WORDS.search)}
              value={given.reference}
              onChange={(reference) => change({ reference })}
            />
            <FlagFilter label={t(WORDS.flagged)} value={given.flagged} onChange={(flagged) => change({ flagged })} />
            <ChoiceFilter
              label={t(WORDS.status)}
              value={given.status}
              options={STATUSES.map((value) => ({ value, label: t(WORDS.statuses[value]) }))}
              onChange={(status) => change({ status })}
            />
            <ChoiceFilter
              label={t(WORDS.withCustomer)}
              value={yesNo(given.withCustomer)}
              options={[
                { value: 'yes', label: t(WORDS.with) },
                { value: 'no', label: t(WORDS.without) },
              ]}
              onChange={(value) => change({ withCustomer: read(value) })}
            />
            <ChoiceFilter
              label={t(WORDS.earned)}
              value={earnedChoice(given)}
              options={[
                { value: 'earned', label: t(WORDS.earnedSome) },
                { value: 'nothing', label: t(WORDS.earnedNone) },
              ]}
              more={NOTHING_REASONS.map((value) => ({ value, label: t(NOTHING_TEXTS[value]) }))}
              onChange={(choice) => change(earnedFilters(choice))}
            />
            <PosFilter value={given.pos} onChange={(pos) => change({ pos })} />
            <Button size="small" onClick={() => setChoosing(true)}>
              {t(WORDS.amount)}
              {(given.minTotal !== undefined || given.maxTotal !== undefined) && ' ✓'}
            </Button>
            {isNarrowed && <ClearFilters onClear={clear} />}
          </>
        }
        empty={
          isNarrowed ? (
            <NoMatch title={t(WORDS.noMatch)} isPart={list.hasMore} onClear={clear}>
              {t(WORDS.noMatchText)}
            </NoMatch>
          ) : (
            <Empty
              title={t(WORDS.noneTitle)}
              action={
                period.name !== '30d' && (
                  <Button
                    variant="primary"
                    onClick={() => void navigate({ search: (former) => ({ ...former, period: '30d' }) })}
                  >
                    {t(WORDS.last30)}
                  </Button>
                )
              }
            >
              {t(WORDS.noneText)}
            </Empty>
          )
        }
      />
      <Suspense>
        {isChoosing && (
          <AmountDialog
            given={given}
            onApply={(changes) => {
              setChoosing(false)
              change(changes)
            }}
            onClose={() => setChoosing(false)}
          />
        )}
      </Suspense>
    </Page>
  )
}

function useColumns(): Column<OrderSummary>[] {
  const { t, f } = useWords()
  const { can } = useBusiness()
  const { data } = useQuery({ ...branchesQuery, enabled: can('business:read') })
  const branches = new Map(data?.data.map(({ id, name }) => [id, t(nameOf(name))]))
  const systems = new Map(useSystems().map(({ pos, title }) => [pos, t(title)]))
  return [
    {
      id: 'number',
      label: t(WORDS.number),
      cell: ({ reference, pos_order_id: posId, kind, parked }) => (
        <Row>
          <b className="ltr">{reference ?? posId.slice(0, 12)}</b>
          {kind === 'return' && <Chip tone="hand">{t(parked ? WORDS.parked : WORDS.isReturn)}</Chip>}
        </Row>
      ),
    },
    {
      id: 'time',
      label: t(WORDS.time),
      cell: ({ occurred_at: at }) => <span className="nw">{`${f.shortDay(at)} · ${f.time(at)}`}</span>,
    },
    {
      id: 'branch',
      label: t(WORDS.branch),
      cell: ({ branch_id: id }) => (id === null ? '' : (branches.get(id) ?? '')),
    },
    {
      id: 'customer',
      label: t(WORDS.customer),
      cell: ({ customer, customer_id: id }) =>
        customer ? (
          <span className="nw">{customer.name ?? <Phone value={customer.phone} />}</span>
        ) : (
          <span className="dim">{t(id === null ? WORDS.noCustomer : WORDS.with)}</span>
        ),
    },
    {
      id: 'status',
      label: t(WORDS.status),
      cell: ({ status }) => <Chip tone={STATUS_TONES[status]}>{t(WORDS.statuses[status])}</Chip>,
    },
    {
      id: 'loyalty',
      label: t(WORDS.loyalty),
      cell: ({ reason_text: why, flags, kind, parked }) => {
        const [flag] = flags
        if (flag) return <span className="hand">{t(flag)}</span>
        if (kind === 'return') return parked ? <span className="hand">{t(WORDS.parked)}</span> : ''
        return why ? <span className="dim">{t(why)}</span> : <span className="good">{t(WORDS.earnedSome)}</span>
      },
    },
    { id: 'pos', label: t(WORDS.pos), hidden: true, cell: ({ pos }) => systems.get(pos) ?? pos },
    {
      id: 'total',
      label: t(WORDS.total),
      figure: true,
      cell: ({ total, kind }) => <Money minor={kind === 'return' ? -total : total} />,
    },
  ]
}
