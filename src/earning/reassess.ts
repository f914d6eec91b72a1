// Judges sales again without a delivery: what they are entitled to has changed because two
// customers became one.

import { openPacker } from '../archive/dictionaries.ts'
import { loadBranches } from '../businesses/known-branches.ts'
import { findCustomers } from '../customers/enrol.ts'
import type { BusinessLock } from '../db/business-lock.ts'
import type { Transaction } from '../db/database.ts'
import { must } from '../kernel/assert.ts'
import type { Uuid } from '../kernel/ids.ts'
import { loadFamilies, writeOrders } from '../orders/store.ts'
import type { BusinessPrograms } from '../programs/store.ts'
import { openAssessments } from './assessments.ts'
import type { BatchDeps, BatchState } from './context.ts'
import { postAssessments } from './post-assessments.ts'
import { recordDecisions } from './record-decisions.ts'

/** Brings these sales to what they are entitled to now, each for the customer whom it names. */
export async function reassessSales(
  tx: Transaction,
  lock: BusinessLock,
  programs: BusinessPrograms,
  ids: readonly Uuid[],
  deps: BatchDeps,
): Promise<void> {
  const { businessId } = programs
  if (ids.length === 0) return
  const keys = ids.map((id) => ({ businessId, id }))
  const [loaded, packer] = await Promise.all([
    loadFamilies(tx, keys, deps),
    openPacker(tx, lock, deps.dictionaries, [], deps.now),
    loadBranches(tx, lock.businesses, deps.branches),
  ])
  const rows = new Map(loaded.map((row) => [row.id, row]))
  const phones = loaded.flatMap(({ order }) => (order.customer ? [{ businessId, phone: order.customer.phone }] : []))
  const customers = await findCustomers(tx, phones)
  const shared = { answers: new Map(), rows: [], unwritten: new Map(), fresh: new Map(), lasting: new Set<Uuid>() }
  const state: BatchState = { ...deps, ...shared, books: new Map([[businessId, programs]]), packer }
  const touched = ids.flatMap((id) => {
    const row = rows.get(id)
    return row ? [{ delivery: { id: row.deliveryId }, after: { businessId }, families: [id] }] : []
  })
  const cases = await openAssessments(tx, { state, changes: touched, old: new Map(rows), rows, customers })
  const settled = await postAssessments(tx, lock, state, cases, new Map())
  const changed = recordDecisions(cases, rows).map((id) => must(rows.get(id), 'a sale'))
  await Promise.all([settled.write(), writeOrders(tx, lock, changed, new Set())])
}
