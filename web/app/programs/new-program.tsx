// A new program: a preset, its sentence with a preview beside it, and a draft or a start at once.
import { IconHistory } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { BackTest } from '../../../contract/api/back-tests.ts'
import type { ProgramInFull } from '../../../contract/api/programs.ts'
import { api } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { confirm } from '../../ui/confirm.ts'
import { Choices, TextField } from '../../ui/fields.tsx'
import { useSend, useUnsaved } from '../../ui/form.tsx'
import { ProgramGlyph } from '../../ui/glyph.tsx'
import { Row, Stack } from '../../ui/layout.tsx'
import { BackLink, Page } from '../../ui/page.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { minorPlaces } from '../../words/format.ts'
import { useWords } from '../../words/use-words.ts'
import { DraftForm } from './draft-form.tsx'
import { type Preset, presetsFor } from './presets.ts'
import css from './programs.module.css'

const TryPanel = lazy(() => import('./try-panel.tsx').then((file) => ({ default: file.TryPanel })))

export function NewProgram() {
  const { t, setting } = useWords()
  const [preset, setPreset] = useState<Preset | null>(null)
  const presets = presetsFor(10 ** minorPlaces(setting.currency))
  const back = <BackLink to="/programs">{t(WORDS.programs)}</BackLink>
  if (preset) return <Draft key={preset.id} preset={preset} onBack={() => setPreset(null)} />
  return (
    <Page title={t(WORDS.title)} subtitle={t(WORDS.choose)} back={back} width="narrow">
      <Card>
        <Choices
          label={t(WORDS.kind)}
          value={undefined}
          options={presets.map(({ id, type, title, hint }) => ({
            value: id,
            label: t(title),
            hint: t(hint),
            picture: (
              <div>
                <ProgramGlyph type={type} />
              </div>
            ),
          }))}
          onChange={(id) => setPreset(presets.find((one) => one.id === id) ?? null)}
        />
      </Card>
    </Page>
  )
}

function Draft({ preset, onBack }: { preset: Preset; onBack(): void }) {
  const { t } = useWords()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [name, setName] = useState(preset.name)
  const [definition, setDefinition] = useState<unknown>(preset.definition)
  const [isSaved, setSaved] = useState(false)
  const send = (activate: boolean) =>
    api.post<ProgramInFull>('/programs', { type: preset.type, name, definition, ...(activate && { activate }) })
  const draft = useSend(() => send(false))
  const start = useSend(() => send(true))
  const isBusy = draft.isBusy || start.isBusy
  useUnsaved(!isSaved && !isBusy && (definition !== preset.definition || name !== preset.name))
  const save = async (state: typeof draft, done: typeof WORDS.saved) => {
    const made = await state.send()
    if (!made) return
    setSaved(true)
    await queries.invalidateQueries({ queryKey: ['programs'] })
    toast(done)
    // After the render in which nothing is unsaved any more.
    setTimeout(() => void navigate({ to: '/programs/$id', params: { id: made.id } }))
  }
  // A test belongs to a program, so the draft is saved first.
  const tryIt = async () => {
    const made = await draft.send()
    if (!made) return
    setSaved(true)
    await queries.invalidateQueries({ queryKey: ['programs'] })
    const test = await api.post<BackTest>(`/programs/${made.id}/back-tests`, { days: 30 })
    toast(WORDS.saved)
    await navigate({ to: '/back-tests/$id', params: { id: test.id } })
  }
  const startNow = async () => {
    if (await confirm({ title: t(WORDS.startTitle), text: t(WORDS.startText), act: t(WORDS.start) }))
      await save(start, WORDS.started)
  }
  const errorAt = (pointer: string) => draft.errorAt(pointer) ?? start.errorAt(pointer)
  const error = draft.error ?? start.error
  return (
    <Page
      title={t(preset.title)}
      subtitle={t(WORDS.change)}
      picture={<ProgramGlyph type={preset.type} size="large" />}
      back={
        <div>
          <Button variant="quiet" size="small" onClick={onBack}>
            {t(WORDS.other)}
          </Button>
        </div>
      }
      actions={
        <>
          <Button busy={draft.isBusy} disabled={isBusy} onClick={() => void save(draft, WORDS.saved)}>
            {t(WORDS.save)}
          </Button>
          <Button variant="primary" busy={start.isBusy} disabled={isBusy} onClick={() => void startNow()}>
            {t(WORDS.start)}
          </Button>
        </>
      }
    >
      {error != null && <Failed error={error} isWrite />}
      <div className={css.wizard}>
        <Stack gap={24}>
          <DraftForm type={preset.type} definition={definition} onChange={setDefinition} errorAt={errorAt} />
          <Card title={t(WORDS.name)}>
            <Row gap={16} wrap align="start">
              <TextField
                label={t(WORDS.english)}
                value={name.en}
                maxLength={100}
                ltr
                onChange={(en) => setName({ ...name, en })}
                error={errorAt('/name/en')}
              />
              <TextField
                label={t(WORDS.arabic)}
                value={name.ar}
                maxLength={100}
                onChange={(ar) => setName({ ...name, ar })}
                error={errorAt('/name/ar')}
              />
            </Row>
          </Card>
        </Stack>
        <div className={css.preview}>
          <Suspense fallback={<Loading rows={6} />}>
            <TryPanel definition={definition} />
          </Suspense>
          <p className="dim sm">{t(WORDS.nothingYet)}</p>
          <div>
            <Button size="small" icon={IconHistory} disabled={isBusy} onClick={() => void tryIt()}>
              {t(WORDS.tryPast)}
            </Button>
          </div>
        </div>
      </div>
    </Page>
  )
}

const WORDS = {
  programs: { en: 'Programs', ar: 'البرامج' },
  title: { en: 'New program', ar: 'برنامج جديد' },
  choose: { en: 'What should a visit earn?', ar: 'ماذا تكسب الزيارة؟' },
  kind: { en: 'Kind of program', ar: 'نوع البرنامج' },
  change: {
    en: 'Change a green word; the sample order answers at once.',
    ar: 'غيّر أي كلمة خضراء، وتظهر النتيجة في الطلب التجريبي مباشرة.',
  },
  other: { en: 'Choose another kind', ar: 'اختر نوعًا آخر' },
  name: { en: 'Name that customers see', ar: 'الاسم الذي يراه العملاء' },
  english: { en: 'English', ar: 'الإنجليزية' },
  arabic: { en: 'Arabic', ar: 'العربية' },
  save: { en: 'Save as draft', ar: 'حفظ كمسودة' },
  saved: { en: 'Draft saved', ar: 'حُفظت المسودة' },
  start: { en: 'Start now', ar: 'تفعيل الآن' },
  started: { en: 'The program is active', ar: 'البرنامج مفعّل' },
  startTitle: { en: 'Start the program now?', ar: 'تفعيل البرنامج الآن؟' },
  startText: {
    en: 'Orders paid from now on earn in it. You can change the rules later: orders keep the rules with which they were paid.',
    ar: 'تكسب فيه الطلبات المدفوعة من الآن. يمكنك تغيير القواعد لاحقًا، ويبقى كل طلب على القواعد التي دُفع وفقها.',
  },
  tryPast: { en: 'Save and try it on the last 30 days', ar: 'حفظ وتجربة على آخر 30 يومًا' },
  nothingYet: { en: 'Nothing is given before you start the program.', ar: 'لا يُمنح شيء قبل تفعيل البرنامج.' },
}
