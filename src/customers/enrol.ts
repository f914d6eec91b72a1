// Finds or enrols the customers of a batch of orders by phone, and keeps their profiles as the
// newest orders state.
import type { Actor } from '../../contract/actor.ts'
import type { PosCustomer } from '../../contract/pos-order.ts'
import type { BusinessLock } from '../db/business-lock.ts'
import type { Queryable, Statement, Transaction } from '../db/database.ts'
import { instant, plainArray } from '../db/values.ts'
import { recordEvents } from '../events/record.ts'
import type { EpochMs, IsoDate } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import type { PosProfile } from './sources.ts'

/** What processing an order needs to know of a customer. */
export interface KnownCustomer {
  businessId: Uuid
  id: Uuid
  phone: string
  name: string | null
  email: string | null
  gender: string | null
  birthDate: IsoDate | null
  blacklistedAt: EpochMs | null
  /** The time of the newest snapshot with a new value. */
  profileAsOf: EpochMs | null
  /**
   * The birth date that staff or the customer entered: the only one that applies to orders without
   * one.
   */
  enteredBirthDate: IsoDate | null
  /** The latest values of the POS, where somebody entered a value; otherwise the profile itself. */
  posProfile: PosProfile | null
}

/** A customer with the number by which they were found. */
interface NamedCustomer extends KnownCustomer {
  named: string
  /**
   * Until when a former number belonged to them: it names them in orders placed before. Null for
   * their present number.
   */
  namedUntil: EpochMs | null
}

/** A customer in a snapshot; `asOf` is the time of the snapshot. */
export interface SeenCustomer {
  businessId: Uuid
  customer: PosCustomer
  /** When the order was placed. */
  occurredAt: EpochMs
  asOf: EpochMs
  /** The POS that said so. */
  posName: string
}

export function customerKey(businessId: Uuid, phone: string): string {
  return `${businessId} ${phone}`
}

/** The key of a customer who had the number until it was released. */
function formerKey(businessId: Uuid, phone: string): string {
  return `${businessId} ${phone} released`
}

/** The customer whom an order of this time names by this number; undefined when there is none. */
export function customerNamed(
  customers: ReadonlyMap<string, KnownCustomer>,
  { businessId, phone, occurredAt }: { businessId: Uuid; phone: string; occurredAt: EpochMs },
): KnownCustomer | undefined {
  const former = customers.get(formerKey(businessId, phone)) as NamedCustomer | undefined
  if (former?.namedUntil != null && occurredAt < former.namedUntil) return former
  return customers.get(customerKey(businessId, phone))
}

/** Every customer whom the number may name, at any time. */
export function customersNamed(
  customers: ReadonlyMap<string, KnownCustomer>,
  businessId: Uuid,
  phone: string,
): KnownCustomer[] {
  return [customerKey(businessId, phone), formerKey(businessId, phone)].flatMap((key) => customers.get(key) ?? [])
}

/** The customers with these numbers, for `customerNamed`. */
export async function findCustomers(
  tx: Queryable,
  keys: readonly { businessId: Uuid; phone: string }[],
): Promise<Map<string, KnownCustomer>> {
  if (keys.length === 0) return new Map()
  const rows = await tx.query<NamedCustomer>(FIND, [
    plainArray(keys.map((key) => key.businessId)),
    plainArray(keys.map((key) => key.phone)),
  ])
  return new Map(
    rows.map((row) => [(row.namedUntil === null ? customerKey : formerKey)(row.businessId, row.named), row]),
  )
}

const COLUMNS = `c.business_id as "businessId", c.id, c.phone, c.name, c.email, c.gender, c.birth_date as "birthDate",
  c.blacklisted_at as "blacklistedAt", c.profile_as_of as "profileAsOf",
  c.entered #>> '{birth_date,value}' as "enteredBirthDate", c.pos_profile as "posProfile"`

const FIND: Statement = {
  name: 'find_customers',
  text: `
with k as (select distinct * from unnest($1::uuid[], $2::text[]) as k (business_id, phone))
select ${COLUMNS}, c.phone as named, null::timestamptz as "namedUntil"
from k join customers c on c.business_id = k.business_id and c.phone = k.phone
union all
select ${COLUMNS}, f.phone, f.released_at
from k join former_phones f on f.business_id = k.business_id and f.phone = k.phone
join customers c on c.business_id = f.business_id and c.id = f.customer_id`,
}

/**
 * Enrols new customers and updates profiles; returns `known` with both. A snapshot that is older
 * than the source of a profile does not change it, an absent field never erases a value, and a
 * snapshot without new values writes nothing (most orders of a regular customer). A value that
 * staff or the customer entered stands until the POS states, in a later snapshot, another value
 * than before. Pass each customer once.
 */
export async function enrolCustomers(
  tx: Transaction,
  lock: BusinessLock,
  seen: readonly SeenCustomer[],
  known: ReadonlyMap<string, KnownCustomer>,
  { now, ids }: { now: EpochMs; ids: Ids },
): Promise<ReadonlyMap<string, KnownCustomer>> {
  const knownAs = ({ businessId, customer: { phone }, occurredAt }: SeenCustomer) =>
    customerNamed(known, { businessId, phone, occurredAt })
  const due = seen.filter((one) => {
    const before = knownAs(one)
    return before === undefined || (isNews(newsOf(one.customer, before)) && (before.profileAsOf ?? 0) < one.asOf)
  })
  if (due.length === 0) return known
  const aliased = due.filter((one) => (knownAs(one)?.phone ?? one.customer.phone) !== one.customer.phone)
  const news = due.map((one) => {
    const before = knownAs(one)
    return before ? newsOf(one.customer, before) : said(one.customer)
  })
  const rows = await tx.query<KnownCustomer>(ENROL, [
    due.map((one) => one.businessId),
    due.map((one) => knownAs(one)?.id ?? ids.next()),
    // A customer named by a former number keeps the present one.
    due.map((one) => knownAs(one)?.phone ?? one.customer.phone),
    news.map((one) => one.name ?? null),
    news.map((one) => one.email ?? null),
    news.map((one) => one.gender ?? null),
    news.map((one) => one.birth_date ?? null),
    due.map((one) => instant(one.asOf)),
    instant(now),
    due.map((one): Actor => `pos:${one.posName}`),
  ])
  const updated = new Set(due.flatMap((one) => knownAs(one)?.id ?? []))
  const posOf = new Map(
    due.map((one) => [customerKey(one.businessId, knownAs(one)?.phone ?? one.customer.phone), one.posName]),
  )
  recordEvents(tx, lock, rows, ({ businessId, id, phone }) => {
    const actor: Actor = `pos:${posOf.get(customerKey(businessId, phone))}`
    const type = updated.has(id) ? 'customer.updated' : 'customer.created'
    return { type, at: now, actor, subject: id, data: {} }
  })
  const customers = new Map(known)
  for (const row of rows) customers.set(customerKey(row.businessId, row.phone), row)
  const fresh = new Map(rows.map((row) => [row.id, row]))
  for (const { businessId, customer } of aliased) {
    for (const key of [customerKey, formerKey].map((keyOf) => keyOf(businessId, customer.phone))) {
      const before = customers.get(key)
      const now = before && fresh.get(before.id)
      if (now) customers.set(key, { ...before, ...now })
    }
  }
  return customers
}

function said({ name, email, gender, birth_date }: PosCustomer): PosProfile {
  return { name, email, gender, birth_date }
}

/** The fields for which the POS states another value than before. */
function newsOf(customer: PosCustomer, { posProfile, name, email, gender, birthDate }: KnownCustomer): PosProfile {
  const last: PosProfile = posProfile ?? { name, email, gender, birth_date: birthDate }
  const fresh = Object.entries(said(customer)).filter(
    ([field, value]) => value !== undefined && value !== last[field as keyof PosProfile],
  )
  return Object.fromEntries(fresh)
}

function isNews(news: PosProfile): boolean {
  return Object.keys(news).length > 0
}

/** The new value of the POS, unless somebody entered a value after the snapshot was taken. */
function newer(field: keyof PosProfile): string {
  return `${field} = case when coalesce((c.entered #>> '{${field},at}')::bigint, 0) < extract(epoch from excluded.profile_as_of) * 1000
    then coalesce(excluded.${field}, c.${field}) else c.${field} end`
}

/**
 * Rows are inserted in phone order, so that two writers of one business lock in the same order and
 * cannot deadlock.
 */
const ENROL: Statement = {
  name: 'enrol_customers',
  text: `
insert into customers as c (business_id, id, phone, name, email, gender, birth_date, profile_as_of, created_by, updated_by, created_at, updated_at)
select *, actor, $9::timestamptz, $9::timestamptz
from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::date[], $8::timestamptz[],
  $10::text[])
  as r (business_id, id, phone, name, email, gender, birth_date, profile_as_of, actor)
order by business_id, phone
on conflict (business_id, phone) do update set
  ${newer('name')}, ${newer('email')},
  ${newer('gender')}, ${newer('birth_date')},
  pos_profile = case when c.entered is not null then coalesce(c.pos_profile, '{}') || jsonb_strip_nulls(jsonb_build_object(
    'name', excluded.name, 'email', excluded.email, 'gender', excluded.gender, 'birth_date', excluded.birth_date)) end,
  profile_as_of = excluded.profile_as_of, updated_at = excluded.updated_at,
  updated_by = excluded.updated_by
returning ${COLUMNS}`,
}
