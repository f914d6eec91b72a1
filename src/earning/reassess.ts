// Assesses sales again without a delivery: their entitlement has changed because two customers were
// merged.
import type { DictionaryCache } from '../archive/dictionaries.ts'
import { type BranchCache, loadBranches } from '../businesses/known-branches.ts'
import { findCustomers } from '../customers/enrol.ts'
import type { BusinessLock } from '../db/business-lock.ts'
import type { WriteTransaction } from '../db/database.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { loadFamilies, writeOrders } from '../orders/store.ts'
import type { BusinessPrograms } from '../programs/store.ts'
import { loadSalesToAssess } from './assessments.ts'
import type { EarningContext } from './context.ts'
import { postAssessments, writeAssessments } from './post-assessments.ts'
import { recordDecisions } from './record-decisions.ts'
import { loadWorkingSet } from './working-set.ts'

export interface ReassessDeps {
  now: EpochMs
  ids: Ids
  branches: BranchCache
  dictionaries: DictionaryCache
}

/** Brings these sales to what they are entitled to now, each for the customer whom it names. */
export async function reassessSales(
  tx: WriteTransaction,
  lock: BusinessLock,
  programs: BusinessPrograms,
  saleIds: readonly Uuid[],
  { now, ids, branches, dictionaries }: ReassessDeps,
): Promise<void> {
  const { businessId } = programs
  if (saleIds.length === 0) return
  const keys = saleIds.map((id) => ({ businessId, id }))
  const snapshots = { dictionaries }
  const [loaded] = await Promise.all([loadFamilies(tx, keys, snapshots), loadBranches(tx, lock.businesses, branches)])
  const known = new Map(loaded.map((row) => [row.id, row]))
  const phones = loaded.flatMap(({ order }) => (order.customer ? [{ businessId, phone: order.customer.phone }] : []))
  const customers = await findCustomers(tx, phones)
  const context: EarningContext = {
    now,
    ids,
    programs: new Map([[businessId, programs]]),
    branchOf: (of, id) => branches.get(of)?.branches.get(id),
    snapshots,
    actor: tx.actor,
  }
  const affected = saleIds.flatMap((id) => {
    const row = known.get(id)
    return row ? [{ cause: row.deliveryId, businessId, families: [id] }] : []
  })
  const { sales, rows } = await loadSalesToAssess(tx, context, affected, { old: known, rows: known, customers })
  const posted = postAssessments(sales, await loadWorkingSet(tx, context, sales, new Map()))
  const changed = recordDecisions(posted.assessments, rows)
  await Promise.all([writeAssessments(tx, lock, posted), writeOrders(tx, lock, changed, new Set())])
}
