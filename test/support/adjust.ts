// Adjusts the balance of any customer of a shop, below 0 if necessary.
import assert from 'node:assert/strict'
import { lockBusinesses } from '../../src/db/business-lock.ts'
import type { Database } from '../../src/db/database.ts'
import type { Uuid } from '../../src/kernel/ids.ts'
import { adjustBalance } from '../../src/programs/adjust.ts'
import { createProgramCache, loadPrograms } from '../../src/programs/store.ts'
import type { Shop } from './shop.ts'

export async function adjustFor(
  db: Database,
  shop: Shop,
  customerId: Uuid | null,
  program: string,
  units: number,
): Promise<void> {
  await db.write('system:test', async (tx) => {
    const lock = await lockBusinesses(tx, [shop.businessId])
    const business = (await loadPrograms(tx, lock.businesses, createProgramCache())).get(shop.businessId)
    assert(business && customerId, 'the shop has the customer')
    const input = { customerId, programId: shop.programs[program] ?? '', units, note: 'Sample', allowDebt: true }
    assert.equal((await adjustBalance(tx, lock, business, input, shop)).kind, 'adjusted')
  })
}
