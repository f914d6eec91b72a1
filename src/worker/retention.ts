// Retention: creates partitions of deliveries in advance, and deletes bodies, dictionaries, stored
// answers, passwords, counters, sessions and events that are no longer needed.

import { HAS_OLD_DICTIONARIES, purgeDictionaries } from '../archive/purge-dictionaries.ts'
import { instant } from '../db/values.ts'
import { HAS_LIVE_FEED, trimLiveFeed } from '../events/live.ts'
import { HAS_READ_EVENTS, PURGE_EVENTS } from '../events/purge.ts'
import { HAS_OLD_IDEMPOTENCY_KEYS, KEPT_MS, PURGE_IDEMPOTENCY_KEYS } from '../http/idempotency-keys.ts'
import { WINDOW_MS } from '../identity/attempt-counts.ts'
import { HAS_OLD_PASSWORDS, HAS_OLD_WRONG_CODES, PURGE_PASSWORDS, PURGE_WRONG_CODES } from '../identity/retention.ts'
import type { Clock } from '../kernel/clock.ts'
import { dropPartitionsBefore, ensurePartitions } from '../orders/partitions.ts'
import { deliveryReleaser } from '../orders/retention.ts'
import { purgeStatements } from '../staff/retention.ts'
import { eachBusiness } from './businesses.ts'
import { deleteInBatches } from './delete-in-batches.ts'
import { both, type JobDeps, NOTHING, type Tally } from './deps.ts'

/** Creates the partitions of deliveries for the coming months. */
export async function createPartitions({ db, clock }: JobDeps): Promise<Tally> {
  await ensurePartitions(db, clock.now())
  return NOTHING
}

/**
 * Drops the partitions of months that are entirely past the retention. Orders are kept: the snapshot
 * that an order reads from such a delivery is written into the row of the order first.
 */
export async function dropOldBodies({ db, clock, signal }: JobDeps, retentionMonths: number): Promise<Tally> {
  const release = deliveryReleaser(db)
  await dropPartitionsBefore(db, keptSince(clock, retentionMonths).epochMilliseconds, { release, signal })
  return NOTHING
}

/**
 * Deletes the dictionaries of months whose deliveries were dropped, if no record needs them. It runs
 * before `dropOldBodies` each day, so a dictionary is deleted a day after the last delivery that
 * names it: by then, every process that has read that delivery has decompressed it. Counts
 * dictionaries.
 */
export function purgeOldDictionaries(deps: JobDeps, retentionMonths: number): Promise<Tally> {
  const { db, clock, signal } = deps
  const month = keptSince(clock, retentionMonths).with({ day: 1 }).startOfDay().epochMilliseconds
  return eachBusiness(deps, HAS_OLD_DICTIONARIES, [instant(month)], async (businessId) => {
    const done = await purgeDictionaries(db, { businessId, before: month, signal })
    return { done, failed: 0 }
  })
}

function keptSince(clock: Clock, retentionMonths: number): Temporal.ZonedDateTime {
  const now = Temporal.Instant.fromEpochMilliseconds(clock.now()).toZonedDateTimeISO('UTC')
  return now.subtract({ months: retentionMonths })
}

/** Deletes answers stored for an `Idempotency-Key` after 24 hours. Counts answers. */
export function purgeAnswers(deps: JobDeps): Promise<Tally> {
  const before = instant(deps.clock.now() - KEPT_MS)
  return eachBusiness(deps, HAS_OLD_IDEMPOTENCY_KEYS, [before], (businessId) =>
    deleteInBatches(deps, PURGE_IDEMPOTENCY_KEYS, [businessId, before]),
  )
}

const PASSWORDS_KEPT_MS = 24 * 3_600_000

/** Deletes one-time passwords a day after they expired or were used. Counts passwords. */
export function purgePasswords(deps: JobDeps): Promise<Tally> {
  const before = instant(deps.clock.now() - PASSWORDS_KEPT_MS)
  return eachBusiness(deps, HAS_OLD_PASSWORDS, [before], (businessId) =>
    deleteInBatches(deps, PURGE_PASSWORDS, [businessId, before]),
  )
}

/** Deletes expired counters of wrong codes. Counts customers and tills. */
export function purgeWrongCodes(deps: JobDeps): Promise<Tally> {
  const before = instant(deps.clock.now() - WINDOW_MS)
  return eachBusiness(deps, HAS_OLD_WRONG_CODES, [before], (businessId) =>
    deleteInBatches(deps, PURGE_WRONG_CODES, [businessId, before]),
  )
}

/** Deletes expired sessions of staff, single-use tokens and counted attempts. Counts rows. */
export async function purgeSessions(deps: JobDeps): Promise<Tally> {
  let tally = NOTHING
  for (const { statement, before } of purgeStatements(deps.clock.now())) {
    tally = both(tally, await deleteInBatches(deps, statement, [instant(before)]))
  }
  return tally
}

/**
 * Deletes events that every reader has read, after live feeds have released events that they no
 * longer need. Counts events, and feeds that ended.
 */
export async function purgeEvents(deps: JobDeps): Promise<Tally> {
  const ended = await eachBusiness(deps, HAS_LIVE_FEED, [], async (businessId) => {
    const hasEnded = await trimLiveFeed(deps.db, businessId, deps.clock.now())
    return { done: hasEnded ? 1 : 0, failed: 0 }
  })
  return both(ended, await purgeReadEvents(deps))
}

function purgeReadEvents(deps: JobDeps): Promise<Tally> {
  return eachBusiness(deps, HAS_READ_EVENTS, [], (businessId) => deleteInBatches(deps, PURGE_EVENTS, [businessId]))
}
