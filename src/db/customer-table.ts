// The type of a row of `customers`.
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
