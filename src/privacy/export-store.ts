// What is known of a customer beyond what other operations show: where the profile comes from, and
// what POS systems said.
import type { Queryable, Statement } from '../db/database.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

/** A value of the profile that staff or the customer entered, and when. */
export type EnteredValues = Record<string, { value: string | null; at: EpochMs }>

export interface ProfileSources {
  entered: EnteredValues | null
  posProfile: Record<string, string | null> | null
  excludedAt: EpochMs | null
}

export async function profileSources(q: Queryable, businessId: Uuid, customerId: Uuid): Promise<ProfileSources | null> {
  const [row] = await q.query<ProfileSources>(SOURCES, [businessId, customerId])
  return row ?? null
}

const SOURCES: Statement = {
  name: 'export_profile_sources',
  text: `
select entered, pos_profile as "posProfile", blacklisted_at as "excludedAt" from customers
where business_id = $1 and id = $2`,
}

/** A customer who was merged into this one. */
export interface MergedInto {
  id: Uuid
  phone: string | null
  name: string | null
  reason: string
  createdAt: EpochMs
  mergedAt: EpochMs
}

export function mergedCustomersOf(q: Queryable, businessId: Uuid, customerId: Uuid): Promise<MergedInto[]> {
  return q.query(MERGED, [businessId, customerId])
}

const MERGED: Statement = {
  name: 'export_merged',
  text: `
select id, phone, name, reason, created_at as "createdAt", merged_at as "mergedAt" from merged_customers
where business_id = $1 and into_id = $2 order by merged_at, id`,
}

/** A customer of a POS with whom this one is linked. */
export interface PosLink {
  pos: string
  id: string
}

export function posLinksOf(q: Queryable, businessId: Uuid, customerId: Uuid): Promise<PosLink[]> {
  return q.query(POS_LINKS, [businessId, customerId])
}

const POS_LINKS: Statement = {
  name: 'export_pos_links',
  text: `
select pos_name as pos, pos_customer_id as id from pos_customers
where business_id = $1 and customer_id = $2 order by pos_name`,
}

/** A stamp card that the customer completed. */
export interface CompletedCard {
  id: Uuid
  programId: Uuid
  number: number
  status: string
  goal: number
  wonAt: EpochMs
  expiresAt: EpochMs | null
}

/** Those after the card `after`, by id. */
export function cardsOf(
  q: Queryable,
  { businessId, customerId, after, limit }: { businessId: Uuid; customerId: Uuid; after: Uuid | null; limit: number },
): Promise<CompletedCard[]> {
  return q.query(CARDS, [businessId, customerId, after, limit])
}

const CARDS: Statement = {
  name: 'export_cards',
  text: `
select id, program_id as "programId", number, status, goal, won_at as "wonAt", expires_at as "expiresAt" from awards
where business_id = $1 and customer_id = $2 and ($3::uuid is null or id > $3) order by id limit $4`,
}

export interface BoughtPlan {
  id: Uuid
  programId: Uuid
  orderId: Uuid | null
  quantity: number
  boughtAt: EpochMs
  startedAt: EpochMs
  endsAt: EpochMs
  endedAt: EpochMs | null
}

/** Those after the subscription `after`, by id. */
export function plansOf(
  q: Queryable,
  { businessId, customerId, after, limit }: { businessId: Uuid; customerId: Uuid; after: Uuid | null; limit: number },
): Promise<BoughtPlan[]> {
  return q.query(PLANS, [businessId, customerId, after, limit])
}

const PLANS: Statement = {
  name: 'export_plans',
  text: `
select id, program_id as "programId", order_id as "orderId", quantity, bought_at as "boughtAt", started_at as "startedAt",
  ends_at as "endsAt", ended_at as "endedAt" from subscriptions
where business_id = $1 and customer_id = $2 and ($3::uuid is null or id > $3) order by id limit $4`,
}

/** A stored delivery of an order, with its packed record. */
export interface ExportedDelivery {
  id: Uuid
  orderId: Uuid
  businessId: Uuid
  event: string | null
  result: string
  receivedAt: EpochMs
  dictionary: number
  bytes: Buffer
}

export function deliveriesOf(q: Queryable, businessId: Uuid, ids: readonly Uuid[]): Promise<ExportedDelivery[]> {
  return ids.length === 0 ? Promise.resolve([]) : q.query(DELIVERIES, [businessId, ids])
}

const DELIVERIES: Statement = {
  name: 'export_deliveries',
  text: `
select d.id, d.order_id as "orderId", d.business_id as "businessId", d.event, d.result, d.received_at as "receivedAt", d.dictionary,
  d.body as bytes
from unnest($2::uuid[]) as k (id)
cross join lateral (select * from deliveries f where f.business_id = $1 and f.id = k.id offset 0) d
order by d.id`,
}
