// The table `wrong_codes`: attempts of any kind, counted by subject in windows of ten minutes.
import { createHash } from 'node:crypto'
import type { Queryable, Statement, Transaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

export const WINDOW_MS = 10 * 60_000

/** What is counted. `subject`: 16 bytes in hexadecimal, of `subjectOf`. */
export interface AttemptKey {
  businessId: Uuid
  subject: string
}

export interface AttemptCount {
  attempts: number
  /** When the window began. */
  since: EpochMs
}

/** A hash, so that the table holds no phone number. `kind`: unique for each kind of limit. */
export function subjectOf(businessId: Uuid, kind: string, value: string): string {
  return createHash('sha256').update(`${businessId} ${kind} ${value}`).digest('hex').slice(0, 32)
}

/** By subject; without those whose window is over. No query without keys. */
export async function loadCounts(
  q: Queryable,
  keys: readonly AttemptKey[],
  now: EpochMs,
): Promise<Map<string, AttemptCount>> {
  if (keys.length === 0) return new Map()
  return bySubject(await q.query<CountRow>(LOAD, [...columnsOf(keys), instant(now - WINDOW_MS)]))
}

/** Counts one attempt for each key, also for keys that are named twice. Returns the new counts. */
export async function addAttempts(
  tx: Transaction,
  keys: readonly AttemptKey[],
  now: EpochMs,
): Promise<Map<string, AttemptCount>> {
  return bySubject(await tx.query<CountRow>(ADD, [...columnsOf(keys), instant(now), instant(now - WINDOW_MS)]))
}

interface CountRow extends AttemptCount {
  subject: Buffer
}

function bySubject(rows: readonly CountRow[]): Map<string, AttemptCount> {
  return new Map(rows.map(({ subject, attempts, since }) => [subject.toString('hex'), { attempts, since }]))
}

function columnsOf(keys: readonly AttemptKey[]) {
  return [keys.map((key) => key.businessId), keys.map((key) => key.subject)]
}

const LOAD: Statement = {
  name: 'attempts_load',
  text: `
select w.subject, w.wrong as attempts, w.since
from unnest($1::uuid[], $2::text[]) as k (business_id, subject)
join wrong_codes w on w.business_id = k.business_id and w.subject = decode(k.subject, 'hex')
where w.since > $3::timestamptz`,
}

/** In sorted order, so that two transactions cannot deadlock. */
const ADD: Statement = {
  name: 'attempts_add',
  text: `
insert into wrong_codes as w (business_id, subject, wrong, since)
select business_id, decode(subject, 'hex'), count(*)::integer, $3::timestamptz
from unnest($1::uuid[], $2::text[]) as k (business_id, subject)
group by business_id, subject order by business_id, subject
on conflict (business_id, subject) do update
set wrong = case when w.since > $4::timestamptz then w.wrong + excluded.wrong else excluded.wrong end,
  since = case when w.since > $4::timestamptz then w.since else excluded.since end
returning subject, wrong as attempts, since`,
}

/** Deletes counts, whatever they are. */
export async function deleteCounts(tx: Transaction, keys: readonly AttemptKey[]): Promise<void> {
  if (keys.length > 0) await tx.query(DELETE, columnsOf(keys))
}

const DELETE: Statement = {
  name: 'attempts_delete',
  text: `
delete from wrong_codes w using unnest($1::uuid[], $2::text[]) as k (business_id, subject)
where w.business_id = k.business_id and w.subject = decode(k.subject, 'hex')`,
}
