// The type of the rows of back_tests.
import type { Generated } from 'kysely'
import type { Actor } from '../../contract/actor.ts'
import type { IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Instant, Json, OptionalInstant, OptionalJson } from './columns.ts'

export interface BackTestTable {
  business_id: Uuid
  id: Uuid
  program_id: Uuid
  version: number | null
  definition: Json<unknown>
  from_date: IsoDate
  to_date: IsoDate
  status: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  orders: number | null
  assessed: Generated<number>
  result: OptionalJson<unknown>
  problem: string | null
  created_at: Instant
  created_by: Actor
  started_at: OptionalInstant
  seen_at: OptionalInstant
  finished_at: OptionalInstant
}
