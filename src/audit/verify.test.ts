// The verification of orders finds differences that no balance shows.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../test/support/database.ts'
import { orderOf } from '../../test/support/orders.ts'
import { openShop } from '../../test/support/shop.ts'
import { proveBusiness } from './verify.ts'

const { db } = await testDatabase()

test('an order that moved units of a customer whom it does not name is found', async () => {
  const shop = await openShop(db)
  const coffee = (at: number, phone: string) => orderOf({ id: 'passed-on', at, phone, lines: [{ total: 2400 }] })
  await shop.deliver(coffee(1, '+966500000001'))
  await shop.deliver(coffee(2, '+966500000002'))
  assert.deepEqual(await proveBusiness(db, shop.businessId), [])
  await db.query('update orders set former_customers = null where business_id = $1', [shop.businessId])
  // Earned and reversed, in each of the three programs.
  const [found, ...others] = await proveBusiness(db, shop.businessId)
  assert.deepEqual([others, found?.stored, found?.derived], [[], 6, 0])
  assert.match(found?.what ?? '', /^transfers of cus_\w+, who is not named$/)
})

test('a lot with a business date other than its order, and a budget that exceeds the granted units, are found', async () => {
  const rules = [{ id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }]
  const shop = await openShop(db, { programs: { points: { type: 'points', rules, caps: { budget: 100 } } } })
  await shop.deliver(orderOf({ id: 'one', lines: [{ total: 2400 }] }))
  assert.deepEqual(await proveBusiness(db, shop.businessId), [])
  await db.query('update program_budgets set used = 60 where business_id = $1', [shop.businessId])
  await db.query(`update lots set business_date = '2026-01-09' where business_id = $1`, [shop.businessId])
  const found = await proveBusiness(db, shop.businessId)
  assert.deepEqual(
    found.map(({ what, stored, derived }) => ({ what, stored, derived })),
    [
      { what: 'business date of the lot', stored: 20260109, derived: 20260110 },
      { what: 'units used of the budget', stored: 60, derived: 24 },
    ],
  )
})
