// Removes the demo: asks for the name of the business that takes its place, and says what goes.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError } from '../../api/error.ts'
import { removeDemo } from '../../api/home.ts'
import { sessionQuery } from '../../api/session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Row, Stack } from '../../ui/layout.tsx'
import { Failed } from '../../ui/states.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'

export function RemoveDemo({ onClose }: { onClose(): void }) {
  const { t } = useWords()
  const { switchTo } = useBusiness()
  const queries = useQueryClient()
  const [en, setEnglish] = useState('')
  const [ar, setArabic] = useState('')
  const remove = useMutation({
    mutationFn: () => removeDemo({ en: en.trim() || ar.trim(), ...(ar.trim() !== '' && { ar: ar.trim() }) }),
    onSuccess: async ({ business }) => {
      await queries.refetchQueries({ queryKey: sessionQuery.queryKey })
      switchTo(business.id)
      onClose()
    },
  })
  const isNamed = en.trim() !== '' || ar.trim() !== ''
  return (
    <Dialog title={t(WORDS.title)} onClose={remove.isPending ? undefined : onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (isNamed) remove.mutate()
        }}
      >
        <Stack>
          <p className="sub">{t(WORDS.text)}</p>
          <TextField label={t(WORDS.english)} value={en} onChange={setEnglish} maxLength={200} optional />
          <TextField label={t(WORDS.arabic)} value={ar} onChange={setArabic} maxLength={200} optional />
          {remove.error instanceof ApiError && <Failed error={remove.error} isWrite />}
          <Row>
            <Button type="submit" variant="danger" busy={remove.isPending} disabled={!isNamed}>
              {t(WORDS.act)}
            </Button>
            <Button variant="quiet" onClick={onClose} disabled={remove.isPending}>
              {t(WORDS.cancel)}
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  )
}

const WORDS = {
  title: { en: 'Remove the demo and start', ar: 'احذف المنشأة التجريبية وابدأ' },
  text: {
    en: 'All sample customers, orders, programs and keys of the demo are deleted for good. You get an empty business with this name.',
    ar: 'يُحذف نهائيًا كل ما في المنشأة التجريبية من عملاء وطلبات وبرامج ومفاتيح، وتحصل على منشأة فارغة بهذا الاسم.',
  },
  english: { en: 'Name in English', ar: 'الاسم بالإنجليزية' },
  arabic: { en: 'Name in Arabic', ar: 'الاسم بالعربية' },
  act: { en: 'Remove the demo', ar: 'احذف المنشأة التجريبية' },
  cancel: { en: 'Cancel', ar: 'إلغاء' },
}
