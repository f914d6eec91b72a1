// The dialog of confirm(): loaded when the first question is asked.
import { useSyncExternalStore } from 'react'
import { useWords } from '../words/use-words.ts'
import { Button } from './button.tsx'
import { askedQuestion, subscribe } from './confirm.ts'
import { Dialog } from './dialog.tsx'
import { Row } from './layout.tsx'

export function ConfirmDialog() {
  const { t } = useWords()
  const question = useSyncExternalStore(subscribe, askedQuestion)
  if (question === null) return null
  const { title, text, act, danger = false, answer } = question
  return (
    <Dialog title={title} onClose={() => answer(false)}>
      <div style={{ marginBottom: 20 }}>{text}</div>
      <Row>
        <Button variant={danger ? 'danger' : 'primary'} onClick={() => answer(true)}>
          {act}
        </Button>
        <Button variant="quiet" onClick={() => answer(false)}>
          {t(CANCEL)}
        </Button>
      </Row>
    </Dialog>
  )
}

const CANCEL = { en: 'Cancel', ar: 'إلغاء' }
