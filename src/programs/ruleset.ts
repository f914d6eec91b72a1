// The list of terms of one business: locked, read at its end and appended to.
import type { FieldError } from '../../contract/field-error.ts'
import type { Definition } from '../../contract/program.ts'
import { type BusinessLock, lockBusinesses } from '../db/business-lock.ts'
import type { Transaction, WriteTransaction } from '../db/database.ts'
import { instant, json } from '../db/values.ts'
import { must } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

/** A member of a row of `terms`. */
export interface Member {
  program_id: Uuid
  version: number
}

/**
 * The last terms of the business, valid while the transaction holds the lock. Number 0 and no
 * members before the first terms.
 */
export interface Ruleset {
  readonly businessId: Uuid
  readonly lock: BusinessLock
  readonly number: number
  readonly effectiveFrom: EpochMs | null
  readonly members: readonly Member[]
}

/**
 * Takes the business lock, so that neither another change of programs nor an order comes between,
 * and loads the last terms.
 */
export async function lockRuleset(tx: Transaction, businessId: Uuid): Promise<Ruleset> {
  const lock = await lockBusinesses(tx, [businessId])
  must(lock.businesses[0], `the lock of business ${businessId}`)
  const [last] = await tx.query<Omit<Ruleset, 'businessId' | 'lock'>>(
    `select number, effective_from as "effectiveFrom", members from terms where business_id = $1 order by number desc limit 1`,
    [businessId],
  )
  return { businessId, lock, ...(last ?? { number: 0, effectiveFrom: null, members: [] }) }
}

/**
 * Puts `members` in force from `effectiveFrom`, which timeError has checked. Returns the number of
 * the new terms.
 */
export async function appendTerms(
  tx: WriteTransaction,
  ruleset: Ruleset,
  members: readonly Member[],
  effectiveFrom: EpochMs,
  now: EpochMs,
): Promise<number> {
  const number = ruleset.number + 1
  await tx.query(
    `insert into terms (business_id, number, effective_from, members, created_at, created_by)
     values ($1, $2, $3::timestamptz, $4, $5::timestamptz, $6)`,
    [ruleset.businessId, number, instant(effectiveFrom), json(members), instant(now), tx.actor],
  )
  return number
}

export function without(ruleset: Ruleset, programId: Uuid): Member[] {
  return ruleset.members.filter((member) => member.program_id !== programId)
}

/**
 * Terms follow each other in time: a mistyped date far in the future would block all changes before
 * it.
 */
const FARTHEST_AHEAD_MS = 366 * 24 * 60 * 60 * 1000

/** Why a change cannot take effect at `at`; null when it can. */
export function timeError({ effectiveFrom: last }: Ruleset, at: EpochMs, now: EpochMs): FieldError | null {
  const pointer = '/effective_from'
  if (last !== null && at < last) {
    const text = instant(last)
    return {
      pointer,
      message: `Another change takes effect at ${text}: choose that time or later`,
      message_ar: `يوجد تغيير آخر يبدأ في ${text}: اختر هذا الوقت أو وقتًا بعده`,
    }
  }
  if (at <= now + FARTHEST_AHEAD_MS) return null
  const text = instant(now + FARTHEST_AHEAD_MS)
  return {
    pointer,
    message: `This is more than one year in the future: choose a time until ${text}`,
    message_ar: `الوقت بعد أكثر من سنة من الآن: اختر وقتًا لا يتجاوز ${text}`,
  }
}

/**
 * Rejects a fixed expiry that has passed in every time zone before anything can be earned. The last
 * time zone is UTC-12.
 */
export function expiryError(definition: Definition, effectiveFrom: EpochMs): FieldError | null {
  if (definition.type === 'subscription' || definition.expiry.kind !== 'fixed') return null
  const earliest = new Date(effectiveFrom - 12 * 60 * 60 * 1000).toISOString().slice(0, 10)
  if (definition.expiry.date >= earliest) return null
  return {
    pointer: '/expiry/date',
    message: `This date is before the program starts: choose ${earliest} or later`,
    message_ar: `هذا التاريخ قبل بداية البرنامج: اختر ${earliest} أو تاريخًا بعده`,
  }
}
