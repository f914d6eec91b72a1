// For an address that has no screen.
import { ButtonLink } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { useWords } from '../../words/use-words.ts'
import { WORDS } from './words.ts'

export function ScreenMissing() {
  const { t } = useWords()
  return (
    <Page title={t(WORDS.missing)}>
      <Empty title={t(WORDS.missing)} action={<ButtonLink to="/">{t(WORDS.toHome)}</ButtonLink>}>
        {t(WORDS.missingText)}
      </Empty>
    </Page>
  )
}
