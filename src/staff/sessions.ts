// Sessions of people who signed in: an opaque token in a cookie, of which the database has only the
// hash. A session ends after 12 idle hours, after 30 days, and when it is ended.
import { isRole, type Role } from '../../contract/roles.ts'
import { createKeyLookup } from '../businesses/key-lookup.ts'
import type { Queryable, Statement, Transaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { hashSecret, isSecret, newSecret } from './secret.ts'

const HOUR_MS = 3_600_000
export const IDLE_MS = 12 * HOUR_MS
export const LIFETIME_MS = 30 * 24 * HOUR_MS
/** How long a person may do what asks for proof after giving it. */
export const FRESH_MS = 5 * 60_000

/** Where a request comes from. */
export interface Origin {
  address: string
  /** The address as limits count it (`networkOf`). */
  network: string
  userAgent: string
}

/** Where the person signs in, and the token of the session that the browser has. */
export interface Browser {
  origin: Origin
  former: string | null
}

/** A session that is valid now, and what its person may do where. */
export interface SignedIn {
  sessionId: Uuid
  staffId: Uuid
  createdAt: EpochMs
  /** When the person last gave a password or used a passkey. */
  authenticatedAt: EpochMs
  endsAt: EpochMs
  memberships: readonly { businessId: Uuid; role: Role; branchIds: readonly Uuid[] | null }[]
}

export function isFresh({ authenticatedAt }: Pick<SignedIn, 'authenticatedAt'>, now: EpochMs): boolean {
  return now - authenticatedAt <= FRESH_MS
}

/**
 * Starts a session for a person who has just proven who they are, and ends the former session of the
 * browser, so that nobody who knew its token has anything. Returns the token.
 */
export async function startSession(
  tx: Transaction,
  { staffId, former, origin }: { staffId: Uuid; former: string | null; origin: Origin },
  { ids, clock }: { ids: Ids; clock: Clock },
): Promise<string> {
  const now = clock.now()
  const { text, hash } = newSecret()
  if (former !== null) await endSession(tx, former, now)
  await tx.query(
    `insert into staff_sessions (id, staff_id, hash, created_at, seen_at, authenticated_at, ends_at, address, network, user_agent)
     values ($1, $2, $3, $4::timestamptz, $4::timestamptz, $4::timestamptz, $5::timestamptz, $6, $7, $8)`,
    [
      ids.next(),
      staffId,
      hash,
      instant(now),
      instant(now + LIFETIME_MS),
      origin.address,
      origin.network,
      origin.userAgent.slice(0, MAX_USER_AGENT),
    ],
  )
  return text
}

/**
 * Gives the session a new token, and makes it fresh: its person has just proven who they are. Returns
 * the token; null when the session has ended, or another request has given it a new token.
 */
export async function rotateSession(
  tx: Transaction,
  { sessionId, former }: { sessionId: Uuid; former: string },
  now: EpochMs,
): Promise<string | null> {
  const { text, hash } = newSecret()
  const rows = await tx.query(
    `update staff_sessions set hash = $3, authenticated_at = $4::timestamptz, seen_at = greatest(seen_at, $4::timestamptz)
     where id = $1 and hash = $2 and ended_at is null returning id`,
    [sessionId, hashSecret(former), hash, instant(now)],
  )
  return rows.length > 0 ? text : null
}

/** Ends the session with this token, if there is one. */
export async function endSession(q: Queryable, token: string, now: EpochMs): Promise<void> {
  if (!isSecret(token)) return
  await q.query('update staff_sessions set ended_at = $2::timestamptz where hash = $1 and ended_at is null', [
    hashSecret(token),
    instant(now),
  ])
}

/** Ends every session of a person. */
export async function endSessionsOf(q: Queryable, staffId: Uuid, now: EpochMs): Promise<void> {
  await q.query('update staff_sessions set ended_at = $2::timestamptz where staff_id = $1 and ended_at is null', [
    staffId,
    instant(now),
  ])
}

export interface SessionVerifier {
  /** Null unless the session is valid now. Nothing is cached: an ended session is refused at once. */
  verify(token: string): Promise<SignedIn | null>
  /** As `verify`, without noting a use: the session ends when nothing else uses it. */
  peek(token: string): Promise<SignedIn | null>
  /** For a caller whose address has failed often: it may wait, and is `busy` when too many wait. */
  verifyPatiently(token: string): Promise<SignedIn | null | 'busy'>
}

/** Concurrent requests share one query. A use of the session is noted at most once a minute. */
export function createSessionVerifier(q: Queryable, clock: Clock): SessionVerifier {
  const lookUp = createKeyLookup((hashes) => findByHashes(q, hashes))
  const isOver = (row: SessionRow, now: EpochMs) => row.ends_at <= now || now - row.seen_at >= IDLE_MS
  const validated = async (row: SessionRow | null): Promise<SignedIn | null> => {
    if (row === null) return null
    const now = clock.now()
    if (isOver(row, now)) return null
    if (now - row.seen_at >= NOTED_EVERY_MS) await q.query(NOTE_USE, [row.id, instant(now)])
    return toSignedIn(row)
  }
  const keyOf = (token: string) => hashSecret(token).toString('hex')
  return {
    async verify(token) {
      if (!isSecret(token)) return null
      const found = await lookUp(keyOf(token))
      return found === 'busy' ? null : validated(found)
    },
    async peek(token) {
      const found = isSecret(token) ? await lookUp(keyOf(token)) : null
      return found === null || found === 'busy' || isOver(found, clock.now()) ? null : toSignedIn(found)
    },
    async verifyPatiently(token) {
      if (!isSecret(token)) return null
      const found = await lookUp(keyOf(token), { patient: true })
      return found === 'busy' ? found : validated(found)
    },
  }
}

const MAX_USER_AGENT = 300
const NOTED_EVERY_MS = 60_000

/** Only forward: the clock of another process may be behind. */
const NOTE_USE: Statement = {
  name: 'staff_sessions_note_use',
  text: 'update staff_sessions set seen_at = greatest(seen_at, $2::timestamptz) where id = $1',
}

interface SessionRow {
  hash: Buffer
  id: Uuid
  staff_id: Uuid
  created_at: EpochMs
  seen_at: EpochMs
  authenticated_at: EpochMs
  ends_at: EpochMs
  memberships: { business_id: Uuid; role: string; branch_ids: Uuid[] | null }[]
}

const FIND: Statement = {
  name: 'staff_sessions_by_hash',
  text: `
select s.hash, s.id, s.staff_id, s.created_at, s.seen_at, s.authenticated_at, s.ends_at,
  coalesce((select jsonb_agg(jsonb_build_object('business_id', m.business_id, 'role', m.role, 'branch_ids', to_jsonb(m.branch_ids)))
    from memberships m where m.staff_id = s.staff_id), '[]') as memberships
from staff_sessions s where s.hash = any($1::bytea[]) and s.ended_at is null`,
}

async function findByHashes(q: Queryable, hashes: readonly string[]): Promise<Map<string, SessionRow>> {
  const rows = await q.query<SessionRow>(FIND, [hashes.map((hash) => Buffer.from(hash, 'hex'))])
  return new Map(rows.map((row) => [row.hash.toString('hex'), row]))
}

function toSignedIn(row: SessionRow): SignedIn {
  return {
    sessionId: row.id,
    staffId: row.staff_id,
    createdAt: row.created_at,
    authenticatedAt: row.authenticated_at,
    endsAt: row.ends_at,
    memberships: row.memberships.flatMap(({ business_id: businessId, role, branch_ids: branchIds }) =>
      isRole(role) ? [{ businessId, role, branchIds }] : [],
    ),
  }
}
