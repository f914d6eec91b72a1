// The types of the rows of people who sign in.
import type { Generated } from 'kysely'
import type { Actor } from '../../contract/actor.ts'
import type { Role } from '../../contract/roles.ts'
import type { IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Instant, Json, OptionalInstant } from './columns.ts'

export interface StaffTable {
  id: Uuid
  email: string
  name: string
  language: 'ar' | 'en'
  color_scheme: Generated<'system' | 'light' | 'dark'>
  numerals: Generated<'latin' | 'arabic_indic'>
  password_hash: string
  created_at: Instant
  created_by: Actor
}

export interface MembershipTable {
  business_id: Uuid
  staff_id: Uuid
  role: Role
  branch_ids: Uuid[] | null
  created_at: Instant
  created_by: Actor
  updated_by: Actor
}

export interface StaffSessionTable {
  id: Uuid
  staff_id: Uuid
  hash: Buffer
  created_at: Instant
  seen_at: Instant
  authenticated_at: Instant
  ends_at: Instant
  ended_at: OptionalInstant
  address: string
  network: string
  user_agent: string
}

export interface StaffTokenTable {
  hash: Buffer
  purpose: string
  staff_id: Uuid | null
  data: Json<unknown>
  expires_at: Instant
}

export interface InvitationTable {
  id: Uuid
  business_id: Uuid
  email: string
  role: Role
  branch_ids: Uuid[] | null
  hash: Buffer
  mail_id: Uuid
  expires_at: Instant
  created_at: Instant
  created_by: Actor
  updated_by: Actor
}

export interface MailTable {
  id: Uuid
  business_id: Uuid | null
  kind: string
  language: 'ar' | 'en'
  recipient: string
  sealed_content: Buffer | null
  status: 'waiting' | 'sending' | 'sent' | 'failed' | 'discarded'
  attempts: number
  due_at: Instant
  expires_at: Instant
  created_at: Instant
  created_by: Actor
  sent_at: OptionalInstant
  problem: string | null
}

export interface AdjustmentLimitTable {
  business_id: Uuid
  role: string
  per_adjustment: number
  per_day: number
  updated_at: Instant
  updated_by: Actor
}

export interface AdjustedAmountTable {
  business_id: Uuid
  staff_id: Uuid
  day: IsoDate
  amount: number
}

export interface StaffTotpTable {
  staff_id: Uuid
  secret: Buffer
  created_at: Instant
  confirmed_at: OptionalInstant
  last_step: number
}

export interface StaffRecoveryCodeTable {
  staff_id: Uuid
  hash: Buffer
}

export interface StaffPasskeyTable {
  id: Uuid
  staff_id: Uuid
  credential_id: Buffer
  public_key: Buffer
  counter: number
  transports: string[]
  name: string
  created_at: Instant
  used_at: OptionalInstant
}

export interface StaffAttemptTable {
  key: string
  full_at: Instant
}
