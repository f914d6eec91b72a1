// The proof of the orders: what it must see that no balance shows.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../test/support/database.ts'
import { orderOf } from '../../test/support/orders.ts'
import { openShop } from '../../test/support/shop.ts'
import { proveBusiness } from './verify.ts'

const { db } = await testDatabase()

test('an order that moved something for a customer whom it does not name is found', async () => {
  const shop = await openShop(db)
  const coffee = (at: number, phone: string) => orderOf({ id: 'passed-on', at, phone, lines: [{ total: 2400 }] })
  await shop.deliver(coffee(1, '+966500000001'))
  await shop.deliver(coffee(2, '+966500000002'))
  assert.deepEqual(await proveBusiness(db, shop.businessId), [])
  await db.query('update orders set former_customers = null where business_id = $1', [shop.businessId])
  // Earned and taken back, in each of the three programs.
  const [found, ...others] = await proveBusiness(db, shop.businessId)
  assert.deepEqual([others, found?.stored, found?.derived], [[], 6, 0])
  assert.match(found?.what ?? '', /^transfers of cus_\w+, who is not named$/)
})
