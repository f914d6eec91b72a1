// Expiring stamps and cards: a late sale fills the card that it would have filled in time, and a
// void removes the stamps that only it had kept valid.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PosOrder } from '../../contract/pos-order.ts'
import { testDatabase } from '../support/database.ts'
import { assertProven, balancesOf } from '../support/ledger.ts'
import { orderOf } from '../support/orders.ts'
import { openShop, type Shop } from '../support/shop.ts'
import { runJobsAt } from '../support/worker.ts'

const { db } = await testDatabase()

const DAY = 24 * 3_600_000
const NOW = '2026-06-30T12:00:00Z'
const stampCard = (expiry: object) => ({
  stamps: {
    type: 'stamps',
    goal: 3,
    reward: { name: { en: 'A free hot drink', ar: 'مشروب ساخن مجاني' } },
    rules: [{ id: 'drinks', earn: { kind: 'per_item', units: 1 } }],
    expiry,
  },
})
const SLIDING = { kind: 'sliding', days: 7 }
const FIXED = { kind: 'after', days: 7 }

/** A sale of some drinks some days ago. */
function drinks(pieces: number, ago: number, more: { status?: 'void'; minutes?: number } = {}): PosOrder {
  const { status, minutes = 0 } = more
  const at = Date.parse(NOW) - ago * DAY + minutes * 60_000
  const order = orderOf({
    id: `${ago}-${minutes}`,
    lines: [{ total: 1000 * pieces, pieces }],
    ...(status && { status }),
  })
  const number = status ? 2 : 1
  return {
    ...order,
    occurred_at: at,
    business_date: new Date(at + 3 * 3_600_000).toISOString().slice(0, 10),
    version: { ...order.version, number, updated_at: at + number, timestamp: at + number },
  }
}

const open = (expiry: object) => openShop(db, { programs: stampCard(expiry), now: NOW })

/** The number of unused awards, and the waiting stamps. */
async function stateOf(shop: Shop): Promise<{ cards: number; stamps: number }> {
  const cards = await db.query(`select id from awards where business_id = $1 and status = 'won'`, [shop.businessId])
  return { cards: cards.length, stamps: (await balancesOf(db, shop)).stamps ?? 0 }
}

for (const [name, expiry] of [
  ['sliding', SLIDING],
  ['7 days after earning', FIXED],
] as const) {
  test(`expiry ${name}: a late sale fills the card that it would have filled before its stamps expired`, async () => {
    for (const order of [
      [drinks(2, 30), drinks(1, 25)],
      [drinks(1, 25), drinks(2, 30)],
    ]) {
      const shop = await open(expiry)
      for (const one of order) {
        await shop.deliver(one)
        await runJobsAt(db, shop, NOW)
      }
      assert.deepEqual(await stateOf(shop), { cards: 1, stamps: 0 })
      await assertProven(db, shop)
      await shop.deliver(drinks(1, 25, { status: 'void' }))
      assert.deepEqual(await stateOf(shop), { cards: 0, stamps: 0 }, 'the two expired long ago')
      await assertProven(db, shop)
    }
  })

  test(`expiry ${name}: stamps that had expired before a late sale do not fill its card`, async () => {
    const shop = await open(expiry)
    await shop.deliver(drinks(2, 30))
    await runJobsAt(db, shop, NOW)
    await shop.deliver(drinks(1, 20))
    assert.deepEqual(await stateOf(shop), { cards: 0, stamps: 0 })
    await assertProven(db, shop)
  })
}

test('a second sale of a day also fills the card, although it moves no expiry', async () => {
  const shop = await open(SLIDING)
  await shop.deliver(drinks(1, 30))
  await shop.deliver(drinks(1, 25))
  await runJobsAt(db, shop, NOW)
  const { movements } = await shop.deliver(drinks(1, 25, { minutes: 30 }))
  assert.deepEqual(await stateOf(shop), { cards: 1, stamps: 0 })
  const [restored, ...more] = movements.filter(({ why }) => why.en.startsWith('Not expired yet'))
  assert.deepEqual([restored?.units, more.length], [3, 0])
  assert.equal(restored?.why.en, 'Not expired yet when the stamp card was completed: 3 stamps restored')
  await assertProven(db, shop)
})

test('a void that breaks the chain takes expired stamps off an unused card, although later stamps would fill it', async () => {
  for (const between of [
    [drinks(1, 25), drinks(1, 25, { status: 'void' })],
    [drinks(1, 25, { status: 'void' }), drinks(1, 25)],
  ]) {
    const shop = await open(SLIDING)
    await shop.deliver(drinks(2, 30))
    for (const one of between) {
      await shop.deliver(one)
      await shop.deliver(drinks(1, 20))
    }
    // The two stamps of 30 days ago expired on 7 June, before the sale of 10 June.
    assert.deepEqual(await stateOf(shop), { cards: 0, stamps: 0 })
    await assertProven(db, shop)
  }
})

test('a late order without a stamp keeps the waiting stamps valid', async () => {
  const shop = await open(SLIDING)
  await shop.deliver(drinks(2, 30))
  await shop.deliver(drinks(1, 20))
  await runJobsAt(db, shop, NOW)
  assert.deepEqual(await stateOf(shop), { cards: 0, stamps: 0 })
  const free = { ...drinks(1, 25), lines: [], total_incl_tax: 0, subtotal_excl_tax: 0, payments: [] }
  await shop.deliver(free)
  assert.deepEqual(await stateOf(shop), { cards: 1, stamps: 0 })
  await assertProven(db, shop)
})

test('a card is completed at the time of its last stamp, even after the POS corrects that time', async () => {
  const shop = await open(SLIDING)
  const first = drinks(3, 10)
  await shop.deliver(first)
  const at = first.occurred_at - DAY
  const number = 2
  await shop.deliver({
    ...first,
    occurred_at: at,
    business_date: '2026-06-19',
    version: { ...first.version, number },
  })
  const [card] = await db.query<{ at: number }>('select won_at as at from awards where business_id = $1', [
    shop.businessId,
  ])
  assert.equal(card?.at, at)
  await assertProven(db, shop)
})
