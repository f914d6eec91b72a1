// The filters of the list of customers in the URL, and the query of the API that they make.
import { SEGMENT_NAMES } from '../../../contract/segments.ts'
import { day, filters, flag, idOf, oneOf, text } from '../filters.ts'

const SORTS = ['joined', 'last_visit', 'visits', 'spend', 'balance'] as const
export type Sort = (typeof SORTS)[number]

/** A whole number; anything else is left out. */
const whole = (value: string) => (/^-?\d{1,12}$/.test(value) ? Number(value) : undefined)

export const readCustomerFilters = filters({
  q: text,
  segment: oneOf(...SEGMENT_NAMES),
  program: idOf('prg'),
  minBalance: whole,
  maxBalance: whole,
  minVisits: whole,
  maxVisits: whole,
  minSpend: whole,
  maxSpend: whole,
  joinedFrom: day,
  joinedTo: day,
  visitFrom: day,
  visitTo: day,
  firstFrom: day,
  firstTo: day,
  excluded: flag,
  sort: oneOf(...SORTS),
  order: oneOf('asc', 'desc'),
})

export type CustomerFilters = ReturnType<typeof readCustomerFilters>

/** The filters that the dialog sets, beside search, segment and sort. */
export const DIALOG_FILTERS = [
  'program',
  'minBalance',
  'maxBalance',
  'minVisits',
  'maxVisits',
  'minSpend',
  'maxSpend',
  'joinedFrom',
  'joinedTo',
  'visitFrom',
  'visitTo',
  'firstFrom',
  'firstTo',
  'excluded',
] as const satisfies readonly (keyof CustomerFilters)[]

/** How many of the filters of the dialog are set. */
export function countFilters(given: CustomerFilters): number {
  return DIALOG_FILTERS.filter((name) => given[name] !== undefined).length
}

/** The query of `GET /customers`. A balance without its program is left out, as is a sort by it. */
export function customerQuery(given: CustomerFilters, branch: string | undefined): object {
  const { q, segment, program, minBalance, maxBalance, excluded, sort, order } = given
  const isSorted = sort !== undefined && (sort !== 'balance' || program !== undefined)
  return {
    include: 'figures',
    q,
    segment,
    branch_id: branch,
    program_id: program,
    ...(program !== undefined && { min_balance: minBalance, max_balance: maxBalance }),
    min_visits: given.minVisits,
    max_visits: given.maxVisits,
    min_spend: given.minSpend,
    max_spend: given.maxSpend,
    joined_from: given.joinedFrom,
    joined_to: given.joinedTo,
    last_visit_from: given.visitFrom,
    last_visit_to: given.visitTo,
    first_visit_from: given.firstFrom,
    first_visit_to: given.firstTo,
    blacklisted: excluded,
    ...(isSorted && { sort, order }),
  }
}

/** The sort after a click on a heading: largest first, then smallest, then as it was. */
export function nextSort(given: CustomerFilters, sort: Sort): Pick<CustomerFilters, 'sort' | 'order'> {
  if (given.sort !== sort) return { sort, order: 'desc' }
  return given.order === 'asc' ? {} : { sort, order: 'asc' }
}
