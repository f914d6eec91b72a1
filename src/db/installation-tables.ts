// Row types of the tables of installations and of the catalogue; each belongs to a business.
import type { Generated, GeneratedAlways } from 'kysely'
import type { Actor } from '../../contract/actor.ts'
import type { IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Instant, OptionalInstant } from './columns.ts'

export interface InstallationTable {
  business_id: Uuid
  pos_name: string
  status: 'connected' | 'needs_consent'
  reference: string
  name: string | null
  access_token: Buffer
  refresh_token: Buffer | null
  token_expires_at: OptionalInstant
  refreshing_since: OptionalInstant
  problem: string | null
  calls_since: Instant
  calls: Generated<number>
  paused_until: OptionalInstant
  failures: Generated<number>
  sync_due_at: Instant
  sync_part: 'branches' | 'categories' | 'products' | null
  sync_page: number | null
  sync_total: number | null
  sync_started_at: OptionalInstant
  sync_failures: Generated<number>
  sync_problem: string | null
  synced_at: OptionalInstant
  connected_at: Instant
  connected_by: Actor | null
  updated_at: Instant
  updated_by: Actor | null
}

export interface PosConsentTable {
  business_id: Uuid
  id: Uuid
  pos_name: string
  redirect_uri: string
  expires_at: Instant
  created_at: Instant
  created_by: Actor | null
  browser_hash: Buffer | null
}

export interface PosCustomerTable {
  business_id: Uuid
  pos_name: string
  customer_id: Uuid
  pos_customer_id: string
  updated_at: Instant
}

export interface PosCustomerChangeTable {
  business_id: Uuid
  pos_name: string
  customer_id: Uuid
  revision: Generated<number>
  overwrite: boolean
  status: 'waiting' | 'failed'
  due_at: Instant
  attempts: Generated<number>
  problem: string | null
  created_at: Instant
}

export interface CatalogueCategoryTable {
  business_id: Uuid
  pos_name: string
  category_id: string
  name: string
  name_ar: string | null
  seen_at: Instant
  gone_at: OptionalInstant
}

export interface CatalogueProductTable {
  business_id: Uuid
  pos_name: string
  product_id: string
  category_id: string | null
  name: string
  name_ar: string | null
  sku: string | null
  barcode: string | null
  price: number | null
  active: boolean
  seen_at: Instant
  gone_at: OptionalInstant
  /** Both names as `fold_name` folds them, with a space between. */
  searched: GeneratedAlways<string>
}

export interface PosBackfillTable {
  business_id: Uuid
  pos_name: string
  from_date: IsoDate
  status: 'running' | 'done' | 'failed'
  last_reference: Generated<number>
  orders: Generated<number>
  processed: Generated<number>
  duplicate: Generated<number>
  stale: Generated<number>
  parked: Generated<number>
  passed_over: Generated<number>
  not_applied: Generated<number>
  due_at: Instant
  attempts: Generated<number>
  problem: string | null
  started_at: Instant
  started_by: Actor | null
  finished_at: OptionalInstant
}
