// The figures of Home: today in four tiles, visits of two weeks, and what each program gave and owes.
import { useQuery } from '@tanstack/react-query'
import type { HomeFigures } from '../../../contract/api/reports.ts'
import { homeQuery } from '../../api/home.ts'
import { Card } from '../../ui/card.tsx'
import { type Bar, BarChart } from '../../ui/charts/bar-chart.tsx'
import { ChartCard } from '../../ui/charts/chart-card.tsx'
import { ProgramGlyph } from '../../ui/glyph.tsx'
import { QueryView } from '../../ui/states.tsx'
import { Tile, Tiles } from '../../ui/tile.tsx'
import { Money, Units } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import { useScope } from '../use-scope.ts'
import { expectedVisits, shareOfCustomers } from './compare.ts'
import css from './figures.module.css'
import { WORDS } from './figures.words.ts'

function useHome() {
  return useQuery(homeQuery(useScope().branch))
}

export function HomeTiles() {
  return <QueryView query={useHome()}>{(figures) => <TilesOf {...figures} />}</QueryView>
}

function TilesOf({ today, same_weekday: last, weekdays, programs }: HomeFigures) {
  const { t, f } = useWords()
  const weekday = (day: string) => f.weekday(day)
  const more = today.customer_visits - last.until_now.customer_visits
  const given = programs.reduce((sum, { earned_amount }) => sum + (earned_amount ?? 0), 0)
  const used = programs.reduce((sum, { redeemed_amount }) => sum + (redeemed_amount ?? 0), 0)
  return (
    <Tiles columns={2}>
      <Tile
        label={t(WORDS.customerVisits)}
        value={f.number(today.customer_visits)}
        comparison={
          <>
            <b className={more > 0 ? 'good' : undefined}>{t(WORDS.more(more, f.number(Math.abs(more))))}</b>{' '}
            {t(WORDS.lastByNow(weekday(last.day)))}
          </>
        }
        bars={weekdays.map(({ customer_visits }) => customer_visits)}
      />
      <Tile
        label={t(WORDS.newCustomers)}
        value={f.number(today.new_customers ?? 0)}
        comparison={t(WORDS.lastWhole(weekday(last.day), f.number(last.whole_day.new_customers ?? 0)))}
        bars={weekdays.map(({ new_customers }) => new_customers ?? 0)}
      />
      <Tile
        label={t(WORDS.basket)}
        value={today.customer_basket === null ? '–' : <Money minor={today.customer_basket} />}
        comparison={
          today.other_basket !== null && (
            <>
              {t(WORDS.others)} <Money minor={today.other_basket} />
            </>
          )
        }
        bars={weekdays.map(({ customer_basket }) => customer_basket ?? 0)}
      />
      <Tile
        label={t(WORDS.given)}
        value={<Money minor={given} whole={given >= 100_000} />}
        comparison={
          <>
            {t(WORDS.used)} <Money minor={used} />
          </>
        }
      />
    </Tiles>
  )
}

export function HomeVisits() {
  return <QueryView query={useHome()}>{(figures) => <VisitsOf {...figures} />}</QueryView>
}

const DAYS = 14

function VisitsOf(figures: HomeFigures) {
  const { t, f } = useWords()
  const [before, days] = [figures.days.slice(0, DAYS), figures.days.slice(-DAYS)]
  const [share, was] = [shareOfCustomers(days), shareOfCustomers(before)]
  const expected = expectedVisits(figures)
  const series = [
    { label: t(WORDS.customers), tone: 'd1' },
    { label: t(WORDS.otherVisits), tone: 'd2' },
  ] as const
  const bars = days.map(({ day, customer_visits, other_visits }): Bar => {
    const isToday = day === figures.today.day
    return {
      key: day,
      label: isToday ? t(WORDS.today) : f.number(Number(day.slice(8))),
      name: f.fullDay(day),
      values: [customer_visits, other_visits],
      ...(isToday && { strong: true }),
      ...(isToday && expected !== null && { expected }),
    }
  })
  return (
    <ChartCard
      title={t(WORDS.visitsADay)}
      sentence={
        share === null ? (
          t(WORDS.noVisits)
        ) : (
          <>
            {t(WORDS.share)} <b>{t(WORDS.ofHundred(f.number(share)))}</b>
            {was === null ? '.' : t(WORDS.change(share - was, f.number(Math.abs(share - was))))}
          </>
        )
      }
      series={series}
      table={{
        columns: [t(WORDS.day), t(WORDS.customers), t(WORDS.otherVisits), t(WORDS.sales)],
        rows: days.map(({ day, customer_visits, other_visits, amount }) => [
          f.fullDay(day),
          f.number(customer_visits),
          f.number(other_visits),
          <Money key="sales" minor={amount} />,
        ]),
      }}
    >
      <BarChart label={t(WORDS.visitsADay)} bars={bars} series={series} />
    </ChartCard>
  )
}

export function HomePrograms() {
  return <QueryView query={useHome()}>{(figures) => <ProgramsOf {...figures} />}</QueryView>
}

function ProgramsOf({ programs, customers, outstanding_amount }: HomeFigures) {
  const { t, f } = useWords()
  return (
    <Card title={t(WORDS.owed)} action={<Money minor={outstanding_amount} whole={outstanding_amount >= 100_000} />}>
      <p className={css.sentence}>
        {t(WORDS.customersNow(f.number(customers.total), f.number(customers.active), f.number(customers.at_risk)))}
      </p>
      {programs.length > 0 && (
        <ul className={css.programs}>
          {programs.map((one) => (
            <li key={one.program_id}>
              <ProgramGlyph type={one.program_type} />
              <div>
                <b>{t(one.program_name)}</b>
                <span className="sub sm">
                  {t(WORDS.todayEarned)} <Units type={one.program_type} units={one.earned} /> · {t(WORDS.todayRedeemed)}{' '}
                  <Units type={one.program_type} units={one.redeemed} /> · {t(WORDS.todayExpired)}{' '}
                  <Units type={one.program_type} units={one.expired} />
                </span>
              </div>
              <div className={css.amount}>
                <Units type={one.program_type} units={one.outstanding} />
                {one.program_type !== 'cashback' && one.outstanding_amount !== null && (
                  <span className="sub sm">
                    <Money minor={one.outstanding_amount} />
                  </span>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
