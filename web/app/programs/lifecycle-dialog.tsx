// Start or end a program, now or at a time, after saying what will happen.
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ProgramInFull } from '../../../contract/api/programs.ts'
import { api } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useSend } from '../../ui/form.tsx'
import { Row, Stack } from '../../ui/layout.tsx'
import { Failed } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { useWords } from '../../words/use-words.ts'
import { keep } from './keep.ts'
import { startOfDay } from './start-of-day.ts'
import { type When, WhenFields } from './when-fields.tsx'

export type Act = 'activate' | 'end'

interface LifecycleDialogProps {
  act: Act
  program: ProgramInFull
  /** Customers with a balance. */
  holders: number
  onClose(): void
}

export function LifecycleDialog({ act, program, holders, onClose }: LifecycleDialogProps) {
  const { t, setting } = useWords()
  const queries = useQueryClient()
  const [when, setWhen] = useState<When>({ choice: 'now', day: null })
  const at = when.choice === 'later' && when.day !== null ? startOfDay(when.day, setting.zone) : undefined
  const latest = program.versions[0]?.version
  const state = useSend(() =>
    act === 'end'
      ? api.post(`/programs/${program.id}/end`, at === undefined ? {} : { at })
      : api.post(`/programs/${program.id}/activate`, {
          version: latest,
          ...(at !== undefined && { effective_from: at }),
        }),
  )
  const words = WORDS[act]
  const submit = async () => {
    if ((await state.send()) === null) return
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['program', program.id] }),
      queries.invalidateQueries({ queryKey: ['programs'] }),
    ])
    toast(words.done)
    onClose()
  }
  return (
    <Dialog title={t(words.title)} onClose={onClose}>
      <Stack gap={16}>
        <p>{t(words.text)}</p>
        {act === 'end' && holders > 0 && <p>{t(keep(holders))}</p>}
        <WhenFields value={when} onChange={setWhen} error={state.errorAt('/effective_from') ?? state.errorAt('/at')} />
        {state.error != null && <Failed error={state.error} isWrite />}
        <Row>
          <Button
            variant={act === 'end' ? 'danger' : 'primary'}
            busy={state.isBusy}
            disabled={when.choice === 'later' && when.day === null}
            onClick={() => void submit()}
          >
            {t(words.act)}
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
  activate: {
    title: { en: 'Start the program', ar: 'تفعيل البرنامج' },
    text: {
      en: 'Orders paid from then on earn in it. Orders that were paid before are not touched.',
      ar: 'تكسب فيه الطلبات المدفوعة من ذلك الوقت، ولا تتأثر الطلبات المدفوعة قبله.',
    },
    act: { en: 'Start', ar: 'تفعيل' },
    done: { en: 'The program was started', ar: 'فُعّل البرنامج' },
  },
  end: {
    title: { en: 'End the program', ar: 'إنهاء البرنامج' },
    text: {
      en: 'Orders paid after that earn nothing in it. It cannot be started again.',
      ar: 'لا تكسب فيه الطلبات المدفوعة بعد ذلك، ولا يمكن تفعيله من جديد.',
    },
    act: { en: 'End for good', ar: 'إنهاء نهائي' },
    done: { en: 'The program ends', ar: 'أُنهي البرنامج' },
  },
  cancel: { en: 'Cancel', ar: 'إلغاء' },
}
