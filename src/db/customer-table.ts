// The types of the rows of `customers`, and of what is remembered of them beside it.
import type { Generated } from 'kysely'
import type { Actor } from '../../contract/actor.ts'
import type { IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Instant, Json, OptionalInstant, OptionalJson } from './columns.ts'

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
  card_renewed_by: Actor | null
  created_at: Instant
  created_by: Actor | null
  updated_at: Instant
  updated_by: Actor | null
}

export interface FormerPhoneTable {
  business_id: Uuid
  phone: string
  customer_id: Uuid
  reason: string
  created_at: Instant
  replaced_by: Actor | null
  released_at: OptionalInstant
  released_by: Actor | null
}

/** An entry of the log of erasures. */
export interface ErasureTable {
  business_id: Uuid
  id: Uuid
  customer_id: Uuid
  merged: Uuid[]
  erased_at: Instant
  erased_by: Actor
  ended: Json<unknown>
  search: OptionalJson<unknown>
  stage: 'orders' | 'deliveries' | null
  position: Uuid | null
  completed_at: OptionalInstant
}

export interface MergedCustomerTable {
  business_id: Uuid
  id: Uuid
  into_id: Uuid
  /** Null when the customer was erased. */
  phone: string | null
  name: string | null
  reason: string
  created_at: Instant
  merged_at: Instant
  merged_by: Actor | null
}

export interface CustomerFiguresTable {
  business_id: Uuid
  customer_id: Uuid
  visits: number
  spend: number
  first_visit_at: OptionalInstant
  last_visit_at: OptionalInstant
  branches: Uuid[]
}

export interface CustomerFiguresBuiltTable {
  business_id: Uuid
  built_at: Instant
}

export interface CustomerNoteTable {
  business_id: Uuid
  id: Uuid
  customer_id: Uuid
  text: string
  created_at: Instant
  created_by: Actor
}
