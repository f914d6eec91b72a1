// The top bar: search, branch, period, and the other language.
import { IconSearch } from '@tabler/icons-react'
import { IconButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { setPreferences } from '../../words/preferences.ts'
import { useWords } from '../../words/use-words.ts'
import { BranchPicker } from './branch-picker.tsx'
import { BusinessSwitch } from './business-switch.tsx'
import { openPalette } from './keyboard.tsx'
import { PeriodPicker } from './period-picker.tsx'
import css from './top-bar.module.css'
import { LANGUAGE_NAMES, WORDS } from './words.ts'

export function TopBar() {
  const { t, language } = useWords()
  const other = language === 'ar' ? 'en' : 'ar'
  return (
    <section className={`${css.top} no-print`} aria-label={t(WORDS.tools)}>
      <button type="button" className={css.find} onClick={openPalette}>
        <Icon of={IconSearch} />
        <span>{t(WORDS.search)}</span>
        <kbd>{isApple() ? '⌘ K' : 'Ctrl K'}</kbd>
      </button>
      <span className={css.phone}>
        <BusinessSwitch short />
      </span>
      <span className={css.space} />
      <span className={css.phone}>
        <IconButton icon={IconSearch} label={t(WORDS.searchShort)} size="small" onClick={openPalette} />
      </span>
      <BranchPicker />
      <PeriodPicker />
      <button type="button" className={css.language} lang={other} onClick={() => setPreferences({ language: other })}>
        {LANGUAGE_NAMES[other]}
      </button>
    </section>
  )
}

function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent)
}
