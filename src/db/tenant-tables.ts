// The types of the rows of every table that belongs to a business.
import type { Generated } from 'kysely'
import type { Actor } from '../../contract/actor.ts'
import type { IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Instant, Json, OptionalInstant, OptionalJson } from './columns.ts'

export interface BusinessLockTable {
  business_id: Uuid
  config_version: Generated<number>
  last_event: Generated<number>
  has_readers: Generated<boolean>
}

export interface BranchTable {
  business_id: Uuid
  id: Uuid
  pos_name: string
  pos_branch_id: string
  name: string
  name_ar: string | null
  reference: string | null
  timezone: string | null
  day_ends_at: string | null
  named_by_hand: Generated<boolean>
  created_at: Instant
  updated_at: Instant
  updated_by: Actor | null
}

export interface ProgramTable {
  business_id: Uuid
  id: Uuid
  type: 'points' | 'stamps' | 'cashback' | 'subscription'
  name: string
  name_ar: string
  status: 'draft' | 'active' | 'ended'
  created_at: Instant
  updated_at: Instant
  updated_by: Actor | null
}

export interface ProgramVersionTable {
  business_id: Uuid
  program_id: Uuid
  version: number
  definition: Json<unknown>
  created_at: Instant
  created_by: Actor | null
}

export interface TermsTable {
  business_id: Uuid
  number: number
  effective_from: Instant
  members: Json<{ program_id: Uuid; version: number }[]>
  created_at: Instant
  created_by: Actor | null
}

export interface ProgramBudgetTable {
  business_id: Uuid
  program_id: Uuid
  used: number
}

export interface DeliveryTable {
  business_id: Uuid
  id: Uuid
  pos_name: string
  order_id: Uuid | null
  event: string | null
  result: 'processed' | 'stale' | 'parked' | 'ignored' | 'failed'
  reason: string | null
  error: string | null
  dictionary: number
  /** The archive record. */
  body: Buffer
  received_at: Instant
  replayed_at: OptionalInstant
  replayed_by: Actor | null
}

export interface ArchiveDictionaryTable {
  business_id: Uuid
  number: number
  adapter: string
  dictionary: number
  /** Empty after the dictionary is purged; the row keeps its number reserved. */
  bytes: Buffer
  created_at: Instant
}

export interface OrderTable {
  business_id: Uuid
  id: Uuid
  pos_name: string
  pos_order_id: string
  reference: string | null
  kind: 'sale' | 'return'
  status: 'initiated' | 'paid' | 'void' | 'refunded' | 'joined'
  original_id: Uuid | null
  parked: Generated<boolean>
  branch_id: Uuid | null
  customer_id: Uuid | null
  /** Whose it was before; null: nobody's. */
  former_customers: Uuid[] | null
  business_date: IsoDate
  occurred_at: Instant
  currency: string
  total: number
  version_updated_at: Instant
  version_timestamp: Instant
  version_rank: number
  delivery_id: Uuid
  terms: number | null
  facts: OptionalJson<unknown>
  reason: string | null
  flags: string[] | null
  clock: OptionalJson<unknown>
  ceiling: OptionalJson<unknown>
  /** Null: `delivery_id` is the only one. */
  deliveries: Uuid[] | null
  /** Null, like `snapshot`, while the record of the delivery `delivery_id` holds the order. */
  dictionary: number | null
  snapshot: Buffer | null
  created_at: Instant
}

export interface AccountTable {
  business_id: Uuid
  customer_id: Uuid
  program_id: Uuid
  available: Generated<number>
  pending: Generated<number>
  held: Generated<number>
  issued: Generated<number>
  redeemed: Generated<number>
  expired: Generated<number>
  adjusted: Generated<number>
  written_off: Generated<number>
  carry: string | null
  created_at: Instant
}

export interface TransferTable {
  business_id: Uuid
  id: Uuid
  customer_id: Uuid
  program_id: Uuid
  kind:
    | 'earn'
    | 'reverse'
    | 'hold'
    | 'release'
    | 'redeem'
    | 'restore'
    | 'expire'
    | 'grant'
    | 'adjust'
    | 'write_off'
    | 'pending_release'
    | 'merge'
  debit: string
  credit: string
  units: number
  source_id: Uuid
  lots: Uuid[] | null
  lot_units: number[] | null
  balance: number
  why: Json<unknown>
  occurred_at: Instant
  created_at: Instant
  /** Null: by the POS of the order. */
  actor: Actor | null
}

export interface LotTable {
  business_id: Uuid
  customer_id: Uuid
  program_id: Uuid
  id: Uuid
  version: number
  granted: number
  remaining: number
  expired: number
  written_off: number | null
  pending: boolean
  business_date: IsoDate
  occurred_at: Instant
  available_at: Instant
  expires_at: OptionalInstant
  sliding_days: number | null
}

export interface SubscriptionTable {
  business_id: Uuid
  id: Uuid
  customer_id: Uuid
  program_id: Uuid
  version: number
  order_id: Uuid | null
  quantity: number
  bought_at: Instant
  started_at: Instant
  ends_at: Instant
  next_period_at: OptionalInstant
  ended_at: OptionalInstant
  ended_by: Actor | null
  created_at: Instant
  created_by: Actor | null
}

export interface AwardTable {
  business_id: Uuid
  id: Uuid
  customer_id: Uuid
  program_id: Uuid
  number: number
  version: number
  status: 'won' | 'used' | 'cancelled'
  goal: number
  lots: Uuid[]
  lot_units: number[]
  won_at: Instant
  expires_at: OptionalInstant
  updated_at: Instant
}

export interface RewardTable {
  business_id: Uuid
  id: Uuid
  program_id: Uuid
  name: string
  name_ar: string
  image_url: string | null
  status: 'active' | 'archived'
  version: number
  taken: Generated<number>
  created_at: Instant
  updated_at: Instant
  updated_by: Actor | null
}

export interface RewardVersionTable {
  business_id: Uuid
  reward_id: Uuid
  version: number
  price: number
  terms: Json<unknown>
  created_at: Instant
  created_by: Actor | null
}

export interface ClaimTable {
  business_id: Uuid
  id: Uuid
  customer_id: Uuid
  program_id: Uuid
  kind: 'reward' | 'cashback' | 'card' | 'use'
  reward_id: Uuid | null
  reward_version: number | null
  card_id: Uuid | null
  name: string
  name_ar: string
  terms: Json<unknown>
  units: number
  lots: Uuid[]
  lot_units: number[]
  code: string
  status: 'held' | 'redeemed' | 'restored' | 'expired' | 'cancelled'
  created_at: Instant
  expires_at: Instant
  created_by: Actor | null
  ended_at: OptionalInstant
  ended_by: Actor | null
  redeemed_at: OptionalInstant
  redeemed_units: number | null
  restored_units: Generated<number>
  redeemed_by: 'till' | 'order' | null
  order_id: Uuid | null
  pos_name: string | null
  pos_order_id: string | null
  pos_branch_id: string | null
  pos_user_id: string | null
  discount: number | null
  products: OptionalJson<unknown>
  business_date: IsoDate | null
  used_at: OptionalInstant
  outside_terms: Generated<boolean>
  subscription_id: Uuid | null
  returned_at: OptionalInstant
  returned_by: Actor | null
  return_reason: string | null
  first_order_id: Uuid | null
  first_pos_order_id: string | null
  waits_since: OptionalInstant
  closed_at: OptionalInstant
}

export interface WrongCodeTable {
  business_id: Uuid
  subject: Buffer
  wrong: number
  since: Instant
}

export interface OneTimePasswordTable {
  business_id: Uuid
  customer_id: Uuid
  hash: Buffer
  wrong: Generated<number>
  created_at: Instant
  created_by: Actor | null
  expires_at: Instant
}
