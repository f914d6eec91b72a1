// Applies the log of erasures to a restored database: customers who were erased after the backup
// was taken are erased again.
import type { Actor } from '../../contract/actor.ts'
import { lockBusinesses } from '../db/business-lock.ts'
import type { Database } from '../db/database.ts'
import { must } from '../kernel/assert.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { loadPrograms, type ProgramCache } from '../programs/store.ts'
import { eraseCustomer } from './erase-customer.ts'
import { findErasureOf } from './erasure-store.ts'

export interface LoggedErasure {
  businessId: Uuid
  customerId: Uuid
}

export type Applied = 'erased' | 'already_erased' | 'not_found'

/** Safe to repeat. The archive is searched by the job, as after any erasure. */
export async function applyErasure(
  { db, clock, ids, programs }: { db: Database; clock: Clock; ids: Ids; programs: ProgramCache },
  { businessId, customerId }: LoggedErasure,
  actor: Actor,
): Promise<Applied> {
  return db.write(actor, async (tx) => {
    const lock = await lockBusinesses(tx, [businessId])
    if (lock.businesses.length === 0) return 'not_found'
    if (await findErasureOf(tx, businessId, customerId)) return 'already_erased'
    const business = must((await loadPrograms(tx, lock.businesses, programs)).get(businessId), 'the business')
    const erasure = await eraseCustomer(tx, lock, business, customerId, { now: clock.now(), ids })
    return erasure ? 'erased' : 'not_found'
  })
}
