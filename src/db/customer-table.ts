// The types of the rows of `customers`, and of what is remembered of them beside it.
import type { Generated } from 'kysely'
import type { IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Instant, OptionalInstant, OptionalJson } from './columns.ts'

export interface CustomerTable {
  business_id: Uuid
  id: Uuid
  phone: string
  name: string | null
  email: string | null
  gender: 'male' | 'female' | null
  birth_date: IsoDate | null
  language: 'ar' | 'en' | null
  blacklisted_at: OptionalInstant
  profile_as_of: OptionalInstant
  entered: OptionalJson<Record<string, unknown>>
  pos_profile: OptionalJson<Record<string, unknown>>
  card_serial: Generated<number>
  created_at: Instant
  updated_at: Instant
}

export interface FormerPhoneTable {
  business_id: Uuid
  phone: string
  customer_id: Uuid
  reason: string
  key_id: Uuid | null
  created_at: Instant
  released_at: OptionalInstant
}

export interface MergedCustomerTable {
  business_id: Uuid
  id: Uuid
  into_id: Uuid
  phone: string
  name: string | null
  reason: string
  key_id: Uuid | null
  created_at: Instant
  merged_at: Instant
}
