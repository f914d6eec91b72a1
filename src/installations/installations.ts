// Installations: which businesses let LoyaPro call which POS, and their state.
import type { Selectable } from 'kysely'
import type { Actor } from '../../contract/actor.ts'
import { type RemovalDeps, recordRemoval } from '../businesses/removals.ts'
import type { Queryable, Transaction, WriteTransaction } from '../db/database.ts'
import { db, type Tables } from '../db/tables.ts'
import { instant } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

/** An installation as the API shows it: without tokens. */
export interface Installation {
  posName: string
  status: 'connected' | 'needs_consent'
  reference: string
  name: string | null
  problem: string | null
  pausedUntil: EpochMs | null
  connectedAt: EpochMs
  connectedBy: Actor | null
  updatedBy: Actor | null
  syncedAt: EpochMs | null
  syncing: boolean
  syncProblem: string | null
  /** Customers that have not been sent yet, and those that the POS refused. */
  waiting: number
  refused: number
  backfill: Selectable<Tables['pos_backfills']> | null
}

/** All installations of the business by name, or the one of this POS. */
export async function listInstallations(q: Queryable, businessId: Uuid, posName?: string): Promise<Installation[]> {
  let query = db.selectFrom('installations').selectAll().where('business_id', '=', businessId).orderBy('pos_name')
  if (posName !== undefined) query = query.where('pos_name', '=', posName)
  const [rows, backfills, changes] = await Promise.all([
    q.run(query),
    q.run(db.selectFrom('pos_backfills').selectAll().where('business_id', '=', businessId)),
    q.query<{ posName: string; waiting: number; refused: number }>(COUNT_CHANGES, [businessId]),
  ])
  return rows.map((row) => {
    const counts = changes.find((one) => one.posName === row.pos_name)
    return {
      posName: row.pos_name,
      status: row.status,
      reference: row.reference,
      name: row.name,
      problem: row.problem,
      pausedUntil: row.paused_until,
      connectedAt: row.connected_at,
      connectedBy: row.connected_by,
      updatedBy: row.updated_by,
      syncedAt: row.synced_at,
      syncing: row.sync_part !== null,
      syncProblem: row.sync_problem,
      waiting: counts?.waiting ?? 0,
      refused: counts?.refused ?? 0,
      backfill: backfills.find((one) => one.pos_name === row.pos_name) ?? null,
    }
  })
}

const COUNT_CHANGES = `
select pos_name as "posName", count(*) filter (where status = 'waiting') as waiting,
  count(*) filter (where status = 'failed') as refused
from pos_customer_changes where business_id = $1 group by pos_name`

/**
 * The catalogue is imported again and refused customers are sent again, from the next run on. A
 * running import continues, and a pause that the POS requested stays. `needs_consent`: the POS
 * would refuse every call.
 */
export async function requestSync(
  tx: WriteTransaction,
  businessId: Uuid,
  posName: string,
  now: EpochMs,
): Promise<'requested' | 'not_found' | 'needs_consent'> {
  const update = db
    .updateTable('installations')
    .set({ sync_due_at: instant(now), sync_failures: 0, updated_by: tx.actor })
  const [row] = await tx.run(
    update.where('business_id', '=', businessId).where('pos_name', '=', posName).returning('status'),
  )
  if (!row) return 'not_found'
  if (row.status === 'needs_consent') return 'needs_consent'
  await tx.run(
    db
      .updateTable('pos_customer_changes')
      .set({ status: 'waiting', due_at: instant(now), attempts: 0, problem: null })
      .where('business_id', '=', businessId)
      .where('pos_name', '=', posName)
      .where('status', '=', 'failed'),
  )
  return 'requested'
}

const TABLES_OF_INSTALLATION = [
  'pos_customer_changes',
  'pos_customers',
  'pos_backfills',
  'catalogue_products',
  'catalogue_categories',
] as const

/**
 * Deletes the tokens and everything that belongs to the installation: customer IDs, catalogue,
 * unsent changes. Orders, branches and the connection under which the POS sends orders stay.
 */
export async function removeInstallation(
  tx: WriteTransaction,
  businessId: Uuid,
  posName: string,
  deps: RemovalDeps,
): Promise<'removed' | 'not_found'> {
  const [row] = await tx.run(
    db
      .deleteFrom('installations')
      .where('business_id', '=', businessId)
      .where('pos_name', '=', posName)
      .returning('pos_name'),
  )
  if (!row) return 'not_found'
  await clearInstallation(tx, businessId, posName)
  await recordRemoval(tx, { businessId, kind: 'installation', name: posName }, deps)
  return 'removed'
}

/** Deletes what depends on the POS account: its IDs mean nothing in another account. */
export async function clearInstallation(tx: Transaction, businessId: Uuid, posName: string): Promise<void> {
  for (const table of TABLES_OF_INSTALLATION) {
    await tx.query(`delete from ${table} where business_id = $1 and pos_name = $2`, [businessId, posName])
  }
}
