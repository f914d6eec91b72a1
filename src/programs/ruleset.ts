// The list of terms of one business: locked, read at its end, and appended to.
import type { FieldError } from '../../contract/field-error.ts'
import type { Definition } from '../../contract/program.ts'
import type { Transaction } from '../db/database.ts'
import { instant, json } from '../db/values.ts'
import { must } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

/** As the table `terms` keeps it. */
export interface Member {
  program_id: Uuid
  version: number
}

/**
 * The business's last terms, as long as the transaction holds the lock. Number 0 and no members
 * before the first.
 */
export interface Ruleset {
  readonly businessId: Uuid
  readonly number: number
  readonly effectiveFrom: EpochMs | null
  readonly members: readonly Member[]
}

/**
 * Locks the business's order book, so that neither another change nor ingest comes between; fails
 * when there is none.
 */
export async function lockRuleset(tx: Transaction, businessId: Uuid): Promise<Ruleset> {
  const [locked] = await tx.query('select from business_locks where business_id = $1 for update', [businessId])
  must(locked, `the order book of business ${businessId}`)
  const [last] = await tx.query<Omit<Ruleset, 'businessId'>>(
    `select number, effective_from as "effectiveFrom", members from terms where business_id = $1 order by number desc limit 1`,
    [businessId],
  )
  return { businessId, ...(last ?? { number: 0, effectiveFrom: null, members: [] }) }
}

/**
 * Puts `members` in force from `effectiveFrom`, whose time must have been checked, and gives the
 * number of the new terms.
 */
export async function appendTerms(
  tx: Transaction,
  book: Ruleset,
  members: readonly Member[],
  effectiveFrom: EpochMs,
  now: EpochMs,
): Promise<number> {
  const number = book.number + 1
  await tx.query(
    `insert into terms (business_id, number, effective_from, members, created_at)
     values ($1, $2, $3::timestamptz, $4, $5::timestamptz)`,
    [book.businessId, number, instant(effectiveFrom), json(members), instant(now)],
  )
  return number
}

export function without(book: Ruleset, programId: Uuid): Member[] {
  return book.members.filter((member) => member.program_id !== programId)
}

/** Terms follow each other in time; a date mistyped far ahead would bar every change before it. */
const FARTHEST_AHEAD_MS = 366 * 24 * 60 * 60 * 1000

/** Why a change cannot take force at `at`; null when it can. */
export function timeProblem({ effectiveFrom: last }: Ruleset, at: EpochMs, now: EpochMs): FieldError | null {
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
 * A fixed expiry that is over, wherever on Earth the business is, before anything can be earned;
 * the last zone is UTC-12.
 */
export function expiryProblem(definition: Definition, effectiveFrom: EpochMs): FieldError | null {
  if (definition.type === 'subscription' || definition.expiry.kind !== 'fixed') return null
  const earliest = new Date(effectiveFrom - 12 * 60 * 60 * 1000).toISOString().slice(0, 10)
  if (definition.expiry.date >= earliest) return null
  return {
    pointer: '/expiry/date',
    message: `This date is before the program starts: choose ${earliest} or later`,
    message_ar: `هذا التاريخ قبل بداية البرنامج: اختر ${earliest} أو تاريخًا بعده`,
  }
}
