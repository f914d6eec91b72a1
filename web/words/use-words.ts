// The words hook: `const { t, f } = useWords()`; `t(text)` is the text in the language of the reader,
// `f.day(…)`, `f.number(…)` and so on format values for them.
import { createContext, useContext, useMemo } from 'react'
import { type Formats, formatsOf, type Setting } from './format.ts'
import { usePreferences } from './preferences.ts'
import type { Language, Text } from './text.ts'

export interface Words {
  language: Language
  direction: 'ltr' | 'rtl'
  t(text: Text): string
  f: Formats
  setting: Setting
}

/** Zone and currency of the business; the shell sets them. */
export const Place = createContext<{ zone: string; currency: string }>({ zone: 'Asia/Riyadh', currency: 'SAR' })

export function useWords(): Words {
  const { language, digits } = usePreferences()
  const { zone, currency } = useContext(Place)
  return useMemo(() => {
    const setting = { language, digits, zone, currency }
    return {
      language,
      direction: language === 'ar' ? 'rtl' : 'ltr',
      t: (text) => text[language],
      f: formatsOf(setting),
      setting,
    }
  }, [language, digits, zone, currency])
}
