// One program: its state and figures, its versions with what changed, start, schedule, end, and tests
// on past orders.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { BackTest } from '../../../contract/api/back-tests.ts'
import type { ProgramInFull, ProgramTotals, ProgramVersion } from '../../../contract/api/programs.ts'
import { changesBetween } from '../../../contract/program/changes.ts'
import { api } from '../../api/client.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { useSend } from '../../ui/form.tsx'
import { ProgramGlyph } from '../../ui/glyph.tsx'
import { Column, Grid, Row, Stack } from '../../ui/layout.tsx'
import { BackLink, Page } from '../../ui/page.tsx'
import { Failed, QueryView } from '../../ui/states.tsx'
import { Units } from '../../ui/values.tsx'
import { moneyText } from '../../words/units.ts'
import { useWords } from '../../words/use-words.ts'
import { nameOf, useBusiness } from '../business.tsx'
import { BackTestStarter } from './back-test-starter.tsx'
import { type Act, LifecycleDialog } from './lifecycle-dialog.tsx'
import css from './programs.module.css'
import { backTestsQuery, programQuery } from './queries.ts'
import { stateOf, TYPES } from './words.ts'

const route = getRouteApi('/shell/programs/$id')

export function ProgramScreen() {
  const { id } = route.useParams()
  const query = useQuery(programQuery(id))
  return <QueryView query={query}>{(data) => <Shown {...data} />}</QueryView>
}

function Shown({ program, totals }: { program: ProgramInFull; totals: ProgramTotals }) {
  const { t } = useWords()
  const { can } = useBusiness()
  const [act, setAct] = useState<Act | null>(null)
  const state = stateOf(program)
  const mayWrite = can('programs:write')
  return (
    <Page
      title={t(nameOf(program.name))}
      subtitle={t(TYPES[program.type])}
      picture={<ProgramGlyph type={program.type} size="large" />}
      chips={<Chip tone={state.tone}>{t(state.text)}</Chip>}
      back={<BackLink to="/programs">{t(WORDS.programs)}</BackLink>}
      actions={
        mayWrite && program.status !== 'ended' ? (
          <>
            <Button variant="danger" onClick={() => setAct('end')}>
              {t(WORDS.end)}
            </Button>
            <ButtonLink
              to="/programs/$id/edit"
              params={{ id: program.id }}
              variant={program.status === 'draft' ? 'plain' : 'primary'}
            >
              {t(WORDS.change)}
            </ButtonLink>
            {program.status === 'draft' && (
              <Button variant="primary" onClick={() => setAct('activate')}>
                {t(WORDS.start)}
              </Button>
            )}
          </>
        ) : undefined
      }
    >
      <Grid>
        <Column span={8}>
          <Stack gap={20}>
            <Card title={t(WORDS.versions)}>
              <Versions program={program} />
            </Card>
          </Stack>
        </Column>
        <Column span={4}>
          <Stack gap={20}>
            <Totals program={program} totals={totals} />
            <BackTests program={program} mayWrite={mayWrite} />
          </Stack>
        </Column>
      </Grid>
      {act && <LifecycleDialog act={act} program={program} holders={totals.holders} onClose={() => setAct(null)} />}
    </Page>
  )
}

function Versions({ program: { versions } }: { program: ProgramInFull }) {
  const { t, f, setting } = useWords()
  const money = (minor: number) => moneyText(minor, setting.currency)
  return (
    <ol className={css.versions}>
      {versions.map((version, index) => {
        const before = versions[index + 1]
        const changes = before ? changesBetween(before.definition, version.definition, money) : []
        return (
          <li key={version.version}>
            <Row gap={8} wrap>
              <b>{t(WORDS.version(version.version))}</b>
              {forceOf(version, f.moment).map((text) => (
                <Chip key={text.en} tone="note">
                  {t(text)}
                </Chip>
              ))}
              <span className="dim sm">{f.moment(version.created_at)}</span>
            </Row>
            {before ? (
              <ul className={css.changes}>
                {changes.map((change) => (
                  <li key={change.pointer}>{t(change)}</li>
                ))}
                {changes.length === 0 && <li className="dim">{t(WORDS.same)}</li>}
              </ul>
            ) : (
              <p className="dim">{t(WORDS.first)}</p>
            )}
          </li>
        )
      })}
    </ol>
  )
}

function forceOf({ in_force }: ProgramVersion, moment: (when: string) => string) {
  return in_force.map(({ from, until }) => ({
    en: until === null ? `From ${moment(from)}` : `${moment(from)} to ${moment(until)}`,
    ar: until === null ? `من ${moment(from)}` : `من ${moment(from)} إلى ${moment(until)}`,
  }))
}

function Totals({ program, totals }: { program: ProgramInFull; totals: ProgramTotals }) {
  const { t, f } = useWords()
  const units = (count: number) => <Units type={program.type} units={count} />
  const rows = [
    [WORDS.issued, units(totals.issued)],
    [WORDS.redeemed, units(totals.redeemed)],
    [WORDS.expired, units(totals.expired)],
    [WORDS.outstanding, units(totals.outstanding)],
    [WORDS.holders, f.number(totals.holders)],
  ] as const
  return (
    <Card title={t(WORDS.figures)}>
      <dl className={css.facts}>
        {rows.map(([label, value]) => [<dt key={label.en}>{t(label)}</dt>, <dd key={`${label.en}-value`}>{value}</dd>])}
      </dl>
    </Card>
  )
}

function BackTests({ program, mayWrite }: { program: ProgramInFull; mayWrite: boolean }) {
  const { t, f } = useWords()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const list = useQuery(backTestsQuery(program.id))
  const [days, setDays] = useState(90)
  const start = useSend(() => api.post<BackTest>(`/programs/${program.id}/back-tests`, { days }))
  return (
    <Card title={t(WORDS.tests)}>
      <Stack gap={12}>
        <p className="sub">{t(WORDS.testsText)}</p>
        {mayWrite && (
          <BackTestStarter
            days={days}
            onDays={setDays}
            busy={start.isBusy}
            onStart={async () => {
              const made = await start.send()
              if (!made) return
              await queries.invalidateQueries({ queryKey: ['back-tests', program.id] })
              await navigate({ to: '/back-tests/$id', params: { id: made.id } })
            }}
          />
        )}
        {start.error != null && <Failed error={start.error} isWrite />}
        <ul className={css.people}>
          {(list.data?.data ?? []).map((one) => (
            <li key={one.id}>
              <Link to="/back-tests/$id" params={{ id: one.id }} className="link">
                {f.shortDay(one.from)} – {f.shortDay(one.to)}
              </Link>
              <span className="dim">{one.version === null ? t(WORDS.draft) : t(WORDS.version(one.version))}</span>
            </li>
          ))}
        </ul>
      </Stack>
    </Card>
  )
}

const WORDS = {
  programs: { en: 'Programs', ar: 'البرامج' },
  end: { en: 'End', ar: 'إنهاء' },
  change: { en: 'Change', ar: 'تعديل' },
  start: { en: 'Start', ar: 'تفعيل' },
  versions: { en: 'Versions', ar: 'الإصدارات' },
  version: (number: number) => ({ en: `Version ${number}`, ar: `الإصدار ${number}` }),
  draft: { en: 'Unsaved draft', ar: 'مسودة غير محفوظة' },
  same: { en: 'Nothing changed.', ar: 'لم يتغيّر شيء.' },
  first: { en: 'The first version.', ar: 'الإصدار الأول.' },
  figures: { en: 'Until now', ar: 'حتى الآن' },
  issued: { en: 'Given', ar: 'الممنوح' },
  redeemed: { en: 'Redeemed', ar: 'المستبدل' },
  expired: { en: 'Expired', ar: 'منتهي الصلاحية' },
  outstanding: { en: 'Customers hold', ar: 'رصيد العملاء' },
  holders: { en: 'Customers with a balance', ar: 'عملاء لهم رصيد' },
  tests: { en: 'Try it on past orders', ar: 'جرّبه على الطلبات السابقة' },
  testsText: {
    en: 'What the latest version would have given, beside what was really given. Nothing is written.',
    ar: 'ما كان سيمنحه آخر إصدار مقارنة بما مُنح فعلًا. لا يُكتب شيء.',
  },
}
