// Erasures in the database (table `erasures`): the log, and how far each has come.
import type { Actor } from '../../contract/actor.ts'
import type { Queryable, Statement, Transaction } from '../db/database.ts'
import { instant, json } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Search } from './search.ts'

/** What ended with the customer. */
export interface Ended {
  orders: number
  claims: number
  subscriptions: number
  cards: number
  /** Units by program; below 0 for a debt that was written off. */
  units: Record<Uuid, number>
}

/** An entry of the log: it identifies nobody. */
export interface Erasure {
  businessId: Uuid
  id: Uuid
  customerId: Uuid
  /** Customers who had been merged into this one. */
  merged: Uuid[]
  erasedAt: EpochMs
  erasedBy: Actor
  ended: Ended
  /** When nothing of the customer was left in the archive; null while it is searched. */
  completedAt: EpochMs | null
}

/** An erasure whose archive is still searched. */
export interface OpenErasure extends Erasure {
  search: Search
  stage: 'orders' | 'deliveries'
  /** The last order or delivery that was searched. */
  position: Uuid | null
}

const COLUMNS = `
  business_id as "businessId", id, customer_id as "customerId", merged, erased_at as "erasedAt", erased_by as "erasedBy", ended,
  completed_at as "completedAt"`

export async function insertErasure(tx: Transaction, erasure: Erasure, search: Search): Promise<void> {
  const { businessId, id, customerId, merged, erasedAt, erasedBy, ended } = erasure
  await tx.query(INSERT, [businessId, id, customerId, merged, instant(erasedAt), erasedBy, json(ended), json(search)])
}

const INSERT: Statement = {
  name: 'insert_erasure',
  text: `
insert into erasures (business_id, id, customer_id, merged, erased_at, erased_by, ended, search, stage)
values ($1, $2, $3, $4::uuid[], $5::timestamptz, $6, $7::jsonb, $8::jsonb, 'orders')`,
}

/** Of a customer, or of one who was merged into a customer who was erased. */
export async function findErasureOf(q: Queryable, businessId: Uuid, customerId: Uuid): Promise<Erasure | null> {
  const [row] = await q.query<Erasure>(OF_CUSTOMER, [businessId, customerId])
  return row ?? null
}

const OF_CUSTOMER: Statement = {
  name: 'erasure_of_customer',
  text: `
select ${COLUMNS} from erasures where business_id = $1 and customer_id = coalesce(
  (select into_id from merged_customers where business_id = $1 and id = $2), $2)`,
}

export async function findErasure(q: Queryable, businessId: Uuid, id: Uuid): Promise<Erasure | null> {
  const [row] = await q.query<Erasure>(`select ${COLUMNS} from erasures where business_id = $1 and id = $2`, [
    businessId,
    id,
  ])
  return row ?? null
}

/** Newest first, older than `before`. */
export function listErasures(q: Queryable, businessId: Uuid, before: Uuid | null, limit: number): Promise<Erasure[]> {
  return q.query(LIST, [businessId, before, limit])
}

const LIST: Statement = {
  name: 'list_erasures',
  text: `
select ${COLUMNS} from erasures where business_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
}

/** Of every business, oldest first, after `after`: for a restored database. */
export function allErasures(q: Queryable, after: EpochMs | null): Promise<Erasure[]> {
  return q.query(ALL, [instant(after)])
}

const ALL: Statement = {
  name: 'all_erasures',
  text: `
select ${COLUMNS} from erasures where $1::timestamptz is null or erased_at >= $1 order by erased_at, business_id, id`,
}

/** For `eachBusiness`: whether business `b` has an open erasure. */
export const HAS_OPEN_ERASURES = 'exists (select from erasures e where e.business_id = b.id and e.completed_at is null)'

/** Oldest first. */
export function openErasures(q: Queryable, businessId: Uuid): Promise<OpenErasure[]> {
  return q.query(OPEN, [businessId])
}

const OPEN: Statement = {
  name: 'open_erasures',
  text: `
select ${COLUMNS}, search, stage, position from erasures
where business_id = $1 and completed_at is null order by id`,
}

/** How far these erasures have come. */
export interface Progress {
  stage: OpenErasure['stage']
  position: Uuid | null
}

export async function saveProgress(
  tx: Transaction,
  businessId: Uuid,
  ids: readonly Uuid[],
  { stage, position }: Progress,
): Promise<void> {
  await tx.query(SAVE_PROGRESS, [businessId, ids, stage, position])
}

const SAVE_PROGRESS: Statement = {
  name: 'save_erasure_progress',
  text: `
update erasures set stage = $3, position = $4
where business_id = $1 and id = any ($2::uuid[]) and completed_at is null`,
}

/** The names, numbers and POS IDs that snapshots added. */
export async function saveSearch(tx: Transaction, { businessId, id }: OpenErasure, search: Search): Promise<void> {
  await tx.query('update erasures set search = $3::jsonb where business_id = $1 and id = $2', [
    businessId,
    id,
    json(search),
  ])
}

/** From here on the log names nobody. */
export async function completeErasures(
  tx: Transaction,
  businessId: Uuid,
  ids: readonly Uuid[],
  now: EpochMs,
): Promise<void> {
  await tx.query(COMPLETE, [businessId, ids, instant(now)])
}

const COMPLETE: Statement = {
  name: 'complete_erasures',
  text: `
update erasures set search = null, stage = null, position = null, completed_at = $3::timestamptz
where business_id = $1 and id = any ($2::uuid[]) and completed_at is null`,
}
