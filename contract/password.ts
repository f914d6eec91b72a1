// The rules of new passwords, for the API and the screens. Length counts; kinds of characters do not.
import type { Text } from './errors.ts'

export const MIN_PASSWORD = 10
export const MAX_PASSWORD = 200

/** What is known of the person, and guessed first. */
export interface PasswordOwner {
  email: string
  name: string
}

/** What is wrong with a new password and how to make it right; null when it can be used. */
export function passwordProblem(password: string, { email, name }: PasswordOwner): Text | null {
  const text = password.normalize('NFKC')
  const length = [...text].length
  if (length < MIN_PASSWORD) return TOO_SHORT
  if (length > MAX_PASSWORD) return TOO_LONG
  const lower = text.toLowerCase()
  const own = [email.split('@')[0] ?? '', email, name].map((one) => one.toLowerCase()).filter((one) => one.length >= 4)
  if (own.some((one) => lower.includes(one) && length - [...one].length < MIN_PASSWORD)) return NAMES_YOU
  if (new Set(lower).size < 5 || isRow(lower) || isCommon(lower)) return TOO_COMMON
  return null
}

const TOO_SHORT: Text = {
  en: `must have at least ${MIN_PASSWORD} characters; several words are easy to remember`,
  ar: `يجب ألا يقل طولها عن ${MIN_PASSWORD} أحرف، ومن السهل تذكّر عدة كلمات`,
}
const TOO_LONG: Text = {
  en: `must have at most ${MAX_PASSWORD} characters`,
  ar: `يجب ألا يزيد طولها على ${MAX_PASSWORD} حرف`,
}
const NAMES_YOU: Text = {
  en: 'must not consist of your name or email address',
  ar: 'يجب ألا تتكوّن من اسمك أو بريدك الإلكتروني',
}
const TOO_COMMON: Text = {
  en: 'is among the first that are guessed; choose another one',
  ar: 'من أول ما يُخمَّن، اختر غيرها',
}

/** Neighbours on the keyboard or in the alphabet, such as 1234567890 and qwertyuiop. */
function isRow(text: string): boolean {
  return ROWS.some((row) => {
    const twice = row + row
    return twice.includes(text) || [...twice].reverse().join('').includes(text)
  })
}

const ROWS = ['0123456789', '1234567890', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm']

/** A common word with digits and signs around it, or repeated. */
function isCommon(text: string): boolean {
  const word = text.replace(/[^\p{L}]+/gu, '')
  return COMMON.some((one) => word === one || word === one + one)
}

const COMMON = [
  'password',
  'passw',
  'passwrd',
  'iloveyou',
  'welcome',
  'letmein',
  'admin',
  'administrator',
  'qwerty',
  'qwertyuiop',
  'abc',
  'football',
  'sunshine',
  'princess',
  'loyapro',
  'foodics',
  'riyadh',
  'saudi',
  'saudiarabia',
  'mohammed',
  'muhammad',
  'abdullah',
  'كلمة',
  'كلمةالمرور',
  'محمد',
  'السعودية',
]
