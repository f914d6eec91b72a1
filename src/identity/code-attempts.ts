// Counts wrong codes of every endpoint, so that nobody can try them all: per customer, and per
// branch, token and business.
import { createHash } from 'node:crypto'
import type { Queryable, Statement, Transaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

export const WINDOW_MS = 10 * 60_000

/**
 * Wrong codes in ten minutes. After those of a customer no code of that customer is heard, the
 * right one included. A branch, a token and a business serve many customers: there the right code
 * is still heard after as many, a further wrong one is answered as too many, and from then on
 * nothing is heard. Branch ids come from the caller, so a token has a limit of its own, and tokens
 * can be many, so a business has one.
 */
const LIMITS = { customer: 10, branch: 10, token: 30, business: 60 } as const

type Subject = keyof typeof LIMITS

/** What was counted for the subjects of some guessers. */
export type AttemptCounts = Map<string, { wrong: number; since: EpochMs }>

/**
 * Waits for every other guess about the same customer or from the same branch, until the
 * transaction ends, and then says what was counted: of any number of guesses at once about a
 * customer, no more than ten wrong ones are answered.
 */
export async function lockAttempts(tx: Transaction, guesser: AttemptSource, now: EpochMs): Promise<AttemptCounts> {
  const locks = [keyOf(guesser, 'customer'), keyOf(guesser, 'branch')].sort()
  const [, attempts] = await Promise.all([
    tx.query(LOCK, [locks, guesser.businessId]),
    loadAttempts(tx, [guesser], now),
  ])
  return attempts
}

/** What was counted for these guessers; none is locked. */
export async function loadAttempts(
  q: Queryable,
  guessers: readonly AttemptSource[],
  now: EpochMs,
): Promise<AttemptCounts> {
  const keys = guessers.flatMap((guesser) =>
    [...SUBJECTS.map((subject) => keyOf(guesser, subject)), keyOf(withoutBranch(guesser), 'branch')].map((key) => ({
      businessId: guesser.businessId,
      key,
    })),
  )
  if (keys.length === 0) return new Map()
  const rows = await q.query<{ businessId: Uuid; subject: Buffer; wrong: number; since: EpochMs }>(COUNTED, [
    keys.map((one) => one.businessId),
    keys.map((one) => one.key),
    instant(now - WINDOW_MS),
  ])
  return new Map(rows.map(({ subject, wrong, since }) => [subject.toString('hex'), { wrong, since }]))
}

/** Until when no code of this guesser is heard; null when it is heard now. */
export function blockedUntil(attempts: AttemptCounts, guesser: AttemptSource): EpochMs | null {
  const barred = SUBJECTS.flatMap((subject) => {
    const found = attempts.get(keyOf(guesser, subject))
    const most = LIMITS[subject] + (subject === 'customer' ? 0 : 1)
    return found && found.wrong >= most ? [found.since + WINDOW_MS] : []
  })
  return barred.length === 0 ? null : Math.max(...barred)
}

/**
 * Notes one more wrong code in what was counted. Until when it is one too many; null when it is
 * not.
 */
export function addWrongCode(attempts: AttemptCounts, guesser: AttemptSource, now: EpochMs): EpochMs | null {
  const over = SUBJECTS.flatMap((subject) => {
    const key = keyOf(guesser, subject)
    const before = attempts.get(key) ?? { wrong: 0, since: now }
    attempts.set(key, { ...before, wrong: before.wrong + 1 })
    return before.wrong >= LIMITS[subject] ? [before.since + WINDOW_MS] : []
  })
  return over.length === 0 ? null : Math.max(...over)
}

/**
 * Counts one wrong code for each of these guessers. The transaction must be committed, whatever is
 * answered.
 */
export async function saveWrongCodes(tx: Transaction, guessers: readonly AttemptSource[], now: EpochMs): Promise<void> {
  const keys = guessers.flatMap((guesser) =>
    SUBJECTS.map((subject) => ({ businessId: guesser.businessId, key: keyOf(guesser, subject) })),
  )
  await tx.query(COUNT, [
    keys.map((one) => one.businessId),
    keys.map((one) => one.key),
    instant(now),
    instant(now - WINDOW_MS),
  ])
}

/**
 * The guesser at no branch in particular: branches that the business does not have are counted as
 * one.
 */
export function withoutBranch(guesser: AttemptSource): AttemptSource {
  return { ...guesser, branch: null }
}

const SUBJECTS = Object.keys(LIMITS) as Subject[]

/** In hexadecimal, 16 bytes. */
function keyOf({ businessId, phone, posName, token, branch }: AttemptSource, subject: Subject): string {
  const about = {
    customer: phone,
    branch: `${posName} ${branch ?? ''}`,
    token: `${posName} ${token}`,
    business: '',
  }[subject]
  return createHash('sha256').update(`${businessId} ${subject} ${about}`).digest('hex').slice(0, 32)
}

/**
 * Of the transaction alone. A statement of its own: what is read after the wait must be what others
 * committed.
 */
const LOCK: Statement = {
  name: 'guesses_lock',
  text: `select pg_advisory_xact_lock(hashtextextended(subject || $2, 0)) from unnest($1::text[]) as s (subject)`,
}

const COUNTED: Statement = {
  name: 'guesses_counted',
  text: `
select w.business_id as "businessId", w.subject, w.wrong, w.since
from unnest($1::uuid[], $2::text[]) as k (business_id, subject)
join wrong_codes w on w.business_id = k.business_id and w.subject = decode(k.subject, 'hex')
where w.since > $3::timestamptz`,
}

/** In one order, so that no two transactions wait for each other. */
const COUNT: Statement = {
  name: 'guesses_count_all',
  text: `
insert into wrong_codes as w (business_id, subject, wrong, since)
select business_id, decode(subject, 'hex'), count(*)::integer, $3::timestamptz
from unnest($1::uuid[], $2::text[]) as k (business_id, subject)
group by business_id, subject order by business_id, subject
on conflict (business_id, subject) do update
set wrong = case when w.since > $4::timestamptz then w.wrong + excluded.wrong else excluded.wrong end,
  since = case when w.since > $4::timestamptz then w.since else excluded.since end`,
}
/** Who tries a code. */
export interface AttemptSource {
  businessId: Uuid
  /** Of the customer whose code it should be. */
  phone: string
  posName: string
  /** The `jti` of the token; empty where it has none. */
  token: string
  /** The branch as the POS names it; null when it is not named. */
  branch: string | null
}
