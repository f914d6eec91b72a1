// The sources of a timeline: each gives its newest entries before a position, in the sequence that
// all share.
import { actorToJson } from '../../../../contract/actor.ts'
import { TIMELINE_TYPES, type TimelineEntry } from '../../../../contract/api/customer-timeline.ts'
import { listMerged } from '../../../customers/merged.ts'
import { listNotes } from '../../../customers/notes.ts'
import { formerPhones } from '../../../customers/phones.ts'
import type { Queryable } from '../../../db/database.ts'
import type { EpochMs } from '../../../kernel/clock.ts'
import { derivedId, firstIdAt, formatId, instantOfId, type Uuid } from '../../../kernel/ids.ts'
import { readLedgerPage } from '../../../ledger/read.ts'
import { listOrders, type OrderHead, salesBehind } from '../../../orders/read.ts'
import { subscriptionsOf } from '../../../programs/plans/holdings.ts'
import type { BusinessPrograms } from '../../../programs/store.ts'
import type { Why } from '../../../programs/why.ts'
import { listClaims } from '../../../rewards/claims/claim-store.ts'
import { claimToJson } from '../claims/claim-to-json.ts'
import { formatInstant } from '../format.ts'
import { orderSummaryToJson } from '../orders/order-to-json.ts'
import { entryToJson } from './entry-to-json.ts'
import { noteToJson } from './note-to-json.ts'
import { subscriptionToJson } from './subscription-to-json.ts'

export interface TimelineScope {
  businessId: Uuid
  customerId: Uuid
  /** Customers that were merged into this one. */
  merged: readonly Uuid[]
  programs: BusinessPrograms
  /** Of movements; all when undefined. */
  kinds: readonly string[] | undefined
  /** Whose orders the caller may see; null: of all. */
  branches: readonly Uuid[] | null
  now: EpochMs
}

type Type = TimelineEntry['type']

export interface Position {
  at: EpochMs
  type: Type
  id: Uuid
}

/** An entry with its place in the timeline. */
export interface Happening extends Position {
  entry: TimelineEntry
}

type Source = (q: Queryable, scope: TimelineScope, before: Position | null, limit: number) => Promise<Happening[]>

/** Whether `a` comes before `b` in the list, which begins with the latest. */
export function isAfter(a: Position, b: Position): boolean {
  if (a.at !== b.at) return a.at > b.at
  const rank = rankOf(a.type) - rankOf(b.type)
  return rank !== 0 ? rank > 0 : a.id > b.id
}

function rankOf(type: Type): number {
  return TIMELINE_TYPES.indexOf(type)
}

export const SOURCES: Readonly<Record<Type, Source>> = {
  movement: movements,
  order: ordersWithoutEarnings,
  claim: async (q, { businessId, customerId, programs }, before, limit) => {
    const page = { before: idBefore('claim', before), limit }
    const claims = await listClaims(q, { businessId, customerId }, page)
    return claims.map((claim) =>
      happening('claim', instantOfId(claim.id), claim.id, { claim: claimToJson(claim, programs) }),
    )
  },
  subscription: async (q, { businessId, customerId, now }, before, limit) => {
    const subscriptions = await subscriptionsOf(q, businessId, customerId)
    const all = subscriptions.map((one) =>
      happening('subscription', one.createdAt, one.id, { subscription: subscriptionToJson(one, now) }),
    )
    return pageOfAll(all, before, limit)
  },
  merge: async (q, { businessId, customerId }, before, limit) => {
    const merged = await listMerged(q, businessId, customerId)
    const all = merged.map(({ id, phone, name, reason, mergedAt, mergedBy }) =>
      happening('merge', mergedAt, id, {
        merge: {
          customer_id: formatId('customer', id),
          name,
          phone,
          reason,
          actor: actorToJson(mergedBy),
        },
      }),
    )
    return pageOfAll(all, before, limit)
  },
  phone: async (q, { businessId, customerId }, before, limit) => {
    const former = await formerPhones(q, businessId, customerId)
    const all = former.map(({ phone, since, replacedBy, reason }) =>
      happening('phone', since, derivedId(businessId, phone), {
        phone: { from: phone, reason, actor: actorToJson(replacedBy) },
      }),
    )
    return pageOfAll(all, before, limit)
  },
  note: async (q, { businessId, customerId }, before, limit) => {
    const notes = await listNotes(q, businessId, customerId)
    const all = notes.map((note) => happening('note', note.createdAt, note.id, { note: noteToJson(note) }))
    return pageOfAll(all, before, limit)
  },
}

async function movements(
  q: Queryable,
  { businessId, customerId, merged, kinds, programs, branches }: TimelineScope,
  before: Position | null,
  limit: number,
): Promise<Happening[]> {
  const page = { businessId, customerId, merged, kinds, before: idBefore('movement', before) ?? undefined, limit }
  const entries = await readLedgerPage<Why>(q, page)
  const sales = await salesBehind(
    q,
    businessId,
    entries.map(({ sourceId }) => sourceId),
  )
  const ids = [...new Set(sales.values())]
  const filter = { ids, ...(branches && { branchIds: branches }) }
  const heads = ids.length === 0 ? [] : await listOrders(q, businessId, filter, null, ids.length)
  const orders = new Map(heads.map((head) => [head.id, head]))
  return entries.map((entry) => {
    const sale = orders.get(sales.get(entry.sourceId) ?? '')
    return happening('movement', instantOfId(entry.id), entry.id, {
      movement: {
        ...entryToJson(entry, programs, sales),
        ...(entry.customerId !== customerId && { merged_from: formatId('customer', entry.customerId) }),
      },
      ...(sale && { order: orderRef(sale) }),
    })
  })
}

async function ordersWithoutEarnings(
  q: Queryable,
  { businessId, customerId, branches }: TimelineScope,
  before: Position | null,
  limit: number,
): Promise<Happening[]> {
  const filter = { customerId, earned: false, ...(branches && { branchIds: branches }) }
  const heads = await listOrders(q, businessId, filter, orderBefore(before), limit)
  return heads.map((head) => happening('order', head.occurred_at, head.id, { order: orderRef(head) }))
}

function orderRef(head: OrderHead): NonNullable<TimelineEntry['order']> {
  const { id, pos, reference, branch_id, business_date, occurred_at, total, currency, reason, reason_text } =
    orderSummaryToJson(head)
  return { id, pos, reference, branch_id, business_date, occurred_at, total, currency, reason, reason_text }
}

function happening(type: Type, at: EpochMs, id: Uuid, entry: Omit<TimelineEntry, 'type' | 'at'>): Happening {
  return { type, at, id, entry: { type, at: formatInstant(at), ...entry } }
}

/** Of a source whose ids ascend with time: the id that a page ends before. */
function idBefore(type: Type, before: Position | null): Uuid | null {
  if (before === null) return null
  if (type === before.type) return before.id
  // Of the same instant, the types of lower rank are still to come.
  return firstIdAt(rankOf(type) < rankOf(before.type) ? before.at + 1 : before.at)
}

const FIRST_ID: Uuid = '00000000-0000-0000-0000-000000000000'

function orderBefore(before: Position | null): { at: EpochMs; id: Uuid } | null {
  if (before === null) return null
  if (before.type === 'order') return { at: before.at, id: before.id }
  const isStillToCome = rankOf('order') < rankOf(before.type)
  return { at: isStillToCome ? before.at + 1 : before.at, id: FIRST_ID }
}

/** Of a source that a customer has little of. */
function pageOfAll(all: readonly Happening[], before: Position | null, limit: number): Happening[] {
  return all
    .filter((one) => before === null || isAfter(before, one))
    .sort((a, b) => (isAfter(a, b) ? -1 : 1))
    .slice(0, limit)
}
