// Applies deliveries of businesses that were connected later, and retries failed deliveries.
import { purgeConnectionCodes } from '../businesses/connection-codes.ts'
import { instant } from '../db/values.ts'
import { PURGE_UNMATCHED, replayDeliveries, replayUnmatched } from '../ingest/replay.ts'
import { UNMATCHED_KEPT_MS } from '../ingest/unmatched.ts'
import type { EpochMs } from '../kernel/clock.ts'
import { eachBusiness } from './businesses.ts'
import { deleteInBatches } from './delete-in-batches.ts'
import { both, type JobDeps, NOTHING, type Tally } from './deps.ts'
import { isolate } from './isolate.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

interface Waiting {
  posName: string
  reference: string
}

/**
 * Applies unmatched deliveries whose reference is connected: a delivery may be stored as unmatched
 * while its connection is created. Counts references.
 */
export async function applyUnmatched(deps: JobDeps): Promise<Tally> {
  const waiting = await deps.db.query<Waiting>(CONNECTED_BY_NOW)
  let tally = NOTHING
  for (const one of waiting) {
    if (deps.signal?.aborted) break
    const done = await isolate(
      [one],
      () => replayUnmatched(deps, one.posName, one.reference, 'job:apply_unmatched'),
      (error) => deps.log.error({ err: error, ...one }, 'stored deliveries of a new connection could not be applied'),
    )
    tally = both(tally, done)
  }
  return tally
}

/** Starts from the connections, because they are far fewer than the deliveries. */
const CONNECTED_BY_NOW = `
select c.pos_name as "posName", c.reference from pos_connections c
where exists (select from unmatched_deliveries u where u.pos_name = c.pos_name and u.reference_key = c.reference_key)
order by 1, 2`

/**
 * Deletes deliveries that were not connected for 30 days, and expired connection codes. Counts
 * deliveries.
 */
export async function purgeUnmatched(deps: JobDeps): Promise<Tally> {
  await purgeConnectionCodes(deps.db, deps.clock.now())
  return deleteInBatches(deps, PURGE_UNMATCHED, [instant(deps.clock.now() - UNMATCHED_KEPT_MS)])
}

/** The interval of `retryFailed`: the windows of consecutive runs are adjacent. */
export const RETRY_EVERY_MS = 10 * MINUTE_MS

/** A failed delivery is retried at the tick at which its age reaches these numbers of minutes. */
const RETRY_AFTER_MINUTES = [10, 20, 40, 80, 160, 320, 640, 1_280]

/**
 * Retries failed deliveries for a day, with doubling intervals: a temporary fault is resolved within
 * minutes, and a bug when a new version is deployed. A delivery is retried eight times; after that
 * it is only replayed on request. Counts deliveries, and as failed those that failed again.
 */
export async function retryFailed(deps: JobDeps): Promise<Tally> {
  const now = deps.clock.now()
  return eachBusiness(deps, HAS_FAILED, [instant(now - DAY_MS)], async (businessId) => {
    let tally = NOTHING
    for (const { from, to } of retryWindows(now)) {
      if (deps.signal?.aborted) break
      const counts = await replayDeliveries(deps, { businessId, result: 'failed', from, to }, 'job:retry_failed')
      const { failed, invalid, unavailable, ...applied } = counts
      const done = Object.values(applied).reduce((sum, count) => sum + count, 0)
      tally = both(tally, { done, failed: failed + invalid + unavailable })
    }
    return tally
  })
}

const HAS_FAILED = `exists (select from deliveries d where d.business_id = b.id and d.result = 'failed'
  and d.received_at >= $1::timestamptz)`

/** The times of receipt of deliveries that are due for a retry at the last tick before `now`. */
function retryWindows(now: EpochMs): { from: EpochMs; to: EpochMs }[] {
  const tick = now - (now % RETRY_EVERY_MS)
  return RETRY_AFTER_MINUTES.map((minutes) => {
    const to = tick - minutes * MINUTE_MS + RETRY_EVERY_MS
    return { from: to - RETRY_EVERY_MS, to }
  })
}
