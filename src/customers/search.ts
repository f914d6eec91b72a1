// Finds customers as people look for them: by a piece of the name in either script, or by a piece
// of the phone number.
import type { Queryable, Statement } from '../db/database.ts'
import { escapeLike } from '../db/like-pattern.ts'
import type { Uuid } from '../kernel/ids.ts'
import { foldForSearch, foldText } from '../kernel/text.ts'

/** `like` patterns; null where what was typed cannot be that. */
export interface SearchPatterns {
  name: string
  phone: string | null
}

const SEARCH: Statement = {
  name: 'customers_search',
  text: 'select search_customers as id from search_customers($1, $2, $3, $4)',
}

/**
 * Ids of at most `limit` customers that match, newest first, all of them older than `before`. The
 * transaction must be bound to a business (asTenant): `search_customers` looks nowhere else.
 */
export async function searchCustomers(
  tx: Queryable,
  { name, phone }: SearchPatterns,
  before: Uuid | null,
  limit: number,
): Promise<Uuid[]> {
  const rows = await tx.query<{ id: Uuid }>(SEARCH, [name, phone, before, limit])
  return rows.map((row) => row.id)
}

/**
 * What to look for when somebody types `text`. Digits alone (with `+`, spaces, dashes; Arabic
 * digits as well) are a piece of a phone number, of which fewer than 3 say nothing: `too_short`.
 * Words must follow each other in the name, each as a piece; a single letter or two must begin it.
 */
export function searchPatterns(text: string): SearchPatterns | 'too_short' {
  const words = foldText(text).split(' ').map(foldForSearch).filter(Boolean)
  const plain = words.join('')
  if (plain === '') return 'too_short'
  const digits = phoneDigits(plain)
  if (digits !== null && digits.length < 3) return 'too_short'
  const pieces = words.map(escapeLike).join('%')
  const name = [...plain].length < 3 ? `${pieces}%` : `%${pieces}%`
  return { name, phone: digits === null ? null : `%${digits}%` }
}

/**
 * The digits that a stored number (`+966557937530`) can contain: without the zeros that are only
 * dialled.
 */
function phoneDigits(text: string): string | null {
  if (!/^[+\d().\-\u2010-\u2015]+$/.test(text)) return null
  const digits = text.replace(/\D/g, '')
  const dialled = digits.replace(/^00?/, '')
  return dialled.length < 3 ? digits : dialled
}
