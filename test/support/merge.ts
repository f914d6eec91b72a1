// Merges two customers of a shop, by their numbers.
import assert from 'node:assert/strict'
import { createDictionaryCache } from '../../src/archive/dictionaries.ts'
import { lockBusinesses } from '../../src/db/business-lock.ts'
import type { Database } from '../../src/db/database.ts'
import type { Uuid } from '../../src/kernel/ids.ts'
import { type MergeOutcome, mergeCustomers } from '../../src/merge/merge-customers.ts'
import { createProgramCache, loadPrograms } from '../../src/programs/store.ts'
import type { Shop } from './shop.ts'

export async function customerOf(db: Database, { businessId }: Shop, phone: string): Promise<Uuid | null> {
  const [row] = await db.query<{ id: Uuid }>('select id from customers where business_id = $1 and phone = $2', [
    businessId,
    phone,
  ])
  return row?.id ?? null
}

/** `from` becomes `into`; both must be customers. */
export async function merge(db: Database, shop: Shop, from: string, into: string): Promise<MergeOutcome['kind']> {
  const ids = await Promise.all([customerOf(db, shop, from), customerOf(db, shop, into)])
  const [fromId, intoId] = ids
  assert(fromId && intoId, 'two customers to merge')
  const { ids: newIds, clock } = shop
  return db.write('system:test', async (tx) => {
    const lock = await lockBusinesses(tx, [shop.businessId])
    const programs = (await loadPrograms(tx, lock.businesses, createProgramCache())).get(shop.businessId)
    assert(programs, 'the shop has programs')
    const caches = { programs: createProgramCache(), branches: new Map(), dictionaries: createDictionaryCache() }
    const input = { from: fromId, into: intoId, reason: 'Same person' }
    return (await mergeCustomers(tx, lock, programs, input, { now: clock.now(), ids: newIds, ...caches })).kind
  })
}
