// Programs: one card for each, with its state and what customers hold in it.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Program, ProgramTotals } from '../../../contract/api/programs.ts'
import { api } from '../../api/client.ts'
import type { Page as ListPage } from '../../api/queries.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { ProgramGlyph } from '../../ui/glyph.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, QueryView } from '../../ui/states.tsx'
import { Units } from '../../ui/values.tsx'
import { plural } from '../../words/text.ts'
import { useWords } from '../../words/use-words.ts'
import { nameOf, useBusiness } from '../business.tsx'
import css from './programs.module.css'
import { stateOf, TYPES } from './words.ts'

export function ProgramList() {
  const { t } = useWords()
  const { can } = useBusiness()
  const query = useQuery({ queryKey: ['programs'], queryFn: ({ signal }) => load(signal) })
  const add = can('programs:write') && (
    <ButtonLink to="/programs/new" variant="primary">
      {t(WORDS.add)}
    </ButtonLink>
  )
  return (
    <Page title={t(WORDS.title)} subtitle={t(WORDS.subtitle)} actions={add || undefined}>
      <QueryView query={query}>
        {({ programs, totals }) =>
          programs.length === 0 ? (
            <Empty title={t(WORDS.none)} action={add || undefined}>
              {t(WORDS.noneYet)}
            </Empty>
          ) : (
            <ul className={css.cards}>
              {programs.map((program) => (
                <li key={program.id}>
                  <ProgramCard program={program} totals={totals.get(program.id)} />
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </Page>
  )
}

function ProgramCard({ program, totals }: { program: Program; totals: ProgramTotals | undefined }) {
  const { t } = useWords()
  const state = stateOf(program)
  return (
    <Link to="/programs/$id" params={{ id: program.id }} className={css.card}>
      <span className={css.cardHead}>
        <ProgramGlyph type={program.type} size="large" />
        <span>
          <b>{t(nameOf(program.name))}</b>
          <small className="dim">{t(TYPES[program.type])}</small>
        </span>
        <Chip tone={state.tone}>{t(state.text)}</Chip>
      </span>
      {totals && (
        <span className={css.cardFoot}>
          <span>
            {t(WORDS.outstanding)}:{' '}
            <b>
              <Units type={program.type} units={totals.outstanding} />
            </b>
          </span>
          <span className="dim">{t(WORDS.holders(totals.holders))}</span>
        </span>
      )}
    </Link>
  )
}

async function load(signal: AbortSignal) {
  const query = { limit: 200 }
  const [programs, totals] = await Promise.all([
    api.get<ListPage<Program>>('/programs', { query, signal }),
    api.get<ListPage<ProgramTotals>>('/ledger/summary', { query, signal }),
  ])
  const order = { active: 0, draft: 1, ended: 2 }
  return {
    programs: [...programs.data].sort((a, b) => order[a.status] - order[b.status]),
    totals: new Map(totals.data.map((one) => [one.program_id, one])),
  }
}

const WORDS = {
  title: { en: 'Programs', ar: 'البرامج' },
  subtitle: { en: 'What orders earn, and under which conditions.', ar: 'ما تكسبه الطلبات، وبأي شروط.' },
  add: { en: 'New program', ar: 'برنامج جديد' },
  none: { en: 'No program yet', ar: 'لا يوجد برنامج بعد' },
  noneYet: {
    en: 'A program says what an order earns. Begin with a stamp card, points, cashback or a plan; nothing is given before you start it.',
    ar: 'البرنامج يحدد ما يكسبه الطلب. ابدأ ببطاقة أختام أو نقاط أو كاش باك أو باقة، ولا يُمنح شيء قبل تفعيله.',
  },
  outstanding: { en: 'Customers hold', ar: 'رصيد العملاء' },
  holders: (count: number) =>
    plural(count, {
      en: { zero: 'no customer has a balance', one: '# customer has a balance', other: '# customers have a balance' },
      ar: {
        zero: 'لا يوجد عميل له رصيد',
        one: 'عميل واحد له رصيد',
        two: 'عميلان لهما رصيد',
        few: '# عملاء لهم رصيد',
        many: '# عميلًا لهم رصيد',
        other: '# عميل لهم رصيد',
      },
    }),
}
