// What a person chose for themselves: language, colours, digits. Kept in a cookie, from which the
// server dresses the page, so that the first paint is already right.
import { useSyncExternalStore } from 'react'
import type { Digits } from './format.ts'
import type { Language } from './text.ts'

export interface Preferences {
  language: Language
  /** `auto`: as the device. */
  scheme: 'auto' | 'light' | 'dark'
  /** Digits of Arabic text; codes, phone numbers and input stay Latin. */
  digits: Digits
}

let current = read()
const listeners = new Set<() => void>()
const darkDevice = matchMedia('(prefers-color-scheme: dark)')
darkDevice.addEventListener('change', () => publish())

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, () => current)
}

export function setPreferences(changes: Partial<Preferences>): void {
  current = { ...current, ...changes }
  const value = `${current.language}.${current.scheme}.${current.digits}`
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox.
  document.cookie = `loyapro-look=${value}; path=/app; max-age=31536000; samesite=lax`
  publish()
}

/** The scheme that is drawn, also for `auto`. */
export function useScheme(): 'light' | 'dark' {
  return useSyncExternalStore(subscribe, drawnScheme)
}

export function drawnScheme(): 'light' | 'dark' {
  if (current.scheme !== 'auto') return current.scheme
  return darkDevice.matches ? 'dark' : 'light'
}

/** Language, direction and colours of the page itself. Call it before the first render. */
export function dressPage(): void {
  const page = document.documentElement
  page.lang = current.language
  page.dir = current.language === 'ar' ? 'rtl' : 'ltr'
  page.dataset.theme = drawnScheme()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function publish(): void {
  dressPage()
  for (const listener of listeners) listener()
}

/** Without a cookie, the language that the server chose. */
function read(): Preferences {
  const [, language, scheme, digits] =
    /(?:^|;\s*)loyapro-look=(ar|en)\.(light|dark|auto)(?:\.(latn|arab))?/.exec(document.cookie) ?? []
  return {
    language: (language ?? document.documentElement.lang) === 'ar' ? 'ar' : 'en',
    scheme: (scheme as Preferences['scheme']) ?? 'auto',
    digits: digits === 'arab' ? 'arab' : 'latn',
  }
}
