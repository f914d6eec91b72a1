// The sessions of a person, as the person sees and ends them.
import type { Queryable, Transaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { lockPerson } from './people.ts'
import { IDLE_MS } from './sessions.ts'

export interface OwnSession {
  id: Uuid
  created_at: EpochMs
  seen_at: EpochMs
  ends_at: EpochMs
  address: string
  user_agent: string
}

/** Those that are valid now, newest first; `before`: only older ones. */
export function listOwnSessions(
  q: Queryable,
  staffId: Uuid,
  { before, limit, now }: { before: Uuid | null; limit: number; now: EpochMs },
): Promise<OwnSession[]> {
  return q.query<OwnSession>(
    `select id, created_at, seen_at, ends_at, address, user_agent from staff_sessions
     where staff_id = $1 and ended_at is null and ($2::uuid is null or id < $2) and ${VALID('$3', '$4')}
     order by id desc limit $5`,
    [staffId, before, instant(now), instant(now - IDLE_MS), limit],
  )
}

/** False when the person has no valid session with this id. */
export async function endOwnSession(q: Queryable, staffId: Uuid, id: Uuid, now: EpochMs): Promise<boolean> {
  const rows = await q.query(
    `update staff_sessions set ended_at = $3::timestamptz
     where id = $2 and staff_id = $1 and ended_at is null and ${VALID('$3', '$4')} returning id`,
    [staffId, id, instant(now), instant(now - IDLE_MS)],
  )
  return rows.length > 0
}

/**
 * Ends every session of the person but one. Returns how many were valid; null when the one to keep has
 * ended: of two sessions that end each other at the same time, one survives. Those that this process
 * holds to be over are ended too, because the clock of another process may differ.
 */
export async function endOtherSessions(
  tx: Transaction,
  staffId: Uuid,
  kept: Uuid,
  now: EpochMs,
): Promise<number | null> {
  await lockPerson(tx, staffId)
  const keptRows = await tx.query('select id from staff_sessions where id = $1 and ended_at is null', [kept])
  if (keptRows.length === 0) return null
  const [row] = await tx.query<{ ended: number }>(
    `with ended as (
       update staff_sessions set ended_at = $3::timestamptz
       where staff_id = $1 and id <> $2 and ended_at is null returning ends_at, seen_at)
     select count(*) filter (where ${VALID('$3', '$4')})::int as ended from ended`,
    [staffId, kept, instant(now), instant(now - IDLE_MS)],
  )
  return row?.ended ?? 0
}

/** Within its lifetime, and used since `idle`. Instants are parameters. */
const VALID = (now: string, idle: string) => `ends_at > ${now}::timestamptz and seen_at > ${idle}::timestamptz`
