// What somebody should look at: deliveries that failed, returns without a sale, orders with flags,
// and what was sent for a reference that is not connected.
import type { Queryable, Statement } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import { firstIdAt, type Uuid } from '../kernel/ids.ts'

export const ATTENTION = ['failed', 'parked', 'unmatched', 'flagged', 'consent'] as const
export type AttentionKind = (typeof ATTENTION)[number]

export interface AttentionItem {
  kind: AttentionKind
  /** At most MOST_COUNTED. */
  count: number
  since: EpochMs
}

/** Beyond that, nobody needs the exact number. */
export const MOST_COUNTED = 1_000

/** Flags and failures older than that are history. */
const RECENT_MS = 30 * 24 * 60 * 60 * 1000

/** Only what there is, in the order of ATTENTION. */
export async function readAttention(q: Queryable, businessId: Uuid, now: EpochMs): Promise<AttentionItem[]> {
  const since = now - RECENT_MS
  const rows = await q.query<AttentionItem>(OWN, [businessId, firstIdAt(since), instant(since), MOST_COUNTED])
  return rows.filter(({ count }) => count > 0)
}

const counted = (kind: AttentionKind, rows: string) =>
  `select '${kind}' as kind, count(*)::int as count, min(at) as since from (${rows} limit $4) as part`

const OWN: Statement = {
  name: 'read_attention',
  text: [
    counted(
      'failed',
      `select received_at as at from deliveries where business_id = $1 and result = 'failed' and id >= $2::uuid`,
    ),
    counted('parked', 'select created_at as at from orders where business_id = $1 and parked'),
    counted(
      'flagged',
      `select occurred_at as at from orders where business_id = $1 and flags is not null and occurred_at >= $3::timestamptz`,
    ),
    counted(
      'consent',
      `select updated_at as at from installations where business_id = $1 and status = 'needs_consent'`,
    ),
  ].join('\nunion all '),
}

/** Of the POS systems that the business registered itself: others may belong to anybody. */
export async function readUnmatched(q: Queryable, businessId: Uuid): Promise<AttentionItem | null> {
  const [row] = await q.query<AttentionItem>(UNMATCHED, [businessId, MOST_COUNTED])
  return row && row.count > 0 ? row : null
}

const UNMATCHED: Statement = {
  name: 'read_unmatched_attention',
  text: `
select 'unmatched' as kind, count(*)::int as count, min(at) as since
from (select u.received_at as at from pos_systems p join unmatched_deliveries u on u.pos_name = p.name
  where p.business_id = $1 limit $2) as part`,
}
