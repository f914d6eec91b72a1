// The customers of the business: search, segments, filters in the URL, and the same rows as CSV.
import { IconAdjustmentsHorizontal, IconUserPlus } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { CustomerInList } from '../../../contract/api/customers.ts'
import { SEGMENT_NAMES, SEGMENTS } from '../../../contract/segments.ts'
import { useList } from '../../api/use-list.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { ChoiceFilter, ClearFilters, NoMatch, SearchFilter } from '../../ui/filter-bar.tsx'
import { Row } from '../../ui/layout.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { Ago, Day, Money, Phone, Units } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import { useScope } from '../use-scope.ts'
import { type CustomerFilters, countFilters, customerQuery, nextSort, type Sort } from './customer-filters.ts'
import { WORDS } from './words.ts'

const FilterDialog = lazy(() => import('./filter-dialog.tsx').then((file) => ({ default: file.FilterDialog })))
const AddDialog = lazy(() => import('./add-dialog.tsx').then((file) => ({ default: file.AddDialog })))

export function CustomerList() {
  const { t } = useWords()
  const { can, masks_phones: isMasked } = useBusiness()
  const { branch } = useScope()
  const given = useSearch({ from: '/shell/customers' })
  const navigate = useNavigate({ from: '/customers' })
  const [dialog, setDialog] = useState<'filters' | 'add' | null>(null)
  const list = useList<CustomerInList>('/customers', customerQuery(given, branch))
  const change = (changes: CustomerFilters) =>
    void navigate({ search: (former) => ({ ...former, ...changes }), replace: true })
  const clear = () => void navigate({ search: { branch: undefined } })
  const segment = given.segment && SEGMENTS[given.segment]
  const isNarrowed = given.q !== undefined || segment !== undefined || branch !== undefined || countFilters(given) > 0
  return (
    <Page
      title={t(WORDS.customers)}
      {...(segment && { subtitle: t(segment.meaning) })}
      actions={
        can('customers:write') && (
          <Button icon={IconUserPlus} onClick={() => setDialog('add')}>
            {t(WORDS.add)}
          </Button>
        )
      }
    >
      <DataTable
        id="customers"
        label={t(WORDS.customers)}
        columns={useColumns(given, change)}
        list={list}
        rowKey={({ id }) => id}
        link={({ id }) => ({ to: '/customers/$id', params: { id } })}
        csv
        filters={
          <>
            <SearchFilter
              placeholder={t(isMasked ? WORDS.searchName : WORDS.search)}
              value={given.q}
              onChange={(q) => change({ q })}
            />
            <ChoiceFilter
              label={t(WORDS.segment)}
              value={given.segment}
              options={SEGMENT_NAMES.map((value) => ({ value, label: t(SEGMENTS[value].name) }))}
              onChange={(value) => change({ segment: value })}
            />
            <Button size="small" icon={IconAdjustmentsHorizontal} onClick={() => setDialog('filters')}>
              {t(WORDS.filters)}
              {countFilters(given) > 0 && ` (${countFilters(given)})`}
            </Button>
            {isNarrowed && <ClearFilters onClear={clear} />}
          </>
        }
        empty={
          isNarrowed ? (
            <NoMatch title={t(WORDS.noMatch)} isPart={list.hasMore} onClear={clear} />
          ) : (
            <Empty
              title={t(WORDS.noneTitle)}
              action={
                can('customers:write') && (
                  <Button variant="primary" icon={IconUserPlus} onClick={() => setDialog('add')}>
                    {t(WORDS.add)}
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
        {dialog === 'filters' && (
          <FilterDialog
            given={given}
            onApply={(changes) => {
              setDialog(null)
              change(changes)
            }}
            onClose={() => setDialog(null)}
          />
        )}
        {dialog === 'add' && <AddDialog onClose={() => setDialog(null)} />}
      </Suspense>
    </Page>
  )
}

function useColumns(given: CustomerFilters, change: (changes: CustomerFilters) => void): Column<CustomerInList>[] {
  const { t, f } = useWords()
  // A search is always sorted by the newest.
  const sort = (by: Sort): Pick<Column<CustomerInList>, 'sort'> => {
    if (given.q !== undefined) return {}
    const direction =
      given.sort !== by ? null : given.order === 'asc' ? ('ascending' as const) : ('descending' as const)
    return { sort: { direction, onSort: () => change({ sort: undefined, order: undefined, ...nextSort(given, by) }) } }
  }
  return [
    {
      id: 'name',
      label: t(WORDS.customer),
      cell: ({ name, blacklisted }) => (
        <Row>
          <b className="nw">{name ?? t(WORDS.unnamed)}</b>
          {blacklisted && <Chip tone="fail">{t(WORDS.blacklisted)}</Chip>}
        </Row>
      ),
    },
    { id: 'phone', label: t(WORDS.mobile), cell: ({ phone }) => <Phone value={phone} /> },
    {
      id: 'visits',
      label: t(WORDS.visits),
      figure: true,
      ...sort('visits'),
      cell: ({ figures }) => f.number(figures?.visits ?? 0),
    },
    {
      id: 'spend',
      label: t(WORDS.spend),
      figure: true,
      ...sort('spend'),
      cell: ({ figures }) => <Money minor={figures?.spend ?? 0} />,
    },
    {
      id: 'last',
      label: t(WORDS.lastVisit),
      ...sort('last_visit'),
      cell: ({ figures }) =>
        figures?.last_visit_at ? <Ago value={figures.last_visit_at} /> : <span className="dim">{t(WORDS.never)}</span>,
    },
    {
      id: 'balances',
      label: t(WORDS.balances),
      ...(given.program === undefined ? {} : sort('balance')),
      cell: ({ balances }) => {
        const held = balances.filter(({ available, program_id: id }) => available !== 0 || id === given.program)
        if (held.length === 0) return <span className="dim">{t(WORDS.noBalance)}</span>
        return (
          <span className="nw">
            {held.map(({ program_id: id, program_type: type, available }, index) => (
              <span key={id}>
                {index > 0 && ' · '}
                <Units type={type} units={available} />
              </span>
            ))}
          </span>
        )
      },
    },
    {
      id: 'segments',
      label: t(WORDS.segments),
      cell: ({ figures }) => (
        <Row gap={4}>
          {figures?.segments.map((one) => (
            <Chip key={one} tone={TONES[one]}>
              {t(SEGMENTS[one].person)}
            </Chip>
          ))}
        </Row>
      ),
    },
    {
      id: 'joined',
      label: t(WORDS.joined),
      hidden: true,
      ...sort('joined'),
      cell: ({ created_at: at }) => <Day value={at} />,
    },
  ]
}

const TONES = {
  new: 'note',
  regular: 'good',
  almost_there: 'note',
  ready: 'good',
  quiet: 'neutral',
  at_risk: 'hand',
  gone: 'fail',
} as const
