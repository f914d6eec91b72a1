// Searches the orders and the archive of a business for erased customers, page by page, and removes
// what it finds.
import type { Actor } from '../../contract/actor.ts'
import { pack } from '../archive/codec.ts'
import { createDictionaryCache, type DictionaryCache, unpackAll } from '../archive/dictionaries.ts'
import { type BusinessLock, lockBusinesses } from '../db/business-lock.ts'
import type { Database, WriteTransaction } from '../db/database.ts'
import { dropErrors } from '../events/drop-errors.ts'
import { eraseUnmatched } from '../ingest/erase-unmatched.ts'
import { must } from '../kernel/assert.ts'
import type { Clock } from '../kernel/clock.ts'
import { formatId, type Uuid } from '../kernel/ids.ts'
import { erasedAmong, eraseSnapshots, ordersOfCustomer } from '../orders/erase-orders.ts'
import { recordsAfter, recordsById, replaceRecords, type StoredRecord } from '../orders/erase-records.ts'
import { isErased } from '../orders/erased.ts'
import { loadFamilies, type OrderRow } from '../orders/store.ts'
import { forgetAnswers } from './erase-customer.ts'
import { completeErasures, type OpenErasure, openErasures, saveProgress, saveSearch } from './erasure-store.ts'
import { isConcerned, redactRecordFor, type Searching } from './redact-record.ts'
import { matcherOf, type Search, searchable, valueMatcherOf } from './search.ts'

export interface SearchDeps {
  db: Database
  clock: Clock
  signal?: AbortSignal | undefined
}

const ACTOR: Actor = 'job:erase_customers'

/** As many as keep a business waiting for some hundredths of a second. */
const ORDERS_AT_ONCE = 200
const RECORDS_AT_ONCE = 500

/**
 * Brings the open erasures of a business to their end; returns how many were completed. It stores
 * its position with every page, so after a crash or an abort the next run goes on from there.
 * Erasures that begin together share one pass over the archive.
 */
export async function searchArchive(deps: SearchDeps, businessId: Uuid): Promise<number> {
  const dictionaries = createDictionaryCache(64)
  let completed = 0
  while (!deps.signal?.aborted) {
    const open = await openErasures(deps.db, businessId)
    const [first] = open
    if (!first) return completed
    const inOrders = open.find(({ stage }) => stage === 'orders')
    if (inOrders) await searchOrders(deps, inOrders, dictionaries)
    else {
      const together = open.filter(({ position }) => position === first.position)
      completed += await searchRecords(deps, businessId, together, dictionaries)
    }
  }
  return completed
}

/** Replaces the snapshots of the customer's orders and of their returns. */
async function searchOrders(deps: SearchDeps, erasure: OpenErasure, dictionaries: DictionaryCache): Promise<void> {
  const { businessId, customerId } = erasure
  let { search, position } = erasure
  while (!deps.signal?.aborted) {
    const page = { businessId, customerId, after: position, limit: ORDERS_AT_ONCE }
    const ids = await deps.db.write(ACTOR, async (tx) => {
      const lock = await lockBusinesses(tx, [businessId])
      const orders = await ordersOfCustomer(tx, page)
      const keys = orders.map((id) => ({ businessId, id }))
      const rows = keys.length === 0 ? [] : await loadFamilies(tx, keys, { dictionaries })
      // A later exchange is an order of its own, and may be somebody else's.
      const own = rows.filter((row) => row.kind === 'return' || isErased(row))
      search = withSeen(search, own)
      await eraseSnapshots(tx, lock, own, valueMatcherOf(search))
      await saveSearch(tx, erasure, search)
      const isLast = orders.length < ORDERS_AT_ONCE
      const next = isLast
        ? { stage: 'deliveries', position: null }
        : { stage: 'orders', position: orders.at(-1) ?? null }
      await saveProgress(tx, businessId, [erasure.id], next as Pick<OpenErasure, 'stage' | 'position'>)
      return orders
    })
    position = ids.at(-1) ?? null
    if (ids.length < ORDERS_AT_ONCE) return
  }
}

/** What the snapshots of the customer add to the search. */
function withSeen(search: Search, rows: readonly OrderRow[]): Search {
  const seen = rows.flatMap(({ order }) => order.customer ?? [])
  const all = (known: string[], more: (string | undefined)[]) => [
    ...new Set([...known, ...more.filter((text) => text !== undefined)]),
  ]
  return {
    // A number that the customer had and released may be somebody else's.
    phones: search.phones,
    names: all(
      search.names,
      seen.map(({ name }) => name),
    ),
    emails: all(
      search.emails,
      seen.map(({ email }) => email),
    ),
    posIds: all(
      search.posIds,
      seen.map(({ pos_id }) => pos_id),
    ),
  }
}

/** One pass over the archive for these erasures, which have the same position. */
async function searchRecords(
  { db, clock, signal }: SearchDeps,
  businessId: Uuid,
  erasures: readonly OpenErasure[],
  dictionaries: DictionaryCache,
): Promise<number> {
  const searching = erasures.map(searchingFor)
  const ids = erasures.map(({ id }) => id)
  let position = erasures[0]?.position ?? null
  while (!signal?.aborted) {
    const page = await recordsAfter(db, { businessId, after: position, limit: RECORDS_AT_ONCE })
    const found = await concerned(db, businessId, page, { searching, dictionaries })
    position = page.at(-1)?.id ?? position
    const isLast = page.length < RECORDS_AT_ONCE
    await db.write(ACTOR, async (tx) => {
      const lock = await lockBusinesses(tx, [businessId])
      await redactFound(tx, lock, found, { businessId, searching, dictionaries })
      if (isLast) await finish(tx, businessId, erasures, { searching, now: clock.now() })
      else await saveProgress(tx, businessId, ids, { stage: 'deliveries', position })
    })
    if (isLast) return erasures.length
  }
  return 0
}

type DatedSearch = Searching & { erasedAt: number }

function searchingFor({ search, customerId, merged, erasedAt }: OpenErasure): DatedSearch {
  const ids = [customerId, ...merged].map((id) => formatId('customer', id))
  return { search, ids, matches: matcherOf(search), isPersonal: valueMatcherOf(search), erasedAt }
}

interface Found {
  searching: readonly DatedSearch[]
  dictionaries: DictionaryCache
}

/** Those of the page that may have to change, read without a lock. */
async function concerned(
  db: Database,
  businessId: Uuid,
  page: readonly StoredRecord[],
  { searching, dictionaries }: Found,
): Promise<Uuid[]> {
  const [records, erased] = await Promise.all([
    unpackAll(db, dictionaries, page),
    erasedAmong(
      db,
      businessId,
      page.flatMap((one) => one.orderId ?? []),
    ),
  ])
  return page.flatMap(({ id, orderId }, index) => {
    if (orderId !== null && erased.has(orderId)) return [id]
    const text = searchable(must(records[index], 'a record').toString())
    return searching.some((one) => isConcerned(text, one)) ? [id] : []
  })
}

/** Under the lock, because a batch may have replaced a record or an order meanwhile. */
async function redactFound(
  tx: WriteTransaction,
  lock: BusinessLock,
  found: readonly Uuid[],
  { businessId, searching, dictionaries }: Found & { businessId: Uuid },
): Promise<void> {
  if (found.length === 0) return
  const stored = await recordsById(tx, businessId, found)
  const records = await unpackAll(tx, dictionaries, stored)
  const keys = stored.flatMap(({ orderId }) => (orderId === null ? [] : [{ businessId, id: orderId }]))
  const rows = new Map((await loadFamilies(tx, keys, { dictionaries })).map((row) => [row.id, row]))
  const replaced = stored.flatMap((one, index) => {
    const row = one.orderId === null ? undefined : rows.get(one.orderId)
    const redacted = redactFor(must(records[index], 'a record'), one, { row, searching })
    return redacted === null ? [] : [{ ...one, ...pack(one.adapter, redacted), row }]
  })
  const failed = replaced.filter(({ result }) => result === 'failed').map(({ id }) => id)
  // A return whose sale is unknown names its customer alone.
  const orphans = replaced.flatMap(({ row }) => (row?.kind === 'return' && row.customerId === null ? [row] : []))
  await Promise.all([
    replaceRecords(tx, lock, replaced),
    dropErrors(tx, businessId, failed),
    eraseSnapshots(tx, lock, distinct(orphans.filter((row) => searching.some((one) => names(one, row)))), () => false),
  ])
}

function names({ search }: Searching, { order }: OrderRow): boolean {
  return search.phones.includes(order.customer?.phone ?? '')
}

function distinct(rows: readonly OrderRow[]): OrderRow[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()]
}

/** The record after every search; null when it stays. */
function redactFor(
  record: Buffer,
  { adapter, receivedAt }: StoredRecord,
  { row, searching }: { row: OrderRow | undefined; searching: readonly DatedSearch[] },
): Buffer | null {
  let redacted: Buffer | null = null
  for (const one of searching) {
    // What failed after the erasure is of somebody new.
    if (!row && receivedAt >= one.erasedAt) continue
    const order = whose(row, one)
    redacted = redactRecordFor(redacted ?? record, { adapter, order }, one) ?? redacted
  }
  return redacted
}

function whose(row: OrderRow | undefined, one: Searching) {
  if (!row) return 'none'
  if (isErased(row)) return 'erased'
  return row.customerId !== null && names(one, row) ? 'returned' : 'other'
}

async function finish(
  tx: WriteTransaction,
  businessId: Uuid,
  erasures: readonly OpenErasure[],
  { searching, now }: { searching: readonly DatedSearch[]; now: number },
): Promise<void> {
  await eraseUnmatched(tx, businessId, (body, receivedAt) => {
    const text = searchable(body.toString())
    return searching.some(({ matches, erasedAt }) => receivedAt < erasedAt && matches(text))
  })
  for (const { customerId, merged } of erasures) {
    await forgetAnswers(tx, businessId, { ids: [customerId, ...merged], texts: [] })
  }
  await completeErasures(
    tx,
    businessId,
    erasures.map(({ id }) => id),
    now,
  )
}
