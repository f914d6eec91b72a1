// One page of customers: by phone, by a search with filters, or by filters alone.
import { type SearchPatterns, searchCustomers } from '../../../customers/search.ts'
import { type Customer, findCustomerByPhone, findCustomers } from '../../../customers/store.ts'
import type { Queryable } from '../../../db/database.ts'
import { type CustomerPosition, type CustomerQuery, listCustomerIds } from '../../../figures/list.ts'
import { must } from '../../../kernel/assert.ts'

export interface Wanted {
  /** E.164. */
  phone?: string
  patterns?: SearchPatterns
}

export interface FoundPage {
  found: Customer[]
  next: CustomerPosition | null
}

/** At most `limit` customers after the position. A page of a search may be short. */
export async function findPage(
  q: Queryable,
  query: CustomerQuery,
  { phone, patterns }: Wanted,
  after: CustomerPosition | null,
  limit: number,
): Promise<FoundPage> {
  const { businessId, filter } = query
  if (patterns && phone === undefined) return search(q, query, patterns, after, limit)
  if (phone !== undefined) {
    const customer = await findCustomerByPhone(q, businessId, phone)
    if (!customer || (after && customer.id >= after.id)) return { found: [], next: null }
    const kept = await listCustomerIds(q, { ...query, filter: { ...filter, ids: [customer.id] } }, null, 1)
    return { found: kept.length > 0 ? [customer] : [], next: null }
  }
  const positions = await listCustomerIds(q, query, after, limit + 1)
  const page = positions.slice(0, limit)
  return { found: await load(q, query, page), next: positions.length > limit ? (page.at(-1) ?? null) : null }
}

/** How many matches of a search are filtered at once, and how often for one page. */
const CANDIDATES = 500
const ROUNDS = 10

/**
 * The index finds the newest matches of a text, whatever the filters; they are filtered in rounds,
 * and a page ends after the last one.
 */
async function search(
  q: Queryable,
  query: CustomerQuery,
  patterns: SearchPatterns,
  after: CustomerPosition | null,
  limit: number,
): Promise<FoundPage> {
  const found: CustomerPosition[] = []
  let before = after?.id ?? null
  const isFiltered = Object.keys(query.filter).length > 0
  const size = isFiltered ? CANDIDATES : limit + 1
  for (let round = 1; ; round++) {
    const ids = await searchCustomers(q, patterns, before, size)
    const kept = isFiltered
      ? await listCustomerIds(q, { ...query, filter: { ...query.filter, ids } }, null, size)
      : ids.map((id) => ({ id, value: null }))
    found.push(...kept)
    const page = found.slice(0, limit)
    const rest = found.length > limit ? (page.at(-1) ?? null) : null
    if (rest) return { found: await load(q, query, page), next: rest }
    if (ids.length < size) return { found: await load(q, query, page), next: null }
    before = must(ids.at(-1), 'the last match')
    if (round === ROUNDS) return { found: await load(q, query, page), next: { id: before, value: null } }
  }
}

/** In the order of the page. */
async function load(
  q: Queryable,
  { businessId }: CustomerQuery,
  page: readonly CustomerPosition[],
): Promise<Customer[]> {
  const ids = page.map(({ id }) => id)
  const byId = new Map((await findCustomers(q, businessId, ids)).map((one) => [one.id, one]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}
