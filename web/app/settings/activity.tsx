// Settings › Activity: who changed what, when and from where, before and after.
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { ACTIVITY_KINDS, KIND_NAMES, operationText } from '../../../contract/activity/operations.ts'
import type { ActivityActor, Activity as Entry } from '../../../contract/api/activity.ts'
import { api } from '../../api/client.ts'
import { useList } from '../../api/use-list.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { ChoiceFilter, ClearFilters, FlagFilter, NoMatch } from '../../ui/filter-bar.tsx'
import { BackLink, Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { useWords } from '../../words/use-words.ts'
import { nameOf } from '../business.tsx'
import { periodOf } from '../scope.ts'
import { useScope } from '../use-scope.ts'
import { ACTIVITY as WORDS } from './activity.words.ts'
import { ActivityEntry } from './activity-entry.tsx'
import type { ActivityFilters } from './activity-filters.ts'
import { SETTINGS } from './settings.tsx'
import { useChanges } from './use-changes.ts'

export function Activity() {
  const { t, f, language, setting } = useWords()
  const given = useSearch({ from: '/shell/settings/activity' })
  const navigate = useNavigate({ from: '/settings/activity' })
  const { from, to } = periodOf(useScope(), setting.zone, new Date())
  const { actor, kind, subject } = given
  const list = useList<Entry>('/activity', { actor, kind, subject, from, to })
  const actors = useQuery({
    queryKey: ['/activity/actors'],
    queryFn: ({ signal }) => api.get<{ data: ActivityActor[] }>('/activity/actors', { signal }),
    staleTime: 60_000,
  })
  const changesOf = useChanges()
  const change = (changes: ActivityFilters) =>
    void navigate({ search: (former) => ({ ...former, ...changes }), replace: true })
  const clear = () => change({ actor: undefined, kind: undefined, subject: undefined })
  const isNarrowed = actor !== undefined || kind !== undefined || subject !== undefined
  const open = list.items?.find(({ id }) => id === given.entry)
  return (
    <Page title={t(WORDS.title)} subtitle={t(WORDS.subtitle)} back={<BackLink to="/settings">{t(SETTINGS)}</BackLink>}>
      <DataTable
        id="activity"
        label={t(WORDS.title)}
        list={list}
        rowKey={({ id }) => id}
        link={({ id }) => ({ to: '/settings/activity', search: (former: object) => ({ ...former, entry: id }) })}
        csv
        columns={[
          {
            id: 'what',
            label: t(WORDS.what),
            cell: ({ operation, subject_name: name }) => (
              <>
                <b>{t(operationText(operation))}</b>
                {name && <span className="dim"> · {t(nameOf(name))}</span>}
              </>
            ),
          },
          { id: 'who', label: t(WORDS.who), cell: (entry) => entry.actor_name ?? t(WORDS.unknown) },
          {
            id: 'when',
            label: t(WORDS.when),
            cell: ({ at }) => <span className="nw">{`${f.shortDay(at)} · ${f.time(at)}`}</span>,
          },
          {
            id: 'changes',
            label: t(WORDS.changes),
            cell: (entry) => {
              const { changes, rest } = changesOf(entry)
              const more = Math.max(0, changes.length - 1) + rest
              const [first] = changes
              if (!first) return <span className="dim">—</span>
              const { label, before, after } = first
              return (
                <span className="dim">
                  {label}: {before !== null && <bdi>{short(before)}</bdi>}
                  {before !== null && (language === 'ar' ? ' ← ' : ' → ')}
                  <bdi>{short(after)}</bdi>
                  {more > 0 && ` +${f.number(more)}`}
                </span>
              )
            },
          },
          { id: 'from', label: t(WORDS.from), cell: ({ address }) => <bdi className="ltr dim">{address}</bdi> },
        ]}
        filters={
          <>
            <ChoiceFilter
              label={t(WORDS.who)}
              value={actor}
              options={(actors.data?.data ?? []).map((one) => ({
                value: `${one.actor.kind}:${one.actor.id}`,
                label: one.actor.kind === 'key' ? `${t(WORDS.key)}: ${one.name ?? ''}` : (one.name ?? t(WORDS.unknown)),
              }))}
              onChange={(value) => change({ actor: value })}
            />
            <ChoiceFilter
              label={t(WORDS.kind)}
              value={kind}
              options={ACTIVITY_KINDS.map((value) => ({ value, label: t(KIND_NAMES[value]) }))}
              onChange={(value) => change({ kind: value })}
            />
            {subject !== undefined && (
              <FlagFilter label={t(WORDS.subject)} value onChange={() => change({ subject: undefined })} />
            )}
            {isNarrowed && <ClearFilters onClear={clear} />}
          </>
        }
        empty={
          isNarrowed ? (
            <NoMatch title={t(WORDS.noMatch)} onClear={clear} />
          ) : (
            <Empty title={t(WORDS.noneTitle)}>{t(WORDS.noneText)}</Empty>
          )
        }
      />
      {open && (
        <ActivityEntry
          entry={open}
          onClose={() => change({ entry: undefined })}
          onSubject={() => change({ entry: undefined, subject: open.subject ?? undefined })}
        />
      )}
    </Page>
  )
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
