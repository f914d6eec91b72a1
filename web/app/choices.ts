// What a person chooses for all their browsers: language, colours, digits. Their account keeps it; this
// browser keeps it too, for the first paint.
import { useQueryClient } from '@tanstack/react-query'
import type { AccountChanges } from '../../contract/api/account.ts'
import type { Person } from '../../contract/api/session.ts'
import { updateAccount } from '../api/account.ts'
import { sessionQuery } from '../api/session.ts'
import { toast } from '../ui/toast.tsx'
import { type Preferences, setPreferences } from '../words/preferences.ts'

/** What the account of a person who signs in says holds in this browser from now on. */
export function applyChoices({ language, color_scheme, numerals }: Person): void {
  setPreferences({
    language,
    scheme: color_scheme === 'system' ? 'auto' : color_scheme,
    digits: numerals === 'arabic_indic' ? 'arab' : 'latn',
  })
}

/** Applies a choice at once, and stores it in the account. */
export function useChoose(): (chosen: Partial<Preferences>) => void {
  const queries = useQueryClient()
  return (chosen) => {
    setPreferences(chosen)
    updateAccount(changesOf(chosen)).then(
      (person) => queries.setQueryData(sessionQuery.queryKey, (session) => session && { ...session, person }),
      () => toast(NOT_STORED),
    )
  }
}

function changesOf({ language, scheme, digits }: Partial<Preferences>): AccountChanges {
  return {
    ...(language !== undefined && { language }),
    ...(scheme !== undefined && { color_scheme: scheme === 'auto' ? 'system' : scheme }),
    ...(digits !== undefined && { numerals: digits === 'arab' ? 'arabic_indic' : 'latin' }),
  }
}

const NOT_STORED = {
  en: 'This holds in this browser only: your account could not be changed.',
  ar: 'يسري هذا في هذا المتصفح فقط، إذ تعذّر تعديل حسابك.',
}
