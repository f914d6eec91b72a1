// Changes a program: the whole form with a preview, saved as a new version now or from a day on. Two
// people who change it at once see what the other has changed.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { BackTest } from '../../../contract/api/back-tests.ts'
import type { ProgramInFull, ProgramTotals } from '../../../contract/api/programs.ts'
import { changesBetween, type DefinitionChange } from '../../../contract/program/changes.ts'
import { normaliseDefinition } from '../../../contract/program/normalise.ts'
import type { DefinitionInput } from '../../../contract/program.ts'
import { api } from '../../api/client.ts'
import { ApiError } from '../../api/error.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { useSend, useUnsaved } from '../../ui/form.tsx'
import { Stack } from '../../ui/layout.tsx'
import { BackLink, Page } from '../../ui/page.tsx'
import { Failed, QueryView } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { plural } from '../../words/text.ts'
import { moneyText } from '../../words/units.ts'
import { useWords } from '../../words/use-words.ts'
import { nameOf } from '../business.tsx'
import { BackTestStarter } from './back-test-starter.tsx'
import { ChangeList } from './change-list.tsx'
import { DraftForm } from './draft-form.tsx'
import css from './programs.module.css'
import { backTestQuery, programQuery } from './queries.ts'
import { startOfDay } from './start-of-day.ts'

const TryPanel = lazy(() => import('./try-panel.tsx').then((file) => ({ default: file.TryPanel })))

const route = getRouteApi('/shell/programs/$id/edit')

export function EditProgram() {
  const { id } = route.useParams()
  const { draft } = route.useSearch()
  // The form keeps what it began with: another person's version arrives as a conflict, not as a reset.
  const query = useQuery({ ...programQuery(id), staleTime: Number.POSITIVE_INFINITY })
  return (
    <QueryView query={query}>
      {(data) => (draft === undefined ? <Editor {...data} /> : <TestedDraft key={draft} test={draft} {...data} />)}
    </QueryView>
  )
}

/** The form with the draft of a test on past orders, which keeps it. */
function TestedDraft({ test, ...data }: { test: string; program: ProgramInFull; totals: ProgramTotals }) {
  const query = useQuery(backTestQuery(test))
  return (
    <QueryView query={query}>
      {({ program_id: of, definition }) =>
        of === data.program.id ? <Editor {...data} draft={definition} /> : <Editor {...data} />
      }
    </QueryView>
  )
}

interface EditorProps {
  program: ProgramInFull
  totals: ProgramTotals
  /** What the form begins with: the latest version, when absent. */
  draft?: unknown
}

function Editor({ program, totals, draft }: EditorProps) {
  const { t, setting } = useWords()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [begun] = useState(program)
  const latest = begun.versions[0]
  const [basedOn, setBasedOn] = useState(latest?.version ?? 1)
  const [definition, setDefinition] = useState<unknown>(draft ?? latest?.definition ?? {})
  const [day, setDay] = useState<string | null>(null)
  const [days, setDays] = useState(90)
  const [isSaved, setSaved] = useState(false)
  const test = useSend(() => api.post<BackTest>(`/programs/${program.id}/back-tests`, { days, definition }))
  const state = useSend(() =>
    api.post<ProgramInFull>(`/programs/${program.id}/versions`, {
      definition,
      based_on: basedOn,
      ...(day !== null && { effective_from: startOfDay(day, setting.zone) }),
    }),
  )
  const money = (minor: number) => moneyText(minor, setting.currency)
  const changes = changesBetween(latest?.definition, withDefaults(definition), money)
  useUnsaved(changes.length > 0 && !isSaved && !state.isBusy)
  const conflict = conflictIn(state.error)
  const save = async () => {
    if (!(await state.send())) return
    setSaved(true)
    await queries.invalidateQueries({ queryKey: ['program', program.id] })
    await queries.invalidateQueries({ queryKey: ['programs'] })
    toast(WORDS.saved)
    setTimeout(() => void navigate({ to: '/programs/$id', params: { id: program.id } }))
  }
  const tryIt = async () => {
    const made = await test.send()
    if (!made) return
    // The test keeps the draft: going back from its result finds the form as it was left.
    setSaved(true)
    await navigate({ to: '/programs/$id/edit', params: { id: program.id }, search: { draft: made.id }, replace: true })
    await navigate({ to: '/back-tests/$id', params: { id: made.id } })
  }
  const isActive = program.status === 'active'
  const errorAt = (pointer: string) => state.errorAt(pointer) ?? test.errorAt(pointer)
  return (
    <Page
      title={t(WORDS.title(t(nameOf(program.name))))}
      subtitle={t(isActive ? WORDS.activeText : WORDS.draftText)}
      back={
        <BackLink to="/programs/$id" params={{ id: program.id }}>
          {t(nameOf(program.name))}
        </BackLink>
      }
      actions={
        <Button variant="primary" busy={state.isBusy} disabled={changes.length === 0} onClick={() => void save()}>
          {t(WORDS.save)}
        </Button>
      }
    >
      {conflict ? (
        <Card title={t(WORDS.conflict)}>
          <Stack gap={12}>
            <ChangeList changes={conflict.changes} />
            <div>
              <Button onClick={() => setBasedOn(conflict.latest)}>
                {basedOn === conflict.latest ? t(WORDS.ready) : t(WORDS.overwrite)}
              </Button>
            </div>
          </Stack>
        </Card>
      ) : (
        state.error != null && <Failed error={state.error} isWrite />
      )}
      <div className={css.wizard}>
        <Stack gap={24}>
          <DraftForm type={program.type} definition={definition} onChange={setDefinition} errorAt={errorAt} open />
        </Stack>
        <div className={css.preview}>
          <Suspense>
            <TryPanel definition={definition} programId={program.id} />
          </Suspense>
          <Card title={t(WORDS.changes)}>
            <Stack gap={12}>
              {changes.length === 0 ? <p className="dim">{t(WORDS.nothing)}</p> : <ChangeList changes={changes} />}
              {isActive && changes.length > 0 && (
                <>
                  <DayField
                    label={t(WORDS.from)}
                    value={day}
                    onChange={setDay}
                    optional
                    min={new Date().toISOString().slice(0, 10)}
                    error={state.errorAt('/effective_from')}
                  />
                  <p className="dim sm">{t(WORDS.keep(totals.holders))}</p>
                </>
              )}
            </Stack>
          </Card>
          <Card title={t(WORDS.past)}>
            <Stack gap={12}>
              <p className="sub">{t(WORDS.pastText)}</p>
              <BackTestStarter days={days} onDays={setDays} busy={test.isBusy} onStart={() => void tryIt()} />
              {test.error != null && <Failed error={test.error} isWrite />}
            </Stack>
          </Card>
        </div>
      </div>
    </Page>
  )
}

/** What is typed may not be a whole definition yet. */
function withDefaults(definition: unknown): unknown {
  try {
    return normaliseDefinition(definition as DefinitionInput)
  } catch {
    return definition
  }
}

function conflictIn(error: unknown): { latest: number; changes: DefinitionChange[] } | null {
  if (!(error instanceof ApiError) || error.status !== 409) return null
  const { latest, changes } = error.body as { latest?: number; changes?: DefinitionChange[] }
  return latest === undefined ? null : { latest, changes: changes ?? [] }
}

const WORDS = {
  title: (name: string) => ({ en: `Change “${name}”`, ar: `تعديل «${name}»` }),
  activeText: {
    en: 'Orders paid before the change keep the rules that they were paid under.',
    ar: 'تبقى الطلبات المدفوعة قبل التعديل على القواعد التي دُفعت وفقها.',
  },
  draftText: { en: 'It applies when the program is started.', ar: 'يُطبَّق عند تفعيل البرنامج.' },
  save: { en: 'Save version', ar: 'حفظ الإصدار' },
  saved: { en: 'Version saved', ar: 'حُفظ الإصدار' },
  changes: { en: 'What changes', ar: 'ما الذي يتغيّر' },
  nothing: { en: 'Nothing yet.', ar: 'لا شيء بعد.' },
  from: { en: 'From the beginning of (now, when empty)', ar: 'من بداية يوم (الآن إذا تُرك فارغًا)' },
  past: { en: 'Try it on past orders', ar: 'جرّبه على الطلبات السابقة' },
  pastText: {
    en: 'What this draft would have given, beside what was really given. Nothing is saved or given.',
    ar: 'ما كانت ستمنحه هذه المسودة مقارنة بما مُنح فعلًا. لا يُحفظ شيء ولا يُمنح.',
  },
  conflict: { en: 'Somebody saved another version meanwhile', ar: 'حفظ شخص آخر إصدارًا في هذه الأثناء' },
  overwrite: { en: 'Keep mine and save over it', ar: 'إبقاء تعديلي والحفظ فوقه' },
  ready: { en: 'Press “Save version” again', ar: 'اضغط «حفظ الإصدار» مرة أخرى' },
  keep: (count: number) =>
    plural(count, {
      en: {
        zero: 'No customer has a balance yet.',
        one: '# customer keeps what they earned under the earlier rules.',
        other: '# customers keep what they earned under the earlier rules.',
      },
      ar: {
        zero: 'لا يوجد عميل له رصيد بعد.',
        one: 'يحتفظ عميل واحد بما كسبه وفق القواعد السابقة.',
        two: 'يحتفظ عميلان بما كسباه وفق القواعد السابقة.',
        few: 'يحتفظ # عملاء بما كسبوه وفق القواعد السابقة.',
        many: 'يحتفظ # عميلًا بما كسبوه وفق القواعد السابقة.',
        other: 'يحتفظ # عميل بما كسبوه وفق القواعد السابقة.',
      },
    }),
}
