// Rules for text: what can be stored, how names are compared and searched, how business references
// are normalised.

/** Whether PostgreSQL can store this text, also in JSON: no NUL and no unpaired surrogate. */
export function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

/**
 * Whether the text is storable and has no control characters or line breaks: the rule for ids,
 * names and codes.
 */
export function isPlainText(text: string): boolean {
  return !CONTROL_OR_SURROGATE.test(text)
}

/**
 * Replaces each run of control characters with a space and each unpaired surrogate with U+FFFD;
 * trims. The result is plain.
 */
export function toPlainText(text: string): string {
  return isPlainText(text)
    ? text.trim()
    : text
        .toWellFormed()
        .replace(/\p{Cc}+/gu, ' ')
        .trim()
}

/**
 * The form in which equal names compare equal: without case, diacritics, tatweel, Latin accents and
 * invisible characters, with single spaces and Western digits. Variants of alef, hamza, ya, ta
 * marbuta and kaf, Persian letters, presentation forms and full-width forms become the plain
 * letter. Idempotent.
 */
export function foldText(text: string): string {
  if (ASCII_LINE.test(text)) return text.trim().replace(/ +/g, ' ').toLowerCase()
  return text
    .normalize('NFKD')
    .replace(IGNORED, '')
    .replace(SPACES, ' ')
    .toLowerCase()
    .replace(IGNORED, '')
    .replace(VARIANTS, (letter) => PLAIN.get(letter) ?? letter)
    .normalize('NFC')
    .trim()
}

/**
 * The folded text without spaces and bare hamza, as in the index of names (`fold_name` in the
 * schema does the same): `عبد الله` is found by `عبدالله`, and `بهاء` by `بها`.
 */
export function foldForSearch(text: string): string {
  return foldText(text).replace(/[ ء]/g, '')
}

/** The text with Arabic-Indic and Persian digits replaced by Western ones. */
export function latinDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
}

/**
 * The form in which business references are stored and compared, so that two that look alike never
 * identify two businesses: NFKC (full-width forms), without invisible characters, outer spaces and
 * leading zeros of a number, with Western digits. Case is significant, because ids of some POS
 * differ in nothing else. Null when the result is empty, longer than 100 characters, or not plain
 * text.
 */
export function normaliseReference(reference: string): string | null {
  if (reference.length > MAX_REFERENCE) return null
  const visible = reference.normalize('NFKC').replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
  const text = latinDigits(visible.normalize('NFKC')).trim()
  if (text === '' || text.length > MAX_REFERENCE || !isPlainText(text)) return null
  return /^\d+$/.test(text) ? text.replace(/^0+(?=\d)/, '') : text
}

const MAX_REFERENCE = 100

const CONTROL_OR_SURROGATE = /[\p{Cc}\p{Cs}]/u

/** Most names: only case and spaces need folding. */
const ASCII_LINE = /^[ -~]*$/

/**
 * Ignored in comparisons: combining marks of Latin and Arabic letters (NFKD separates them),
 * tatweel, and invisible characters. Source: the Unicode character database, blocks Combining
 * Diacritical Marks and Arabic.
 */
const IGNORED = new RegExp(
  [
    '\\u0300-\\u036f',
    '\\u0610-\\u061a\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e8\\u06ea-\\u06ed\\u08ca-\\u08ff',
    '\\u0640\\u0674',
    '\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff',
    '\\ufe00-\\ufe0f',
  ]
    .map((characters) => `[${characters}]`)
    .join('|'),
  'g',
)

const SPACES = /[\s\p{Cc}]+/gu

/** Lower-case letters with a plain form that Unicode does not decompose. */
const VARIANT_LETTERS: readonly (readonly [plain: string, variants: string])[] = [
  ['ا', '\u0671\u0672\u0673'],
  ['ي', '\u0649\u06cc\u06cd\u06ce\u06d0\u06d2'],
  ['ه', '\u0629\u06be\u06c1\u06c3\u06d5'],
  ['ك', '\u06a9\u06aa'],
  ['o', 'ø'],
  ['l', 'ł'],
  ['d', 'đð'],
  ['h', 'ħ'],
  ['i', 'ı'],
  ['t', 'ŧ'],
  ['ae', 'æ'],
  ['oe', 'œ'],
  ['ss', 'ß'],
  ['th', 'þ'],
  ['σ', 'ς'],
]

const PLAIN: ReadonlyMap<string, string> = new Map([
  ...VARIANT_LETTERS.flatMap(([plain, variants]) => [...variants].map((variant) => [variant, plain] as const)),
  ...[...'٠١٢٣٤٥٦٧٨٩'].map((digit, value) => [digit, String(value)] as const),
  ...[...'۰۱۲۳۴۵۶۷۸۹'].map((digit, value) => [digit, String(value)] as const),
])

const VARIANTS = new RegExp(`[${[...PLAIN.keys()].join('')}]`, 'g')
