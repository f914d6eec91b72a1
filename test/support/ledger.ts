// Ledger functions for stories: balances of a customer, manual adjustments, and the verification at
// the end.
import assert from 'node:assert/strict'
import { verifyBusiness } from '../../src/audit/verify.ts'
import { lockBusinesses } from '../../src/db/business-lock.ts'
import type { Database } from '../../src/db/database.ts'
import type { Uuid } from '../../src/kernel/ids.ts'
import { type AdjustOutcome, adjustBalance } from '../../src/programs/adjust.ts'
import { createProgramCache, loadPrograms } from '../../src/programs/store.ts'
import type { Shop } from './shop.ts'

/** Balances match the transfers, and the transfers match the orders. */
export async function assertProven(db: Database, { businessId }: Pick<Shop, 'businessId'>): Promise<void> {
  const differences = []
  for await (const difference of verifyBusiness(db, businessId)) differences.push(difference)
  assert.deepEqual(differences, [])
}

/**
 * Available units of the shop's customer, or of the one with this phone, by the names of the shop's
 * programs, without zeros.
 */
export async function balancesOf(
  db: Database,
  { businessId, programs }: Pick<Shop, 'businessId' | 'programs'>,
  phone = '+966500000001',
): Promise<Record<string, number>> {
  const rows = await db.query<{ programId: Uuid; available: number }>(
    `select a.program_id as "programId", a.available
     from accounts a join customers c on c.business_id = a.business_id and c.id = a.customer_id
     where a.business_id = $1 and c.phone = $2 and a.available <> 0`,
    [businessId, phone],
  )
  const nameOf = new Map(Object.entries(programs).map(([name, id]) => [id, name]))
  return Object.fromEntries(rows.map(({ programId, available }) => [nameOf.get(programId) ?? programId, available]))
}

/**
 * Adjusts a balance manually, never below 0.
 */
export function adjustBy(db: Database, shop: Shop, program: string, units: number): Promise<AdjustOutcome['kind']> {
  return db.write('system:test', async (tx) => {
    const lock = await lockBusinesses(tx, [shop.businessId])
    const business = (await loadPrograms(tx, lock.businesses, createProgramCache())).get(shop.businessId)
    const [customer] = await tx.query<{ id: Uuid }>('select id from customers where business_id = $1', [
      shop.businessId,
    ])
    assert(business && customer, 'the shop has a customer')
    const programId = shop.programs[program] ?? ''
    const input = { customerId: customer.id, programId, units, note: 'Sample', allowDebt: false }
    return (await adjustBalance(tx, lock, business, input, shop)).kind
  })
}
