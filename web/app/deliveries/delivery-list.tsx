// What points of sale sent and what came of it: failed, parked and unmatched ones need a hand.
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { Delivery } from '../../../contract/api/deliveries.ts'
import { useList } from '../../api/use-list.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { ChoiceFilter, ClearFilters, NoMatch } from '../../ui/filter-bar.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { useWords } from '../../words/use-words.ts'
import { useSystems } from '../connect/use-systems.ts'
import { PosFilter } from '../pos-filter.tsx'
import { type DeliveryFilters, RESULTS } from './delivery-filters.ts'
import { RESULT_TONES } from './tones.ts'
import { Unmatched } from './unmatched.tsx'
import { WORDS } from './words.ts'

export function DeliveryList() {
  const { t, f } = useWords()
  const given = useSearch({ from: '/shell/deliveries' })
  const navigate = useNavigate({ from: '/deliveries' })
  const systems = new Map(useSystems().map(({ pos, title }) => [pos, t(title)]))
  const list = useList<Delivery>('/deliveries', { result: given.result, pos: given.pos })
  const change = (changes: DeliveryFilters) =>
    void navigate({ search: (former) => ({ ...former, ...changes }), replace: true })
  const clear = () => change({ result: undefined, pos: undefined })
  const isNarrowed = given.result !== undefined || given.pos !== undefined
  return (
    <Page title={t(WORDS.deliveries)} {...(given.result && { subtitle: t(WORDS.meanings[given.result]) })}>
      <Unmatched />
      <DataTable
        id="deliveries"
        label={t(WORDS.deliveries)}
        list={list}
        rowKey={({ id }) => id}
        link={({ id }) => ({ to: '/deliveries/$id', params: { id } })}
        csv
        columns={[
          {
            id: 'received',
            label: t(WORDS.received),
            cell: ({ received_at: at }) => <b className="nw">{`${f.shortDay(at)} · ${f.time(at)}`}</b>,
          },
          {
            id: 'result',
            label: t(WORDS.result),
            cell: ({ result }) => <Chip tone={RESULT_TONES[result]}>{t(WORDS.results[result])}</Chip>,
          },
          { id: 'pos', label: t(WORDS.pos), cell: ({ pos }) => systems.get(pos) ?? pos },
          { id: 'event', label: t(WORDS.event), cell: ({ event }) => <bdi className="ltr">{event}</bdi> },
          {
            id: 'reason',
            label: t(WORDS.reason),
            cell: ({ reason, error }) => <bdi className="ltr dim">{error ?? reason}</bdi>,
          },
        ]}
        filters={
          <>
            <ChoiceFilter
              label={t(WORDS.result)}
              value={given.result}
              options={RESULTS.map((value) => ({ value, label: t(WORDS.results[value]) }))}
              onChange={(result) => change({ result })}
            />
            <PosFilter value={given.pos} onChange={(pos) => change({ pos })} />
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
                <ButtonLink to="/connect" variant="primary">
                  {t(WORDS.connect)}
                </ButtonLink>
              }
            >
              {t(WORDS.noneText)}
            </Empty>
          )
        }
      />
    </Page>
  )
}
