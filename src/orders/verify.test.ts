// The proof of the orders: what it must see that no balance shows.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../test/support/database.ts'
import { orderOf } from '../../test/support/orders.ts'
import { openShop } from '../../test/support/shop.ts'
import { proveBusiness } from './verify.ts'

const { db } = await testDatabase()

test('units of a sale that are posted to somebody who, by the sale, never had it are found', async () => {
  const shop = await openShop(db)
  await shop.deliver(orderOf({ id: 'mine', lines: [{ total: 2400 }] }))
  assert.deepEqual(await proveBusiness(db, shop.businessId), [])
  await db.query('update orders set customer_id = null, terms = null where business_id = $1', [shop.businessId])
  const found = await proveBusiness(db, shop.businessId)
  assert.ok(found.length > 0)
  for (const { what, stored, derived } of found) {
    assert.match(what, /^units posted for cus_\w+ in prg_\w+$/)
    assert.ok(stored > 0 && derived === 0, `${stored} of ${derived}`)
  }
})
