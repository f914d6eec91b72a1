// Subscriptions over a year: each period begins on its day, and its unused uses expire at its end.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../test/support/database.ts'
import { assertProven } from '../../test/support/ledger.ts'
import { orderOf } from '../../test/support/orders.ts'
import { openShop, type Shop } from '../../test/support/shop.ts'
import { jobDeps, runJobsAt, unitsOf } from '../../test/support/worker.ts'
import { beginPeriods } from './periods.ts'

const { db } = await testDatabase()

/** Ten uses a month for a year, bought on 31 January 2026 at noon in Riyadh. */
const BOUGHT = '2026-01-31T09:00:00Z'
const plan = (options: object = {}) => ({
  programs: {
    coffee: {
      type: 'subscription',
      plan: {
        products_bought: ['plan'],
        period: { unit: 'month', count: 1 },
        periods: 12,
        uses_per_period: 10,
        ...options,
      },
    },
  },
  now: BOUGHT,
})
const when = Date.parse(BOUGHT)
const purchase = orderOf({
  id: 'plan-1',
  lines: [{ product: 'plan', total: 19900 }],
  more: {
    occurred_at: when,
    business_date: '2026-01-31',
    version: { updated_at: when, timestamp: when, rank: 1 },
  },
})
const giveBack = (shop: Shop) =>
  shop.deliver(
    orderOf({
      id: 'plan-back',
      returns: 'plan-1',
      lines: [{ product: 'plan', total: 19900 }],
      more: { occurred_at: shop.clock.now() },
    }),
  )

test('a plan bought on 31 January has a new period each month, on the last day of months without a 31st, for a year', async () => {
  const shop = await openShop(db, plan())
  await shop.deliver(purchase)
  assert.deepEqual(await unitsOf(db, shop), [10, 0, 0])
  await runJobsAt(db, shop, '2026-02-28T08:59:59.999Z')
  assert.deepEqual(await unitsOf(db, shop), [10, 0, 0])
  const days = ['02-28', '03-31', '04-30', '05-31', '06-30', '07-31', '08-31', '09-30', '10-31', '11-30', '12-31']
  for (const [index, day] of days.entries()) {
    await runJobsAt(db, shop, `2026-${day}T09:00:00Z`)
    assert.deepEqual(
      await unitsOf(db, shop),
      [10, 0, (index + 1) * 10],
      `10 new ones on ${day}, the 10 before are gone`,
    )
  }
  await runJobsAt(db, shop, '2027-01-31T09:00:00Z')
  assert.deepEqual(await unitsOf(db, shop), [0, 0, 120], 'there is no thirteenth period')
  assert.deepEqual(await beginPeriods(jobDeps(db, shop)), { done: 0, failed: 0 })
  await assertProven(db, shop)
})

test('with rollover, unused uses are valid for one more period', async () => {
  const shop = await openShop(db, plan({ rollover: 'next_period' }))
  await shop.deliver(purchase)
  await runJobsAt(db, shop, '2026-02-28T09:00:00Z')
  assert.deepEqual(await unitsOf(db, shop), [20, 0, 0])
  await runJobsAt(db, shop, '2026-03-31T09:00:00Z')
  assert.deepEqual(await unitsOf(db, shop), [20, 0, 10])
  await assertProven(db, shop)
})

test('periods that began while no job ran are granted together, and those that have ended expire at once', async () => {
  const shop = await openShop(db, plan())
  await shop.deliver(purchase)
  await runJobsAt(db, shop, '2026-05-01T00:00:00Z')
  assert.deepEqual(
    await unitsOf(db, shop),
    [10, 0, 30],
    'January, February and March are over; April began on the 30th',
  )
  await assertProven(db, shop)
})

test('returning the purchase ends the plan: remaining uses are deducted, and no period follows', async () => {
  const shop = await openShop(db, plan())
  await shop.deliver(purchase)
  await runJobsAt(db, shop, '2026-02-28T09:00:00Z')
  const back = await giveBack(shop)
  assert.equal(back.balances[0]?.available, 0)
  assert.deepEqual(await unitsOf(db, shop), [0, 0, 0], 'expired uses are reversed as well')
  await runJobsAt(db, shop, '2026-06-01T00:00:00Z')
  assert.deepEqual(await unitsOf(db, shop), [0, 0, 0])
  await assertProven(db, shop)
})

test('a period that begins while the purchase is returned is reversed as well', async () => {
  for (const round of [1, 2, 3, 4, 5]) {
    const shop = await openShop(db, plan())
    await shop.deliver(purchase)
    shop.clock.set('2026-02-28T09:00:00Z')
    await Promise.all([beginPeriods(jobDeps(db, shop)), giveBack(shop), beginPeriods(jobDeps(db, shop))])
    assert.deepEqual(await unitsOf(db, shop), [0, 0, 0], `round ${round}`)
    await assertProven(db, shop)
  }
})
