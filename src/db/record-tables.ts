// The types of the rows that record what happened to a business, beside its data.
import type { Actor } from '../../contract/actor.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Instant, OptionalInstant, OptionalJson } from './columns.ts'

/** What was deleted, and by whom. */
export interface RemovalTable {
  business_id: Uuid
  id: Uuid
  kind: 'connection' | 'installation'
  name: string
  removed_at: Instant
  removed_by: Actor
}

/** The events of a business in one commit, numbered without gaps within the business. */
export interface EventTable {
  business_id: Uuid
  first_seq: number
  last_seq: number
  /** JSON, as `src/events/stored-event.ts` reads it. */
  events: string
}

/** What an operation of the business API wrote. Ids ascend with time. */
export interface ActivityTable {
  business_id: Uuid
  id: Uuid
  at: Instant
  actor: Actor
  operation: string
  subject: string | null
  address: string
  user_agent: string
  request_id: string
  before: OptionalJson<unknown>
  after: OptionalJson<unknown>
}

export interface EventReaderTable {
  business_id: Uuid
  reader: string
  /** The last event that it has read. */
  position: number
  /** When it lapses unless it is renewed; null: never. */
  lapses_at: OptionalInstant
}

/** A request of a POS that was refused before it became a delivery. */
export interface RefusedDeliveryTable {
  business_id: Uuid
  pos_name: string
  slot: number
  at: Instant
  reason: string
  reference: string | null
  errors: OptionalJson<unknown>
}

export interface DemoBusinessTable {
  business_id: Uuid
  shift: number
  position: number
  due: number
  loaded_at: OptionalInstant
  removed_at: OptionalInstant
  replaced_by: Uuid | null
}

export interface IdempotencyKeyTable {
  business_id: Uuid
  key: string
  input_hash: Buffer
  status: number | null
  answer: OptionalJson<unknown>
  created_at: Instant
}
