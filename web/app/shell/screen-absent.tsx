// For a destination whose screen is not part of this version.
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { useWords } from '../../words/use-words.ts'
import { WORDS } from './words.ts'

export function ScreenAbsent() {
  const { t } = useWords()
  return (
    <Page title={t(WORDS.absent)}>
      <Empty title={t(WORDS.absent)} />
    </Page>
  )
}
