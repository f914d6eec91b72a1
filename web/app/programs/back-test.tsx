// A draft on past orders: first the sentence, then the figures, the days, weekdays, branches, and who
// gets more or less. While it runs, its progress.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { BackTestInFull } from '../../../contract/api/back-tests.ts'
import type { ProgramInFull, ProgramTotals } from '../../../contract/api/programs.ts'
import { changesBetween } from '../../../contract/program/changes.ts'
import type { ProgramType } from '../../../contract/program.ts'
import { api } from '../../api/client.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { AreaChart } from '../../ui/charts/area-chart.tsx'
import { ChartCard } from '../../ui/charts/chart-card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Column, Grid, Stack } from '../../ui/layout.tsx'
import { BackLink, Page } from '../../ui/page.tsx'
import { Empty, QueryView } from '../../ui/states.tsx'
import { Tile, Tiles } from '../../ui/tile.tsx'
import { Money, Units } from '../../ui/values.tsx'
import { moneyText } from '../../words/units.ts'
import { useWords } from '../../words/use-words.ts'
import { nameOf, useBusiness } from '../business.tsx'
import { SUNDAY_FIRST, WEEKDAYS, WORDS } from './back-test.words.ts'
import { changeOf, periodsOf, sentenceOf } from './back-test-figures.ts'
import css from './programs.module.css'
import { backTestQuery, programQuery } from './queries.ts'

const ApplyDialog = lazy(() => import('./apply-dialog.tsx').then((file) => ({ default: file.ApplyDialog })))

const route = getRouteApi('/shell/back-tests/$id')

type Result = NonNullable<BackTestInFull['result']>

export function BackTestScreen() {
  const { id } = route.useParams()
  const query = useQuery(backTestQuery(id))
  return <QueryView query={query}>{(test) => <OfProgram test={test} />}</QueryView>
}

function OfProgram({ test }: { test: BackTestInFull }) {
  const query = useQuery(programQuery(test.program_id))
  return <QueryView query={query}>{(data) => <Shown {...data} test={test} />}</QueryView>
}

interface ShownProps {
  program: ProgramInFull
  totals: ProgramTotals
  test: BackTestInFull
}

function Shown({ program, totals, test }: ShownProps) {
  const { t, f, setting } = useWords()
  const { can } = useBusiness()
  const [isApplying, setApplying] = useState(false)
  const money = (minor: number) => moneyText(minor, setting.currency)
  const changes = changesBetween(program.versions[0]?.definition, test.definition, money)
  const mayChange = program.status !== 'ended' && can('programs:write')
  // What is in force, or scheduled already, needs no start.
  const isNew = program.status === 'draft' || changes.length > 0
  const { id } = program
  const seconds =
    test.started_at && test.finished_at ? (Date.parse(test.finished_at) - Date.parse(test.started_at)) / 1000 : null
  const what = test.version === null ? t(WORDS.draft) : t(WORDS.version(test.version))
  return (
    <Page
      title={t(WORDS.title)}
      subtitle={[
        what,
        `${f.day(test.from)} – ${f.day(test.to)}`,
        test.orders === null ? '' : t(WORDS.orders(test.orders)),
        test.status === 'done' && seconds !== null ? t(WORDS.seconds(f.number(seconds, 1))) : '',
      ]
        .filter(Boolean)
        .join(' · ')}
      back={
        <BackLink to="/programs/$id" params={{ id }}>
          {t(nameOf(program.name))}
        </BackLink>
      }
      actions={
        mayChange ? (
          <>
            <ButtonLink
              to="/programs/$id/edit"
              params={{ id }}
              {...(changes.length > 0 && { search: { draft: test.id } })}
            >
              {t(test.version === null ? WORDS.changeDraft : WORDS.change)}
            </ButtonLink>
            {test.result && isNew && (
              <Button variant="primary" onClick={() => setApplying(true)}>
                {t(program.status === 'draft' ? WORDS.start : WORDS.apply)}
              </Button>
            )}
          </>
        ) : undefined
      }
    >
      {isApplying && (
        <Suspense>
          <ApplyDialog
            program={program}
            definition={test.definition}
            changes={changes}
            holders={totals.holders}
            onClose={() => setApplying(false)}
          />
        </Suspense>
      )}
      {test.result ? <Outcome program={program} result={test.result} /> : <Pending test={test} />}
    </Page>
  )
}

function Pending({ test }: { test: BackTestInFull }) {
  const { t, f } = useWords()
  const queries = useQueryClient()
  if (test.status === 'cancelled') return <Empty title={t(WORDS.cancelled)} />
  if (test.status === 'failed') {
    return <Empty title={t(WORDS.failed)}>{t(test.problem === 'too_many_orders' ? WORDS.tooMany : WORDS.error)}</Empty>
  }
  const cancel = async () => {
    await api.post(`/back-tests/${test.id}/cancel`)
    await queries.invalidateQueries({ queryKey: ['back-test', test.id] })
  }
  const share = test.orders ? test.assessed / test.orders : 0
  return (
    <Card title={t(test.status === 'waiting' ? WORDS.waiting : WORDS.running)}>
      <Stack gap={12}>
        <div
          className={css.progress}
          role="progressbar"
          aria-label={t(WORDS.running)}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(share * 100)}
        >
          <i style={{ inlineSize: `${share * 100}%` }} />
        </div>
        <p className="dim">{f.percent(share)}</p>
        <div>
          <Button onClick={() => void cancel()}>{t(WORDS.cancel)}</Button>
        </div>
      </Stack>
    </Card>
  )
}

function Outcome({ program, result }: { program: ProgramInFull; result: Result }) {
  const { t, f, setting } = useWords()
  const { type } = program
  const units = (count: number) => <Units type={type} units={count} />
  const { worth, more, less } = result
  return (
    <Stack gap={20}>
      <Card title={t(sentenceOf(result, type, setting.currency))} action={<Chip>{t(WORDS.nothingWritten)}</Chip>}>
        <Tiles>
          <Tile
            label={t(WORDS.given)}
            value={units(result.tested)}
            comparison={
              <>
                {t(WORDS.was)} {units(result.actual)}
              </>
            }
          />
          <Tile
            label={t(WORDS.worth)}
            value={worth ? <Money minor={worth.tested} whole /> : '–'}
            comparison={
              worth ? (
                <>
                  {t(WORDS.was)} <Money minor={worth.actual} whole />
                </>
              ) : (
                t(WORDS.noWorth)
              )
            }
          />
          <Tile label={t(WORDS.more)} value={f.number(more.customers)} comparison={<Average of={more} type={type} />} />
          <Tile label={t(WORDS.less)} value={f.number(less.customers)} comparison={<Average of={less} type={type} />} />
        </Tiles>
      </Card>
      <Grid>
        <Column span={8}>
          <Periods result={result} type={type} />
        </Column>
        <Column span={4}>
          <Card title={t(WORDS.weekdays)}>
            <Bars
              rows={SUNDAY_FIRST.map((day) => {
                const part = result.weekdays.find(({ weekday }) => weekday === day)
                return { label: t(WEEKDAYS[day]), actual: part?.actual ?? 0, tested: part?.tested ?? 0 }
              })}
            />
          </Card>
        </Column>
        <Column span={6}>
          <Card title={t(WORDS.branches)}>
            <Bars
              rows={result.branches.slice(0, 10).map(({ branch_name, branch_name_ar, ...part }) => ({
                label: branch_name === null ? t(WORDS.noBranch) : t(nameOf({ en: branch_name, ar: branch_name_ar })),
                ...part,
              }))}
            />
          </Card>
        </Column>
        <Column span={6}>
          <Stack gap={20}>
            <People title={t(WORDS.whoLess)} rows={less.greatest} type={type} />
            <People title={t(WORDS.whoMore)} rows={more.greatest} type={type} />
          </Stack>
        </Column>
      </Grid>
    </Stack>
  )
}

function Periods({ result, type }: { result: Result; type: ProgramType }) {
  const { t, f } = useWords()
  const periods = periodsOf(result.days)
  const series = [
    { label: t(WORDS.tested), tone: 'd1' as const },
    { label: t(WORDS.actual), tone: 'd2' as const },
  ]
  const isWeeks = periods.length < result.days.length
  return (
    <ChartCard
      title={t(isWeeks ? WORDS.byWeek : WORDS.byDay)}
      series={series}
      table={{
        columns: [t(WORDS.from), ...series.map(({ label }) => label)],
        rows: periods.map(({ from, tested, actual }) => [
          f.shortDay(from),
          <Units key="tested" type={type} units={tested} />,
          <Units key="actual" type={type} units={actual} />,
        ]),
      }}
    >
      <AreaChart
        label={t(isWeeks ? WORDS.byWeek : WORDS.byDay)}
        series={series}
        points={periods.map(({ from, tested, actual }) => ({
          key: from,
          label: f.shortDay(from),
          values: [tested, actual],
        }))}
      />
    </ChartCard>
  )
}

function Bars({ rows }: { rows: readonly { label: string; actual: number; tested: number }[] }) {
  const { t, f } = useWords()
  const changes = rows.map(changeOf)
  const most = Math.max(0.01, ...changes.map((change) => Math.abs(change ?? 0)))
  if (rows.length === 0) return <p className="dim">{t(WORDS.none)}</p>
  return (
    <div className={css.bars}>
      {rows.map(({ label }, index) => {
        const change = changes[index] ?? null
        return (
          <div key={label} className={css.bar}>
            <span>{label}</span>
            <i aria-hidden="true">
              <b
                data-less={(change ?? 0) < 0 || undefined}
                style={{ inlineSize: `${(Math.abs(change ?? 0) / most) * 100}%` }}
              />
            </i>
            <span className="ltr">{change === null ? '–' : `${change > 0 ? '+' : ''}${f.percent(change)}`}</span>
          </div>
        )
      })}
    </div>
  )
}

function People({ title, rows, type }: { title: string; rows: Result['more']['greatest']; type: ProgramType }) {
  const { t, f } = useWords()
  return (
    <Card title={title}>
      {rows.length === 0 ? (
        <p className="dim">{t(WORDS.nobody)}</p>
      ) : (
        <ul className={css.people}>
          {rows.slice(0, 8).map(({ customer_id, customer_name, actual, tested }) => (
            <li key={customer_id}>
              <Link to="/customers/$id" params={{ id: customer_id }}>
                <b>{customer_name ?? t(WORDS.unnamed)}</b>
              </Link>
              <span className="dim">
                <Units type={type} units={actual} /> {t(WORDS.arrow)} <Units type={type} units={tested} />
              </span>
              <b className="ltr">
                {type === 'cashback' ? <Money minor={tested - actual} signed /> : f.signed(tested - actual)}
              </b>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function Average({ of: { customers, units }, type }: { of: Result['more']; type: ProgramType }) {
  const { t } = useWords()
  if (customers === 0) return t(WORDS.noCustomer)
  return (
    <>
      <Units type={type} units={Math.round(units / customers)} /> {t(WORDS.onAverage)}
    </>
  )
}
