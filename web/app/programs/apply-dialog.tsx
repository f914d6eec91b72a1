// Puts what was tested on past orders into force, now or from a day on, after saying what it changes
// and for whom.
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import type { ProgramInFull } from '../../../contract/api/programs.ts'
import type { DefinitionChange } from '../../../contract/program/changes.ts'
import { api } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useSend } from '../../ui/form.tsx'
import { Row, Stack } from '../../ui/layout.tsx'
import { Failed } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { useWords } from '../../words/use-words.ts'
import { ChangeList } from './change-list.tsx'
import { keep } from './keep.ts'
import { startOfDay } from './start-of-day.ts'
import { type When, WhenFields } from './when-fields.tsx'

interface ApplyDialogProps {
  program: ProgramInFull
  /** What was tested. */
  definition: unknown
  /** What it changes in the latest version; none when it is the latest version. */
  changes: readonly DefinitionChange[]
  /** Customers with a balance. */
  holders: number
  onClose(): void
}

export function ApplyDialog({ program, definition, changes, holders, onClose }: ApplyDialogProps) {
  const { t, setting } = useWords()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [when, setWhen] = useState<When>({ choice: 'now', day: null })
  const from =
    when.choice === 'later' && when.day !== null ? { effective_from: startOfDay(when.day, setting.zone) } : {}
  const isActive = program.status === 'active'
  const latest = program.versions[0]?.version
  /** Of a draft whose activation failed after its version was saved. */
  const saved = useRef<number | undefined>(undefined)
  const save = (more: object) =>
    api.post<ProgramInFull>(`/programs/${program.id}/versions`, { definition, based_on: latest, ...more })
  const state = useSend(async () => {
    if (isActive) return save(from)
    if (changes.length > 0) saved.current ??= (await save({})).versions[0]?.version
    return api.post<ProgramInFull>(`/programs/${program.id}/activate`, { version: saved.current ?? latest, ...from })
  })
  const submit = async () => {
    if ((await state.send()) === null) return
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['program', program.id] }),
      queries.invalidateQueries({ queryKey: ['programs'] }),
    ])
    toast(isActive ? WORDS.applied : WORDS.started)
    await navigate({ to: '/programs/$id', params: { id: program.id } })
  }
  return (
    <Dialog title={t(isActive ? WORDS.apply : WORDS.start)} onClose={onClose}>
      <Stack gap={16}>
        {changes.length > 0 && <ChangeList changes={changes} />}
        <p>{t(isActive ? WORDS.applyText : WORDS.startText)}</p>
        {holders > 0 && <p>{t(keep(holders))}</p>}
        <WhenFields value={when} onChange={setWhen} error={state.errorAt('/effective_from')} />
        {state.error != null && <Failed error={state.error} isWrite />}
        <Row>
          <Button
            variant="primary"
            busy={state.isBusy}
            disabled={when.choice === 'later' && when.day === null}
            onClick={() => void submit()}
          >
            {t(when.choice === 'now' ? (isActive ? WORDS.applyNow : WORDS.startNow) : WORDS.schedule)}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            {t(WORDS.cancel)}
          </Button>
        </Row>
      </Stack>
    </Dialog>
  )
}

const WORDS = {
  apply: { en: 'Use this draft', ar: 'تطبيق هذه المسودة' },
  applyText: {
    en: 'Orders paid from then on earn by these rules. Orders paid before keep the rules that they were paid under.',
    ar: 'تكسب الطلبات المدفوعة من ذلك الوقت وفق هذه القواعد، وتبقى الطلبات المدفوعة قبله على القواعد التي دُفعت وفقها.',
  },
  applyNow: { en: 'Apply now', ar: 'تطبيق الآن' },
  applied: { en: 'Version saved', ar: 'حُفظ الإصدار' },
  start: { en: 'Start the program', ar: 'تفعيل البرنامج' },
  startText: {
    en: 'Orders paid from then on earn in it. Orders that were paid before are not touched.',
    ar: 'تكسب فيه الطلبات المدفوعة من ذلك الوقت، ولا تتأثر الطلبات المدفوعة قبله.',
  },
  startNow: { en: 'Start now', ar: 'تفعيل الآن' },
  started: { en: 'The program was started', ar: 'فُعّل البرنامج' },
  schedule: { en: 'Schedule', ar: 'جدولة' },
  cancel: { en: 'Cancel', ar: 'إلغاء' },
}
