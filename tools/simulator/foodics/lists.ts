// Lists in the format of Foodics: the envelope, the pages, and relations that are included on
// request.
import type { Row } from './world.ts'

export const PER_PAGE = 50

export interface ListQuery {
  page: number
  include: ReadonlySet<string>
  filters: ReadonlyMap<string, string>
  sort: string | undefined
}

/** `filter[phone]=…&include=a,b&sort=-created_at&page=2`. */
export function readQuery(query: Readonly<Record<string, string | undefined>>): ListQuery {
  const filters = Object.entries(query).flatMap(([key, value]): [string, string][] => {
    const name = /^filter\[(\w+)\]$/.exec(key)?.[1]
    return name === undefined || value === undefined ? [] : [[name, value]]
  })
  const page = Number(query.page ?? 1)
  return {
    page: Number.isInteger(page) && page > 0 ? page : 1,
    include: new Set((query.include ?? '').split(',').filter(Boolean)),
    filters: new Map(filters),
    sort: query.sort,
  }
}

export interface Relations {
  /** Paths that are left out unless they are included: `products.product`. */
  readonly names: ReadonlySet<string>
}

/** One page. `lastPage` is the last page that the list has, however many entries there are. */
export function pageOf(
  rows: readonly Row[],
  { page, include }: ListQuery,
  path: string,
  relations: Relations,
  lastPage = Number.POSITIVE_INFINITY,
) {
  const last = Math.min(lastPage, Math.max(1, Math.ceil(rows.length / PER_PAGE)))
  const from = (page - 1) * PER_PAGE
  const shown = page > last ? [] : rows.slice(from, from + PER_PAGE)
  const link = (to: number | null) => (to === null ? null : `${path}?page=${to}`)
  return {
    data: shown.map((row) => project(row, '', include, relations)),
    links: {
      first: link(1),
      last: link(last),
      prev: link(page > 1 ? page - 1 : null),
      next: link(page < last ? page + 1 : null),
    },
    meta: {
      current_page: page,
      from: shown.length > 0 ? from + 1 : null,
      last_page: last,
      path,
      per_page: PER_PAGE,
      to: shown.length > 0 ? from + shown.length : null,
      total: rows.length,
    },
  }
}

/** Removes the relations that were not requested, at every depth. */
export function project(value: unknown, at: string, include: ReadonlySet<string>, relations: Relations): unknown {
  if (Array.isArray(value)) return value.map((one) => project(one, at, include, relations))
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).flatMap(([key, part]): [string, unknown][] => {
    const path = at === '' ? key : `${at}.${key}`
    if (!relations.names.has(path)) return [[key, part]]
    const wanted = include.has(path) || [...include].some((one) => one.startsWith(`${path}.`))
    return wanted ? [[key, project(part, path, include, relations)]] : []
  })
  return Object.fromEntries(kept)
}
