// Erases customers of a shop, and searches its archive to the end.
import assert from 'node:assert/strict'
import { lockBusinesses } from '../../src/db/business-lock.ts'
import type { Database } from '../../src/db/database.ts'
import { eraseCustomer } from '../../src/privacy/erase-customer.ts'
import type { Erasure } from '../../src/privacy/erasure-store.ts'
import { searchArchive } from '../../src/privacy/search-archive.ts'
import { createProgramCache, loadPrograms } from '../../src/programs/store.ts'
import { customerOf } from './merge.ts'
import type { Shop } from './shop.ts'

/** Erases the customer with this phone; the archive is not searched yet. Null when there is none. */
export async function erase(db: Database, shop: Shop, phone: string): Promise<Erasure | null> {
  const customerId = await customerOf(db, shop, phone)
  if (customerId === null) return null
  const { businessId, ids, clock } = shop
  return db.write('system:test', async (tx) => {
    const lock = await lockBusinesses(tx, [businessId])
    const programs = (await loadPrograms(tx, lock.businesses, createProgramCache())).get(businessId)
    assert(programs, 'the shop has programs')
    return eraseCustomer(tx, lock, programs, customerId, { now: clock.now(), ids })
  })
}

export function searchToTheEnd(
  db: Database,
  { businessId, clock }: Pick<Shop, 'businessId' | 'clock'>,
): Promise<number> {
  return searchArchive({ db, clock }, businessId)
}
