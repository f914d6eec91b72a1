// Which of LoyaPro's two languages a caller asked for.

export type Language = 'ar' | 'en'

/**
 * The first of Arabic and English by the weights of `Accept-Language` (RFC 9110 §12.5.4), or null
 * when the header asks for neither; `*` asks for nothing in particular.
 */
export function askedLanguage(header: string | undefined): Language | null {
  const wishes = (header ?? '').slice(0, MAX_HEADER).split(',').flatMap(readWish)
  return wishes.reduce((best, wish) => (wish.weight > best.weight ? wish : best), NOTHING).language
}

interface Wish {
  language: Language | null
  weight: number
}

const NOTHING: Wish = { language: null, weight: 0 }
const MAX_HEADER = 1000

function readWish(part: string): Wish[] {
  const [, language, weight = '1'] =
    /^\s*(ar|en)(?:-[a-z0-9-]+)?\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*$/i.exec(part) ?? []
  if (language === undefined) return []
  return [{ language: language.toLowerCase() === 'ar' ? 'ar' : 'en', weight: Number(weight) }]
}
