// Counts wrong codes, so that nobody can try them all: ten in ten minutes for a customer, or at a till, and no more are heard.
import { createHash } from 'node:crypto'
import type { Statement, Transaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

export const MOST_WRONG = 10
export const WINDOW_MS = 10 * 60_000

/** Of whom wrong codes are counted: the customer whose phone was named, and the till that asks. */
export interface Guesser {
  businessId: Uuid
  phone: string
  /** The token, and the branch where it is used: one token may serve every shop of a POS. */
  till: string
}

/**
 * Waits for every other guess about the same customer or from the same till, until the transaction ends, and then says from when on guesses
 * are heard again; null when they are heard now. So of any number at once no more than ten wrong ones are answered.
 */
export async function lockGuesses(tx: Transaction, guesser: Guesser, now: EpochMs): Promise<EpochMs | null> {
  const subjects = subjectsOf(guesser)
  const [, rows] = await Promise.all([
    tx.query(LOCK, [subjects.map((subject) => subject.toString('hex')), guesser.businessId]),
    tx.query<{ since: EpochMs }>(BARRED, [guesser.businessId, subjects, MOST_WRONG, instant(now - WINDOW_MS)]),
  ])
  return rows.length === 0 ? null : Math.max(...rows.map((row) => row.since)) + WINDOW_MS
}

/** Counts one wrong code. The transaction must be committed, whatever is answered. */
export async function countWrong(tx: Transaction, guesser: Guesser, now: EpochMs): Promise<void> {
  await tx.query(COUNT, [guesser.businessId, subjectsOf(guesser), instant(now), instant(now - WINDOW_MS)])
}

/** In one order, so that no two guesses wait for each other. */
function subjectsOf({ businessId, phone, till }: Guesser): Buffer[] {
  const hash = (text: string) => createHash('sha256').update(`${businessId} ${text}`).digest().subarray(0, 16)
  return [hash(`customer ${phone}`), hash(`till ${till}`)].sort(Buffer.compare)
}

/** Of the transaction alone. A statement of its own: what is read after the wait must be what others committed. */
const LOCK: Statement = {
  name: 'guesses_lock',
  text: `select pg_advisory_xact_lock(hashtextextended(subject || $2, 0)) from unnest($1::text[]) as s (subject)`,
}

const BARRED: Statement = {
  name: 'guesses_barred',
  text: `
select since from wrong_codes
where business_id = $1 and subject = any ($2::bytea[]) and wrong >= $3 and since > $4::timestamptz`,
}

const COUNT: Statement = {
  name: 'guesses_count',
  text: `
insert into wrong_codes as w (business_id, subject, wrong, since)
select $1, subject, 1, $3::timestamptz from unnest($2::bytea[]) as s (subject)
on conflict (business_id, subject) do update
set wrong = case when w.since > $4::timestamptz then w.wrong + 1 else 1 end,
  since = case when w.since > $4::timestamptz then w.since else excluded.since end`,
}
