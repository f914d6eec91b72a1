// Finds customers by a part of the name, in Arabic or Latin script, or of the phone number.
import type { Queryable, Statement } from '../db/database.ts'
import { escapeLike } from '../db/like-pattern.ts'
import type { Uuid } from '../kernel/ids.ts'
import { foldForSearch, foldText } from '../kernel/text.ts'

/** `like` patterns; null where the text cannot be a phone number. */
export interface SearchPatterns {
  name: string
  phone: string | null
}

const SEARCH: Statement = {
  name: 'customers_search',
  text: 'select search_customers as id from search_customers($1, $2, $3, $4)',
}

/**
 * IDs of at most `limit` matching customers that are older than `before`, newest first. The
 * transaction must be bound to a business (asTenant), to which `search_customers` is restricted.
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
 * The patterns for a text that a person typed. Digits alone (with `+`, spaces and dashes; also
 * Arabic digits) are a part of a phone number and need at least 3 digits: otherwise `too_short`.
 * Words must follow each other in the name, each as a part; one or two letters must begin it.
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
 * The digits that a stored number (`+966557937530`) can contain: without leading zeros for
 * dialling.
 */
function phoneDigits(text: string): string | null {
  if (!/^[+\d().\-\u2010-\u2015]+$/.test(text)) return null
  const digits = text.replace(/\D/g, '')
  const dialled = digits.replace(/^00?/, '')
  return dialled.length < 3 ? digits : dialled
}
