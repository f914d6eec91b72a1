// Limits the wrong codes of all endpoints, so that nobody can try all codes: by customer, branch,
// token and business.
import type { Queryable, Statement, Transaction } from '../db/database.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { type AttemptCount, type AttemptKey, addAttempts, loadCounts, subjectOf, WINDOW_MS } from './attempt-counts.ts'

/** Who tries a code. */
export interface AttemptSource {
  businessId: Uuid
  /** Of the customer to whom the code should belong. */
  phone: string
  posName: string
  /** The id of the POS's credential, such as the `jti` of a token; empty if it has none. */
  token: string
  /**
   * The branch as the POS names it; null if it names none, or one that the business does not have.
   */
  branch: string | null
}

/**
 * Wrong codes in a window. Beyond the limit of a customer no code of that customer is accepted, not
 * even the right one. A branch, a token and a business serve many customers: at their limit the
 * right code is still accepted, one more wrong code is answered as too many, and after that no code
 * is accepted. Branch ids come from the caller, so tokens have a limit; there can be many tokens,
 * so businesses have one.
 */
const LIMITS = { customer: 10, branch: 10, token: 30, business: 60 } as const

type Kind = keyof typeof LIMITS

const KINDS = Object.keys(LIMITS) as Kind[]

/** The counts of some sources, by subject. */
export type AttemptCounts = Map<string, AttemptCount>

/**
 * Waits until no other transaction tries a code of the same customer or from the same branch, then
 * loads the counts: of any number of concurrent attempts on a customer at most ten wrong ones are
 * answered. Holds until the transaction ends.
 */
export async function lockAttempts(tx: Transaction, source: AttemptSource, now: EpochMs): Promise<AttemptCounts> {
  const locks = [subject(source, 'customer'), subject(source, 'branch')].sort()
  const [, counts] = await Promise.all([tx.query(LOCK, [locks, source.businessId]), loadAttempts(tx, [source], now)])
  return counts
}

/** The counts of these sources, without a lock. */
export function loadAttempts(q: Queryable, sources: readonly AttemptSource[], now: EpochMs): Promise<AttemptCounts> {
  const keys = sources.flatMap((source) => [...keysOf(source), keyOf(withoutBranch(source), 'branch')])
  return loadCounts(q, keys, now)
}

/** Until when no code of this source is accepted; null if codes are accepted now. */
export function blockedUntil(counts: AttemptCounts, source: AttemptSource): EpochMs | null {
  const ends = KINDS.flatMap((kind) => {
    const count = counts.get(subject(source, kind))
    const limit = LIMITS[kind] + (kind === 'customer' ? 0 : 1)
    return count && count.attempts >= limit ? [count.since + WINDOW_MS] : []
  })
  return ends.length === 0 ? null : Math.max(...ends)
}

/**
 * Adds a wrong code to the loaded counts. Returns until when it exceeds a limit; null if it does
 * not.
 */
export function addWrongCode(counts: AttemptCounts, source: AttemptSource, now: EpochMs): EpochMs | null {
  const ends = KINDS.flatMap((kind) => {
    const key = subject(source, kind)
    const before = counts.get(key) ?? { attempts: 0, since: now }
    counts.set(key, { ...before, attempts: before.attempts + 1 })
    return before.attempts >= LIMITS[kind] ? [before.since + WINDOW_MS] : []
  })
  return ends.length === 0 ? null : Math.max(...ends)
}

/** Stores one wrong code for each source. Commit the transaction whatever the answer is. */
export async function saveWrongCodes(tx: Transaction, sources: readonly AttemptSource[], now: EpochMs): Promise<void> {
  await addAttempts(tx, sources.flatMap(keysOf), now)
}

/** All branches that the business does not have are counted as one. */
export function withoutBranch(source: AttemptSource): AttemptSource {
  return { ...source, branch: null }
}

function keysOf(source: AttemptSource): AttemptKey[] {
  return KINDS.map((kind) => keyOf(source, kind))
}

function keyOf(source: AttemptSource, kind: Kind): AttemptKey {
  return { businessId: source.businessId, subject: subject(source, kind) }
}

function subject({ businessId, phone, posName, token, branch }: AttemptSource, kind: Kind): string {
  const values: Record<Kind, string> = {
    customer: phone,
    branch: `${posName} ${branch ?? ''}`,
    token: `${posName} ${token}`,
    business: '',
  }
  return subjectOf(businessId, kind, values[kind])
}

/** A separate statement: what is read after the wait must be what the others committed. */
const LOCK: Statement = {
  name: 'attempts_lock',
  text: `select pg_advisory_xact_lock(hashtextextended(subject || $2, 0)) from unnest($1::text[]) as s (subject)`,
}
