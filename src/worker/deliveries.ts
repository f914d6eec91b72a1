// Looks after deliveries that wait: for their business to be connected, or for a fault to be mended.
import { instant } from '../db/values.ts'
import { replayDeliveries, replayUnmatched } from '../orders/replay.ts'
import { businessesWith } from './businesses.ts'
import type { JobDeps } from './deps.ts'

const DAY_MS = 24 * 3_600_000

/** Applies what waits under references that are connected by now: a delivery may be kept while its connection is being made. */
export async function applyUnmatched(deps: JobDeps): Promise<number> {
  const waiting = await deps.db.query<{ posName: string; reference: string }>(
    `select distinct u.pos_name as "posName", u.reference from unmatched_deliveries u
     join pos_connections c on c.pos_name = u.pos_name and c.reference = u.reference limit 1000`,
  )
  for (const { posName, reference } of waiting) await replayUnmatched(deps, posName, reference)
  return waiting.length
}

const KEPT_DAYS = 30

/** Gives up what nobody has connected for 30 days. */
export async function forgetUnmatched({ db, clock }: JobDeps): Promise<number> {
  const old = await db.query(`delete from unmatched_deliveries where received_at < $1::timestamptz returning id`, [
    instant(clock.now() - KEPT_DAYS * DAY_MS),
  ])
  return old.length
}

/** Tries again what failed in the last day: a fault that was mended heals by itself. Older ones wait for somebody to ask. */
export async function retryFailed(deps: JobDeps): Promise<number> {
  const from = deps.clock.now() - DAY_MS
  let tried = 0
  for await (const businessId of businessesWith(deps.db, HAS_FAILED, [instant(from)])) {
    const counts = await replayDeliveries(deps, { businessId, result: 'failed', from })
    tried += Object.values(counts).reduce((sum, count) => sum + count, 0)
  }
  return tried
}

const HAS_FAILED = `exists (select from deliveries d where d.business_id = b.id and d.result = 'failed'
  and d.received_at >= $1::timestamptz)`
