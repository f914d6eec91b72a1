// What a business's dictionaries say once orders have come in: its menu, and nobody's name or
// number.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../test/support/database.ts'
import { assertProven } from '../../test/support/ledger.ts'
import { edit, orderOf } from '../../test/support/pos.ts'
import { openShop, type Shop } from '../../test/support/shop.ts'
import { foodicsBody } from '../integrations/foodics/fixtures/body.ts'
import { shippedIntegrations } from '../integrations/registry.ts'
import { standardBody } from '../integrations/standard/fixtures/body.ts'
import { findBody } from '../orders/read-deliveries.ts'
import { type Packed, unpack } from './codec.ts'

const { db } = await testDatabase()

/** Sample people, as each part of a body speaks of them. */
const PEOPLE = {
  '/order/customer/name': 'نورة Sampleson',
  '/order/customer/phone': '557000123',
  '/order/customer/email': 'noura@sample.example',
  '/order/customer/birth_date': '1987-06-05',
}
const STAFF = {
  '/order/creator/name': 'Omar Specimen',
  '/order/driver': { name: 'Dana Template', phone: '558000456' },
  '/order/customer_address': { description: 'House 77, Sample Lane' },
  '/order/customer_notes': 'ring twice for Noura',
}
const WORDS = [
  'نورة',
  'Sampleson',
  '557000123',
  'noura',
  '1987',
  'Omar',
  'Specimen',
  'Dana',
  '558000456',
  'House 77',
  'Sample Lane',
  'ring twice',
]

const written = (body: unknown, said: Record<string, unknown>) =>
  Object.entries(said).reduce((copy, [pointer, value]) => edit(copy, pointer, value), body)

async function deliver(shop: Shop, adapter: string, body: unknown) {
  const order = orderOf(shippedIntegrations.get(adapter), body)
  const delivery = { ...shop.delivery(order, JSON.stringify(body)), adapter, posName: adapter }
  const answer = await shop.ingest.submit(delivery)
  assert(typeof answer !== 'string' && answer.result === 'processed', JSON.stringify(answer))
  return delivery
}

test('a dictionary made from a first order contains the menu, but no customer, cashier or driver', async () => {
  const shop = await openShop(db)
  const foodics = (reference: number) => written(foodicsBody({ reference }), { ...PEOPLE, ...STAFF })
  const standard = (reference: number) => written(standardBody({ reference }), PEOPLE)
  const sent = [
    await deliver(shop, 'foodics', foodics(1)),
    await deliver(shop, 'standard', standard(2)),
    await deliver(shop, 'foodics', foodics(3)),
    await deliver(shop, 'standard', standard(4)),
  ]
  const rows = await db.query<Packed & { number: number }>(
    'select number, dictionary, bytes from archive_dictionaries where business_id = $1 order by number',
    [shop.businessId],
  )
  assert.deepEqual(
    rows.map((row) => row.number),
    [100, 101],
  )
  for (const row of rows) {
    const content = unpack(row).toString()
    assert.ok(
      content.includes('"Sample Latte"') && content.includes('"Sample Branch"'),
      'what everybody orders is in it',
    )
    const found = WORDS.filter((word) => content.toLowerCase().includes(word.toLowerCase()))
    assert.deepEqual(found, [])
  }
  const packed = await db.query<{ dictionary: number }>(
    'select dictionary from deliveries where business_id = $1 order by dictionary',
    [shop.businessId],
  )
  assert.deepEqual(
    packed.map((row) => row.dictionary),
    [100, 100, 101, 101],
  )
  for (const { id, body } of sent) assert.deepEqual(await findBody(db, shop.businessId, id), body)
  await assertProven(db, shop)
})
