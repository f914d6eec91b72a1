// The person who is signed in: their account, language, colours, digits, signing out.
import {
  IconDeviceDesktop,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconNumber123,
  IconSun,
  IconUserCircle,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { signOut } from '../../api/session.ts'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { type Preferences, usePreferences } from '../../words/preferences.ts'
import type { Text } from '../../words/text.ts'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import { useChoose } from '../choices.ts'
import { openShortcuts } from './keyboard.tsx'
import css from './person-menu.module.css'
import { LANGUAGE_NAMES, ROLES, WORDS } from './words.ts'

export function PersonMenu() {
  const { t } = useWords()
  const { person, role } = useBusiness()
  return (
    <div className={css.place}>
      <Menu
        trigger={
          <button type="button" className={css.person}>
            <span className={css.picture} aria-hidden="true">
              {initials(person.name)}
            </span>
            <span className={css.names}>
              <b>{person.name}</b>
              <small>{t(ROLES[role])}</small>
            </span>
          </button>
        }
        groups={usePersonItems()}
      />
    </div>
  )
}

/** The groups of the menu; the bottom bar of a phone has them too. */
export function usePersonItems(): MenuItem[][] {
  const { t, language } = useWords()
  const { scheme, digits } = usePreferences()
  const navigate = useNavigate()
  const choose = useChoose()
  const other = language === 'ar' ? 'en' : 'ar'
  const schemeItem = (name: Preferences['scheme'], icon: MenuItem['icon']): MenuItem => ({
    label: t(WORDS[name]),
    ...(icon && { icon }),
    checked: scheme === name,
    onSelect: () => choose({ scheme: name }),
  })
  return [
    [{ label: t(WORDS.account), icon: IconUserCircle, onSelect: () => void navigate({ to: '/account' }) }],
    [
      { label: LANGUAGE_NAMES[other], icon: IconLanguage, onSelect: () => choose({ language: other }) },
      ...(language === 'ar' ? [digitsItem(t, digits, choose)] : []),
    ],
    [schemeItem('auto', IconDeviceDesktop), schemeItem('light', IconSun), schemeItem('dark', IconMoon)],
    [
      { label: t(WORDS.shortcuts), icon: IconKeyboard, onSelect: openShortcuts },
      { label: t(WORDS.signOut), icon: IconLogout, onSelect: () => void leave() },
    ],
  ]
}

function digitsItem(
  t: (text: Text) => string,
  digits: Preferences['digits'],
  choose: ReturnType<typeof useChoose>,
): MenuItem {
  const other = digits === 'latn' ? 'arab' : 'latn'
  return {
    label: t(other === 'arab' ? WORDS.arabicDigits : WORDS.latinDigits),
    icon: IconNumber123,
    onSelect: () => choose({ digits: other }),
  }
}

/** A new page, so that nothing of the session stays in memory. */
async function leave(): Promise<void> {
  await signOut()
  location.assign('/app/sign-in')
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  // Arabic letters join: two initials side by side would read as a word.
  const isArabic = /[\u0600-\u06ff]/.test(name)
  return words
    .slice(0, isArabic ? 1 : 2)
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .join('')
}
