import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../test/support/database.ts'
import { orderOf } from '../../test/support/orders.ts'
import { openShop } from '../../test/support/shop.ts'

const { db } = await testDatabase()

test('a paid order earns in every program, and says why', async () => {
  const shop = await openShop(db)
  const answer = await shop.deliver(orderOf({ id: 'o1', lines: [{ total: 2400 }] }))
  console.log(JSON.stringify(answer, null, 1))
  assert.equal(answer.result, 'processed')
})
