// The types of every table's rows, and the query builder over them. The builder only builds: Queryable.run executes.
import {
  type ColumnType,
  type Driver,
  DummyDriver,
  type Generated,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'
import type { EpochMs, IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

/** Builds queries for Queryable.run. Executing one here throws, because it would reach no database. */
export const db = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: builderOnlyDriver,
    createIntrospector: (kysely) => new PostgresIntrospector(kysely),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

function builderOnlyDriver(): Driver {
  const driver = new DummyDriver()
  driver.acquireConnection = () => {
    throw new Error('this builder has no database: pass the query to run() of a Database or Transaction')
  }
  return driver
}

/** Read as epoch milliseconds, written with instant() of values.ts. */
type Instant = ColumnType<EpochMs, string, string>
type OptionalInstant = ColumnType<EpochMs | null, string | null, string | null>
/** Written with json() of values.ts. */
type Json<T> = ColumnType<T, string, string>
type OptionalJson<T> = ColumnType<T | null, string | null, string | null>

export interface Tables {
  businesses: BusinessTable
  pos_systems: PosSystemTable
  pos_secrets: PosSecretTable
  pos_revocations: PosRevocationTable
  pos_connections: PosConnectionTable
  unmatched_deliveries: UnmatchedDeliveryTable
  api_keys: ApiKeyTable
  order_books: OrderBookTable
  branches: BranchTable
  customers: CustomerTable
  programs: ProgramTable
  program_versions: ProgramVersionTable
  terms: TermsTable
  program_budgets: ProgramBudgetTable
  deliveries: DeliveryTable
  orders: OrderTable
  accounts: AccountTable
  transfers: TransferTable
  lots: LotTable
  subscriptions: SubscriptionTable
  stamp_cards: StampCardTable
  idempotency_keys: IdempotencyKeyTable
}

interface BusinessTable {
  id: Uuid
  name: string
  name_ar: string | null
  currency: string
  timezone: string
  language: 'ar' | 'en'
  created_at: Instant
}

interface PosSystemTable {
  name: string
  title: string
  adapter: 'foodics' | 'standard'
  created_at: Instant
}

interface PosSecretTable {
  id: Uuid
  pos_name: string
  sealed_secret: Buffer
  created_at: Instant
  retired_at: OptionalInstant
}

interface PosRevocationTable {
  id: Uuid
  pos_name: string
  jti: string | null
  issued_before: OptionalInstant
  created_at: Instant
}

interface PosConnectionTable {
  pos_name: string
  reference: string
  business_id: Uuid
  created_at: Instant
}

interface UnmatchedDeliveryTable {
  id: Uuid
  pos_name: string
  reference: string
  dictionary: number
  body: Buffer
  received_at: Instant
}

interface ApiKeyTable {
  id: Uuid
  business_id: Uuid
  name: string
  prefix: string
  secret_hash: Buffer
  scopes: string[]
  created_at: Instant
  expires_at: OptionalInstant
  revoked_at: OptionalInstant
}

interface OrderBookTable {
  business_id: Uuid
  config_version: Generated<number>
}

interface BranchTable {
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
}

interface CustomerTable {
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
  created_at: Instant
  updated_at: Instant
}

interface ProgramTable {
  business_id: Uuid
  id: Uuid
  type: 'points' | 'stamps' | 'cashback' | 'subscription'
  name: string
  name_ar: string
  status: 'draft' | 'active' | 'ended'
  created_at: Instant
  updated_at: Instant
}

interface ProgramVersionTable {
  business_id: Uuid
  program_id: Uuid
  version: number
  definition: Json<unknown>
  created_at: Instant
}

interface TermsTable {
  business_id: Uuid
  number: number
  effective_from: Instant
  members: Json<{ program_id: Uuid; version: number }[]>
  created_at: Instant
}

interface ProgramBudgetTable {
  business_id: Uuid
  program_id: Uuid
  used: number
}

interface DeliveryTable {
  business_id: Uuid
  id: Uuid
  pos_name: string
  order_id: Uuid | null
  event: string | null
  result: 'processed' | 'stale' | 'parked' | 'ignored' | 'failed'
  reason: string | null
  error: string | null
  dictionary: number
  body: Buffer
  answer: Buffer
  received_at: Instant
}

interface OrderTable {
  business_id: Uuid
  id: Uuid
  pos_name: string
  pos_order_id: string
  reference: string | null
  kind: 'sale' | 'return'
  status: 'initiated' | 'paid' | 'void' | 'refunded'
  original_id: Uuid | null
  parked: Generated<boolean>
  branch_id: Uuid | null
  customer_id: Uuid | null
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
  deliveries: Uuid[]
  dictionary: number
  snapshot: Buffer
  created_at: Instant
}

interface AccountTable {
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

interface TransferTable {
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
}

interface LotTable {
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

interface SubscriptionTable {
  business_id: Uuid
  id: Uuid
  customer_id: Uuid
  program_id: Uuid
  version: number
  order_id: Uuid | null
  quantity: number
  started_at: Instant
  ends_at: Instant
  next_period_at: OptionalInstant
  ended_at: OptionalInstant
  created_at: Instant
}

interface StampCardTable {
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

interface IdempotencyKeyTable {
  business_id: Uuid
  key: string
  input_hash: Buffer
  status: number | null
  answer: OptionalJson<unknown>
  created_at: Instant
}
