// Requests of a POS that were refused before they became a delivery: some of the latest
// are stored, so that the person who connects the POS sees what is wrong.
import { LRUCache } from 'lru-cache'
import type { FieldError } from '../../contract/field-error.ts'
import type { Queryable, Statement } from '../db/database.ts'
import { instant, json } from '../db/values.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

/**
 * - `wrong_token`: the token is missing, wrong, expired or revoked
 * - `wrong_secret`: the secret of the connection is missing or wrong
 * - `not_connected`: no business is connected to the reference; the order waits for 30 days
 * - `invalid_order`: the order cannot be read, and the POS was told why
 */
export const REFUSAL_REASONS = ['wrong_token', 'wrong_secret', 'not_connected', 'invalid_order'] as const
export type RefusalReason = (typeof REFUSAL_REASONS)[number]

export interface Refusal {
  posName: string
  /** Null: not known. It is kept when the POS belongs to one business alone, otherwise not. */
  businessId: Uuid | null
  reason: RefusalReason
  reference: string | null
  errors: readonly FieldError[]
}

export interface RefusalLog {
  /** At most one a second of each POS and business; nobody waits for it. */
  record(refusal: Refusal): void
}

export function createRefusalLog(q: Queryable, clock: Clock, onError: (error: unknown) => void): RefusalLog {
  const lastSecond = new LRUCache<string, number>({ max: 1_000 })
  return {
    record({ posName, businessId, reason, reference, errors }) {
      const now = clock.now()
      const second = Math.floor(now / 1000)
      const key = `${posName} ${businessId ?? ''}`
      if (lastSecond.get(key) === second) return
      lastSecond.set(key, second)
      const few = errors.slice(0, MAX_ERRORS)
      const values = [businessId, posName, second % SLOTS, instant(now), reason, reference?.slice(0, 100) ?? null]
      q.query(RECORD, [...values, few.length > 0 ? json(few) : null]).catch(onError)
    },
  }
}

const SLOTS = 20
const MAX_ERRORS = 5

export interface KeptRefusal {
  at: EpochMs
  reason: RefusalReason
  reference: string | null
  errors: FieldError[] | null
}

/** Newest first. */
export function listRefusals(q: Queryable, businessId: Uuid, posName: string, since: EpochMs): Promise<KeptRefusal[]> {
  return q.query(LIST, [businessId, posName, instant(since)])
}

/** Of all POS systems of the business; the latest and their number. */
export async function countRefusals(
  q: Queryable,
  businessId: Uuid,
  since: EpochMs,
): Promise<{ count: number; from: EpochMs | null; posName: string | null }> {
  const [row] = await q.query<{ count: number; from: EpochMs | null; posName: string | null }>(COUNT, [
    businessId,
    instant(since),
  ])
  return row ?? { count: 0, from: null, posName: null }
}

const RECORD: Statement = {
  name: 'record_refusal',
  text: `
insert into refused_deliveries (business_id, pos_name, slot, at, reason, reference, errors)
select coalesce($1::uuid, p.business_id), p.name, $3::smallint, $4::timestamptz, $5, $6, $7::jsonb
from pos_systems p where p.name = $2 and coalesce($1::uuid, p.business_id) is not null
on conflict (business_id, pos_name, slot) do update
set at = excluded.at, reason = excluded.reason, reference = excluded.reference, errors = excluded.errors`,
}

const LIST: Statement = {
  name: 'list_refusals',
  text: `
select at, reason, reference, errors from refused_deliveries
where business_id = $1 and pos_name = $2 and at >= $3::timestamptz order by at desc, slot`,
}

const COUNT: Statement = {
  name: 'count_refusals',
  text: `
select count(*) as count, min(at) as "from", max(pos_name) as "posName" from refused_deliveries
where business_id = $1 and at >= $2::timestamptz`,
}
