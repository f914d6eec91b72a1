// Connection codes: a business proves that it owns a reference with a code that the POS sends.
import { createHash, randomInt } from 'node:crypto'
import type { Actor } from '../../contract/actor.ts'
import type { Queryable, WriteTransaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { normaliseReference } from '../kernel/text.ts'
import { connect, findConnection } from './connections.ts'

/** A menu must reach all tills of a shop. */
const VALID_MS = 24 * 3_600_000

/** Characters of 5 random bits: 60 bits, far too many to try in a day. */
const CHARACTERS = 12

export interface ConnectionCode {
  posName: string
  createdAt: EpochMs
  createdBy: Actor | null
  expiresAt: EpochMs
  usedAt: EpochMs | null
  /** The reference that it connected, as the POS wrote it. */
  reference: string | null
}

export type CreateCodeOutcome = { kind: 'created'; code: string; about: ConnectionCode } | { kind: 'pos_unknown' }

/**
 * Creates a code for one POS, and invalidates an unused code of the business for that POS. Only a
 * hash is stored, so the code is shown once. `pos_unknown` also for a POS that another business
 * registered.
 */
export async function createConnectionCode(
  tx: WriteTransaction,
  { businessId, posName }: { businessId: Uuid; posName: string },
  clock: Clock,
): Promise<CreateCodeOutcome> {
  const [pos] = await tx.query('select name from pos_systems where name = $1 and coalesce(business_id, $2) = $2', [
    posName,
    businessId,
  ])
  if (!pos) return { kind: 'pos_unknown' }
  const now = clock.now()
  const code = Array.from({ length: CHARACTERS }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  await tx.query('delete from connection_codes where business_id = $1 and pos_name = $2 and used_at is null', [
    businessId,
    posName,
  ])
  await tx.query(
    `insert into connection_codes (code_hash, business_id, pos_name, created_at, expires_at, created_by)
     values ($1, $2, $3, $4::timestamptz, $5::timestamptz, $6)`,
    [hashOf(code), businessId, posName, instant(now), instant(now + VALID_MS), tx.actor],
  )
  const about = {
    posName,
    createdAt: now,
    createdBy: tx.actor,
    expiresAt: now + VALID_MS,
    usedAt: null,
    reference: null,
  }
  return { kind: 'created', code: formatCode(code), about }
}

/** The codes of the last days, newest first. */
export function listConnectionCodes(q: Queryable, businessId: Uuid): Promise<ConnectionCode[]> {
  return q.query<ConnectionCode>(
    `select pos_name as "posName", created_at as "createdAt", created_by as "createdBy", expires_at as "expiresAt", used_at as "usedAt",
       used_reference as reference
     from connection_codes where business_id = $1 order by created_at desc, code_hash`,
    [businessId],
  )
}

/**
 * The codes in these texts, as people type them: in any case, with or without spaces and hyphens.
 */
export function findCodes(texts: readonly string[]): string[] {
  const codes = texts.flatMap((text) =>
    [...text.toUpperCase().matchAll(WRITTEN)].map(([, ...parts]) => readCode(parts)),
  )
  return [...new Set(codes)]
}

export type UseCodeOutcome = { kind: 'connected'; businessId: Uuid } | { kind: 'invalid' | 'too_many_attempts' }

/**
 * Connects the reference to the business that created the code, which is then used up. In order of
 * precedence:
 * - `too_many_attempts`: 10 wrong codes for this reference, or 100 for this POS, in 10 minutes; no
 *   code is accepted until they have passed;
 * - `invalid`: no such code for this POS, expired, used, or the reference belongs to another
 *   business. The response is the same for all of them. The attempt is counted: commit it;
 * - `connected`. After the commit, `replayUnmatched` applies the deliveries that are waiting.
 */
export async function useConnectionCode(
  tx: WriteTransaction,
  { posName, reference, codes }: { posName: string; reference: string; codes: readonly string[] },
  clock: Clock,
): Promise<UseCodeOutcome> {
  const now = clock.now()
  const key = normaliseReference(reference) ?? ''
  if (await isBlocked(tx, posName, key, now)) return { kind: 'too_many_attempts' }
  // Locked, so that only one of two deliveries with the same code connects; the other finds it
  // used.
  const [found] = await tx.query<StoredCode>(
    `select code_hash as hash, business_id as "businessId", used_reference as used from connection_codes
     where code_hash = any ($1::bytea[]) and pos_name = $2 and expires_at > $3::timestamptz
     order by used_at nulls first, code_hash limit 1 for update`,
    [codes.slice(0, MAX_CODES).map(hashOf), posName, instant(now)],
  )
  // A POS that lost the response repeats the request.
  if (found?.used != null && normaliseReference(found.used) === key) {
    const mine = await findConnection(tx, { posName, reference, businessId: found.businessId })
    if (mine) return { kind: 'connected', businessId: found.businessId }
  }
  const isFresh = found !== undefined && found.used === null
  const outcome = isFresh && (await connect(tx, { posName, reference, businessId: found.businessId }, clock))
  if (outcome === false || outcome.kind !== 'connected') {
    await tx.query(COUNT, [posName, [WHOLE_POS, key], instant(now), instant(now - WINDOW_MS)])
    return { kind: 'invalid' }
  }
  await tx.query('update connection_codes set used_at = $2::timestamptz, used_reference = $3 where code_hash = $1', [
    found.hash,
    instant(now),
    outcome.connection.reference,
  ])
  return { kind: 'connected', businessId: found.businessId }
}

interface StoredCode {
  hash: Buffer
  businessId: Uuid
  used: string | null
}

async function isBlocked(q: Queryable, posName: string, key: string, now: EpochMs): Promise<boolean> {
  const attempts = await q.query<{ subject: string; wrong: number }>(
    `select subject, wrong from connection_attempts
     where pos_name = $1 and subject = any ($2::text[]) and since > $3::timestamptz`,
    [posName, [WHOLE_POS, key], instant(now - WINDOW_MS)],
  )
  return attempts.some(
    ({ subject, wrong }) => wrong >= (subject === WHOLE_POS ? MAX_WRONG_PER_POS : MAX_WRONG_PER_REFERENCE),
  )
}

/** Not a possible reference, because references have no space at their ends. */
const WHOLE_POS = ' '

const WINDOW_MS = 10 * 60_000
const MAX_WRONG_PER_REFERENCE = 10
const MAX_WRONG_PER_POS = 100
/** An order has one code; one with more is an attempt to guess. */
const MAX_CODES = 5

const COUNT = `
insert into connection_attempts as a (pos_name, subject, wrong, since)
select $1, subject, 1, $3::timestamptz from unnest($2::text[]) as s (subject) order by subject
on conflict (pos_name, subject) do update
set wrong = case when a.since > $4::timestamptz then a.wrong + 1 else 1 end,
  since = case when a.since > $4::timestamptz then a.since else excluded.since end`

/** Crockford's base32, which has no similar letters. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const PART = '([0-9A-Z]{4})'
/** `LP-7K3M-9QXT-04BD`, not within a longer word. */
const WRITTEN = new RegExp(`(?<![0-9A-Z])LP[ -]?${PART}[ -]?${PART}[ -]?${PART}(?![0-9A-Z])`, 'g')

/** Letters that base32 does not have are read as the similar digits. */
function readCode(parts: readonly string[]): string {
  return parts.join('').replaceAll('O', '0').replace(/[IL]/g, '1')
}

function formatCode(code: string): string {
  return `LP-${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`
}

/** One round is enough: 60 random bits are valid for a day. */
function hashOf(code: string): Buffer {
  return createHash('sha256').update(`connection code ${code}`).digest()
}

/** Deletes codes a week after they expired, and counts of wrong codes that have passed. */
export async function purgeConnectionCodes(q: Queryable, now: EpochMs): Promise<void> {
  await q.query('delete from connection_codes where expires_at < $1::timestamptz', [instant(now - KEPT_MS)])
  await q.query('delete from connection_attempts where since < $1::timestamptz', [instant(now - WINDOW_MS)])
}

const KEPT_MS = 7 * 24 * 3_600_000
