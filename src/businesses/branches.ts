// Branches in the business API: learned from orders; name and time zone can be changed.
import type { Selectable } from 'kysely'
import { raiseConfigVersion } from '../db/config-version.ts'
import type { Queryable, WriteTransaction } from '../db/database.ts'
import { db, type Tables } from '../db/tables.ts'
import { instant } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { isTimezone } from '../kernel/local-date.ts'

export type Branch = Selectable<Tables['branches']>

/** Absent members stay as they are. */
export interface BranchChanges {
  name?: string
  name_ar?: string | null
  /** IANA zone; null means the zone of the business. */
  timezone?: string | null
}

/** Sorted by ID, after `after`. */
export function listBranches(q: Queryable, businessId: Uuid, after: Uuid | null, limit: number): Promise<Branch[]> {
  const query = db.selectFrom('branches').selectAll().where('business_id', '=', businessId).orderBy('id').limit(limit)
  return q.run(after === null ? query : query.where('id', '>', after))
}

export async function findBranch(q: Queryable, businessId: Uuid, id: Uuid): Promise<Branch | null> {
  const query = db.selectFrom('branches').selectAll().where('business_id', '=', businessId).where('id', '=', id)
  return (await q.run(query))[0] ?? null
}

/** The names of these branches, by id. */
export async function branchNames(
  q: Queryable,
  businessId: Uuid,
  ids: readonly Uuid[],
): Promise<Map<Uuid, { name: string; nameAr: string | null }>> {
  if (ids.length === 0) return new Map()
  const query = db.selectFrom('branches').select(['id', 'name', 'name_ar']).where('business_id', '=', businessId)
  const rows = await q.run(query.where('id', 'in', ids))
  return new Map(rows.map(({ id, name, name_ar }) => [id, { name, nameAr: name_ar }]))
}

/** Roll back unless `updated`. In order of precedence: timezone_unknown, not_found, updated. */
export async function updateBranch(
  tx: WriteTransaction,
  businessId: Uuid,
  id: Uuid,
  changes: BranchChanges,
  now: EpochMs,
): Promise<{ kind: 'updated'; branch: Branch } | { kind: 'not_found' | 'timezone_unknown' }> {
  if (changes.timezone && !isTimezone(changes.timezone)) return { kind: 'timezone_unknown' }
  const named = changes.name !== undefined || changes.name_ar !== undefined
  // Every process caches branches under this version and reads them again when it changes. Locked
  // first, so that this waits for an ingest that writes the branch instead of blocking it.
  await raiseConfigVersion(tx, businessId)
  const [branch] = await tx.run(
    db
      .updateTable('branches')
      .set({ ...changes, ...(named && { named_by_hand: true }), updated_at: instant(now), updated_by: tx.actor })
      .where('business_id', '=', businessId)
      .where('id', '=', id)
      .returningAll(),
  )
  return branch ? { kind: 'updated', branch } : { kind: 'not_found' }
}
