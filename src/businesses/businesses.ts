// Businesses: the tenants. Each is created together with its business lock.
import type { Actor } from '../../contract/actor.ts'
import { createBusinessLock, raiseConfigVersion } from '../db/config-version.ts'
import type { Queryable, Statement, WriteTransaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import { must } from '../kernel/assert.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { isTimezone } from '../kernel/local-date.ts'
import { isPhoneCountry } from '../kernel/phone.ts'

export interface Business {
  id: Uuid
  name: string
  name_ar: string | null
  /** ISO 4217. It never changes, because every amount in the ledger is in it. */
  currency: string
  /** IANA zone, in which the days end on which units expire. It is fixed by the first order or movement. */
  timezone: string
  /** The language of messages for its cashiers. */
  language: 'ar' | 'en'
  /**
   * ISO 3166-1 alpha-2: the country of phone numbers without a country code. Null means the country
   * of the time zone (`countryOf`).
   */
  country: string | null
  created_at: EpochMs
  created_by: Actor | null
  /** Who changed it last. */
  updated_by: Actor | null
}

export type NewBusiness = Pick<Business, 'name' | 'name_ar' | 'currency' | 'timezone' | 'language'> &
  Partial<Pick<Business, 'country'>>

export type CreateBusinessOutcome =
  | { kind: 'created'; business: Business }
  | { kind: 'name_missing' | 'currency_unknown' | 'timezone_unknown' | 'country_unknown' }

/**
 * In order of precedence: name_missing, currency_unknown, timezone_unknown, country_unknown,
 * created.
 */
export async function createBusiness(
  tx: WriteTransaction,
  input: NewBusiness,
  { ids, clock }: { ids: Ids; clock: Clock },
): Promise<CreateBusinessOutcome> {
  if (input.name.trim() === '') return { kind: 'name_missing' }
  if (!Intl.supportedValuesOf('currency').includes(input.currency)) return { kind: 'currency_unknown' }
  if (!isTimezone(input.timezone)) return { kind: 'timezone_unknown' }
  const { country = null } = input
  if (country !== null && !isPhoneCountry(country)) return { kind: 'country_unknown' }
  const business: Business = {
    ...input,
    country,
    id: ids.next(),
    created_at: clock.now(),
    created_by: tx.actor,
    updated_by: tx.actor,
  }
  const { id, name, name_ar, currency, timezone, language } = business
  await tx.query(
    `insert into businesses (id, name, name_ar, currency, timezone, language, country, created_at, created_by, updated_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8::timestamptz, $9, $9)`,
    [id, name, name_ar, currency, timezone, language, country, instant(business.created_at), tx.actor],
  )
  await createBusinessLock(tx, id)
  return { kind: 'created', business }
}

export async function findBusiness(q: Queryable, id: Uuid): Promise<Business | null> {
  const [business] = await q.query<Business>(`select ${COLUMNS} from businesses where id = $1`, [id])
  return business ?? null
}

/** All businesses, oldest first: for the operator, not for a tenant. */
export function listBusinesses(q: Queryable): Promise<Business[]> {
  return q.query<Business>(`select ${COLUMNS} from businesses order by id`)
}

export type UpdateBusinessOutcome =
  | { kind: 'updated'; business: Business }
  | { kind: 'timezone_unknown' | 'not_found' | 'timezone_fixed' }

/**
 * Changes the settings; absent members stay. The country must be valid (`isPhoneCountry`). In order
 * of precedence: timezone_unknown, not_found, timezone_fixed (something was already computed with
 * the present zone), updated.
 */
export async function updateBusiness(
  tx: WriteTransaction,
  id: Uuid,
  patch: {
    name?: string
    name_ar?: string | null
    language?: 'ar' | 'en'
    country?: string | null
    timezone?: string
  },
): Promise<UpdateBusinessOutcome> {
  if (patch.timezone !== undefined && !isTimezone(patch.timezone)) return { kind: 'timezone_unknown' }
  // Every process caches the settings of businesses under this version and reads them again when it
  // changes. Locked first, so that no order is applied between the check and the change.
  await raiseConfigVersion(tx, id)
  const before = await findBusiness(tx, id)
  if (!before) return { kind: 'not_found' }
  const { timezone = before.timezone } = patch
  if (timezone !== before.timezone && (await hasLedger(tx, id))) return { kind: 'timezone_fixed' }
  const [business] = await tx.query<Business>(
    `update businesses set name = coalesce($2, name), name_ar = case when $3 then $4 else name_ar end,
       language = coalesce($5, language), country = case when $6 then $7 else country end,
       timezone = $8, updated_by = $9
     where id = $1 returning ${COLUMNS}`,
    [
      id,
      patch.name ?? null,
      patch.name_ar !== undefined,
      patch.name_ar ?? null,
      patch.language ?? null,
      patch.country !== undefined,
      patch.country ?? null,
      timezone,
      tx.actor,
    ],
  )
  return { kind: 'updated', business: must(business, 'the business') }
}

async function hasLedger(q: Queryable, businessId: Uuid): Promise<boolean> {
  const [row] = await q.query<{ found: boolean }>(HAS_LEDGER, [businessId])
  return row?.found === true
}

const COLUMNS = 'id, name, name_ar, currency, timezone, language, country, created_at, created_by, updated_by'

/** Whether anything was computed with the time zone of the business. */
const HAS_LEDGER: Statement = {
  name: 'has_ledger',
  text: `
select exists (select from orders where business_id = $1) or exists (select from transfers where business_id = $1)
  or exists (select from claims where business_id = $1) or exists (select from subscriptions where business_id = $1) as found`,
}
