// Reads and renames programs for the business API: drafts and ended programs included, with all
// versions.
import type { Selectable } from 'kysely'
import { raiseConfigVersion } from '../db/config-version.ts'
import type { Queryable, WriteTransaction } from '../db/database.ts'
import { db, type Tables } from '../db/tables.ts'
import { instant } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Member } from './ruleset.ts'

export type ProgramRow = Selectable<Tables['programs']>
export type VersionRow = Selectable<Tables['program_versions']>

/** Newest first, those older than `before`. */
export function listPrograms(
  q: Queryable,
  businessId: Uuid,
  before: Uuid | null,
  limit: number,
): Promise<ProgramRow[]> {
  const query = programsOf(businessId).orderBy('id', 'desc').limit(limit)
  return q.run(before === null ? query : query.where('id', '<', before))
}

export async function findProgram(q: Queryable, businessId: Uuid, id: Uuid): Promise<ProgramRow | null> {
  const [row] = await q.run(programsOf(businessId).where('id', '=', id))
  return row ?? null
}

/** Newest first. */
export function listVersions(q: Queryable, businessId: Uuid, programId: Uuid): Promise<VersionRow[]> {
  return q.run(
    db
      .selectFrom('program_versions')
      .selectAll()
      .where('business_id', '=', businessId)
      .where('program_id', '=', programId)
      .orderBy('version', 'desc'),
  )
}

/** A period in which a version is in force. `until` is exclusive; null without an end. */
export interface InForce {
  version: number
  from: EpochMs
  until: EpochMs | null
}

/**
 * The periods in which each version of a program is in force, by all terms of the business: oldest
 * first, none empty.
 */
export async function timesInForce(q: Queryable, businessId: Uuid, programId: Uuid): Promise<InForce[]> {
  const terms = await q.query<{ from: EpochMs; members: Member[] }>(
    'select effective_from as "from", members from terms where business_id = $1 order by number',
    [businessId],
  )
  const times: InForce[] = []
  terms.forEach(({ from, members }, index) => {
    const until = terms[index + 1]?.from ?? null
    const version = members.find((member) => member.program_id === programId)?.version
    if (version === undefined || until === from) return
    const last = times.at(-1)
    if (last?.version === version && last.until === from) last.until = until
    else times.push({ version, from, until })
  })
  return times
}

/**
 * Renames a program; absent languages stay unchanged. Null when there is no such program: the
 * caller rolls back.
 */
export async function renameProgram(
  tx: WriteTransaction,
  { businessId, programId }: { businessId: Uuid; programId: Uuid },
  { en, ar }: { en?: string | undefined; ar?: string | undefined },
  now: EpochMs,
): Promise<ProgramRow | null> {
  // First, like every change of programs: it takes the business lock, so that no two changes
  // deadlock, and it invalidates the names that processes hold in memory.
  await raiseConfigVersion(tx, businessId)
  const [row] = await tx.run(
    db
      .updateTable('programs')
      .set({
        ...(en !== undefined && { name: en }),
        ...(ar !== undefined && { name_ar: ar }),
        updated_at: instant(now),
        updated_by: tx.actor,
      })
      .where('business_id', '=', businessId)
      .where('id', '=', programId)
      .returningAll(),
  )
  return row ?? null
}

function programsOf(businessId: Uuid) {
  return db.selectFrom('programs').selectAll().where('business_id', '=', businessId)
}
