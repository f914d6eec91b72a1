// Lists customers by filters and a sort, in pages.
import { DAY_MS, SEGMENTS, type SegmentName, type VisitRule } from '../../contract/segments.ts'
import type { Queryable } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Targets } from './targets.ts'

/** All that are given must hold. Instants: from `from` on, before `until`. */
export interface CustomerFilter {
  /** Only these customers. */
  ids?: readonly Uuid[]
  excluded?: boolean
  /** Ever visited this branch. */
  branchId?: Uuid
  /** Has ever had units in this program; its balance is that of `balance`. */
  programId?: Uuid
  balance?: Range
  visits?: Range
  /** In minor units. */
  spend?: Range
  joined?: Period
  firstVisit?: Period
  lastVisit?: Period
  segment?: SegmentName
}

/** Both ends included. */
export interface Range {
  min?: number
  max?: number
}

export interface Period {
  from?: EpochMs
  until?: EpochMs
}

export const SORTS = ['joined', 'last_visit', 'visits', 'spend', 'balance'] as const
export type Sort = (typeof SORTS)[number]

export interface CustomerOrder {
  sort: Sort
  direction: 'asc' | 'desc'
}

/** Where a page ended: the value that it is sorted by, null for no visit, and the customer. */
export interface CustomerPosition {
  value: number | null
  id: Uuid
}

/** Whether the filter or the sort needs figures, which `refreshFigures` must have brought up to date. */
export function needsFigures(filter: CustomerFilter, { sort }: CustomerOrder): boolean {
  const { branchId, visits, spend, firstVisit, lastVisit, segment } = filter
  const byVisits = segment !== undefined && SEGMENTS[segment].rule.by === 'visits'
  return (
    sort === 'last_visit' ||
    sort === 'visits' ||
    sort === 'spend' ||
    byVisits ||
    [branchId, visits, spend, firstVisit, lastVisit].some((one) => one !== undefined)
  )
}

export interface CustomerQuery {
  businessId: Uuid
  filter: CustomerFilter
  order: CustomerOrder
  targets: Targets
  now: EpochMs
}

/**
 * At most `limit` customers after the position. `joined` sorts by id, which is when the customer
 * was enrolled. Customers without a visit are last by `last_visit` in both directions; `balance`
 * needs `programId` and lists only customers who have had units in it.
 */
export async function listCustomerIds(
  q: Queryable,
  query: CustomerQuery,
  after: CustomerPosition | null,
  limit: number,
): Promise<CustomerPosition[]> {
  if (query.order.sort !== 'last_visit') return page(q, query, after, limit)
  const visited = after?.value === null ? [] : await page(q, query, after, limit)
  if (visited.length === limit) return visited
  const rest = await page(q, query, after?.value === null ? after : null, limit - visited.length, true)
  return [...visited, ...rest]
}

async function page(
  q: Queryable,
  query: CustomerQuery,
  after: CustomerPosition | null,
  limit: number,
  withoutVisit = false,
): Promise<CustomerPosition[]> {
  const { order, businessId } = query
  const args: unknown[] = [businessId]
  const arg: Arg = (value, type) => `$${args.push(value)}::${type}`
  const { from, key, id, type } = sourceOf(query, arg, withoutVisit)
  const conditions = conditionsOf(query, arg)
  if (withoutVisit) conditions.push('f.last_visit_at is null')
  else if (order.sort === 'last_visit') conditions.push('f.last_visit_at is not null')
  if (after) {
    const sign = order.direction === 'desc' ? '<' : '>'
    const value = type === 'timestamptz' && after.value !== null ? instant(after.value) : after.value
    conditions.push(
      key === null
        ? `${id} ${sign} ${arg(after.id, 'uuid')}`
        : `(${key}, ${id}) ${sign} (${arg(value, type)}, ${arg(after.id, 'uuid')})`,
    )
  }
  const sorted = [key, id].filter((one) => one !== null).map((one) => `${one} ${order.direction}`)
  return q.query<CustomerPosition>(
    `select ${id} as id, ${key ?? 'null::bigint'} as value
     from ${from}
     where ${['c.business_id = $1', ...conditions].join(' and ')}
     order by ${sorted.join(', ')} limit ${arg(limit, 'integer')}`,
    args,
  )
}

type Arg = (value: unknown, type: string) => string

/** The table that the sort walks along, and its key. */
function sourceOf({ filter, order }: CustomerQuery, arg: Arg, withoutVisit: boolean) {
  const figures = 'customer_figures f on f.business_id = c.business_id and f.customer_id = c.id'
  if (order.sort === 'joined' || withoutVisit) {
    const from = `customers c${needsFigures(filter, order) ? ` join ${figures}` : ''}`
    return { from, key: null, id: 'c.id', type: 'bigint' }
  }
  if (order.sort === 'balance') {
    const account = `accounts b on b.business_id = c.business_id and b.customer_id = c.id and b.program_id = ${arg(filter.programId, 'uuid')}`
    const from = `customers c join ${account}${needsFigures(filter, order) ? ` join ${figures}` : ''}`
    return { from, key: 'b.available', id: 'b.customer_id', type: 'bigint' }
  }
  const key = { last_visit: 'f.last_visit_at', visits: 'f.visits', spend: 'f.spend' }[order.sort]
  const type = order.sort === 'last_visit' ? 'timestamptz' : 'bigint'
  // The figures lead, so that an index of theirs gives the order.
  const from = 'customer_figures f join customers c on c.business_id = f.business_id and c.id = f.customer_id'
  return { from, key, id: 'f.customer_id', type }
}

function conditionsOf({ filter, targets, now }: CustomerQuery, arg: Arg): string[] {
  const { ids, excluded, branchId, programId, balance, visits, spend, joined, firstVisit, lastVisit, segment } = filter
  return [
    ...(ids ? [`c.id = any (${arg(ids, 'uuid[]')})`] : []),
    ...(excluded === undefined ? [] : [`c.blacklisted_at is ${excluded ? 'not ' : ''}null`]),
    ...(branchId === undefined ? [] : [`${arg(branchId, 'uuid')} = any (f.branches)`]),
    ...(programId === undefined ? [] : [hasAccount([{ programId, ...balance }], arg)]),
    ...inRange('f.visits', visits, arg),
    ...inRange('f.spend', spend, arg),
    ...inPeriod('c.created_at', joined, arg),
    ...inPeriod('f.first_visit_at', firstVisit, arg),
    ...inPeriod('f.last_visit_at', lastVisit, arg),
    ...(segment === undefined ? [] : inSegment(segment, targets, now, arg)),
  ]
}

function inRange(column: string, { min, max }: Range = {}, arg: Arg): string[] {
  return [
    ...(min === undefined ? [] : [`${column} >= ${arg(min, 'bigint')}`]),
    ...(max === undefined ? [] : [`${column} <= ${arg(max, 'bigint')}`]),
  ]
}

function inPeriod(column: string, { from, until }: Period = {}, arg: Arg): string[] {
  return [
    ...(from === undefined ? [] : [`${column} >= ${arg(instant(from), 'timestamptz')}`]),
    ...(until === undefined ? [] : [`${column} < ${arg(instant(until), 'timestamptz')}`]),
  ]
}

/** The same as `isInSegment`, in SQL; a test compares both. */
function inSegment(name: SegmentName, targets: Targets, now: EpochMs, arg: Arg): string[] {
  const { rule } = SEGMENTS[name]
  if (rule.by === 'visits') {
    return [
      `f.visits >= ${arg(rule.minVisits, 'bigint')}`,
      ...daysAgo('f.first_visit_at', rule.first, now, arg),
      ...daysAgo('f.last_visit_at', rule.last, now, arg),
    ]
  }
  if (rule.is === 'ready')
    return [`(${[hasAccount(readyOf(targets), arg), ...hasCard(targets, now, arg)].join(' or ')})`]
  return [isNear(targets, arg), ...hasCard(targets, now, arg).map((one) => `not ${one}`)]
}

function daysAgo(column: string, days: VisitRule['first'], now: EpochMs, arg: Arg): string[] {
  if (!days) return []
  const ago = (n: number) => arg(instant(now - n * DAY_MS), 'timestamptz')
  return [
    ...(days.from === 0 ? [] : [`${column} <= ${ago(days.from)}`]),
    ...(days.to === undefined ? [] : [`${column} > ${ago(days.to)}`]),
  ]
}

function readyOf({ programs }: Targets) {
  return programs.flatMap(({ programId, ready }) => (ready === null ? [] : [{ programId, min: ready }]))
}

/** Holds a complete stamp card that can be used now. */
function hasCard({ cards }: Targets, now: EpochMs, arg: Arg): string[] {
  if (cards.length === 0) return []
  return [
    `exists (
      select from awards w where w.business_id = c.business_id and w.customer_id = c.id and w.status = 'won'
        and w.program_id = any (${arg(cards, 'uuid[]')})
        and (w.expires_at is null or w.expires_at > ${arg(instant(now), 'timestamptz')}))`,
  ]
}

/** Near to something by a balance, and ready by none: one look at the accounts, as who is ready is near as well. */
function isNear(targets: Targets, arg: Arg): string {
  const near = targets.programs.map(({ programId, near: min }) => ({ programId, min }))
  return `c.id in (
    select a.customer_id from accounts a where a.business_id = $1 and ${isAnyOf(near, arg)}
    group by a.customer_id having not bool_or(${isAnyOf(readyOf(targets), arg)}))`
}

type Balance = { programId: Uuid } & Range

/** Has an account in one of these programs, with a balance in its range. */
function hasAccount(wanted: readonly Balance[], arg: Arg): string {
  if (wanted.length === 0) return 'false'
  return `exists (
    select from accounts a where a.business_id = c.business_id and a.customer_id = c.id and ${isAnyOf(wanted, arg)})`
}

/** The account `a` is one of these. */
function isAnyOf(wanted: readonly Balance[], arg: Arg): string {
  if (wanted.length === 0) return 'false'
  const some = wanted.map(
    ({ programId, ...range }) =>
      `(${[`a.program_id = ${arg(programId, 'uuid')}`, ...inRange('a.available', range, arg)].join(' and ')})`,
  )
  return `(${some.join(' or ')})`
}
