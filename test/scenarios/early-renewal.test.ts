// A plan bought again while it runs starts when the current one ends, in any sequence of arrival.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PosOrder } from '../../contract/pos-order.ts'
import { proveBusiness } from '../../src/audit/verify.ts'
import { type BusinessLock, lockBusinesses } from '../../src/db/business-lock.ts'
import type { WriteTransaction } from '../../src/db/database.ts'
import { must } from '../../src/kernel/assert.ts'
import type { Uuid } from '../../src/kernel/ids.ts'
import { endSubscription, subscribe } from '../../src/programs/plans/subscribe.ts'
import { type BusinessPrograms, createProgramCache, loadPrograms } from '../../src/programs/store.ts'
import { testDatabase } from '../support/database.ts'
import { adjustBy, assertProven } from '../support/ledger.ts'
import { orderOf } from '../support/orders.ts'
import { openShop, type Shop } from '../support/shop.ts'
import { runJobsAt, unitsOf } from '../support/worker.ts'

const { db } = await testDatabase()

/** Thirty uses a month. */
const open = (plan: object = {}, now = '2026-11-29T12:00:00Z') =>
  openShop(db, {
    now,
    programs: {
      coffee: {
        type: 'subscription',
        plan: { products_bought: ['plan'], period: { unit: 'month', count: 1 }, uses_per_period: 30, ...plan },
      },
    },
  })

/** Bought at noon in Riyadh. */
function purchase(id: string, day: string, more: Parameters<typeof orderOf>[0] | object = {}): PosOrder {
  const at = Date.parse(`${day}T09:00:00Z`)
  const version = 'version' in more && typeof more.version === 'number' ? more.version : 0
  const order = orderOf({ id, lines: [{ product: 'plan', category: 'plans', total: 10_000 }], ...more })
  const said = Date.parse('2026-11-01T00:00:00Z') + version * 1000
  return {
    ...order,
    occurred_at: at,
    business_date: day,
    version: { ...order.version, updated_at: said, timestamp: said },
  }
}

const giveBack = (of: string) =>
  orderOf({
    id: `${of}-back`,
    returns: of,
    phone: null,
    lines: [{ product: 'plan', category: 'plans', total: 10_000 }],
  })

/** When each plan starts and ends, in the sequence of their starts, as the local date at noon. */
async function plansOf(shop: Shop): Promise<string[]> {
  const rows = await db.query<{ from: string; to: string }>(
    `select to_char(started_at at time zone 'Asia/Riyadh', 'MM-DD HH24:MI') as from, to_char(ends_at at time zone 'Asia/Riyadh', 'MM-DD HH24:MI') as to
     from subscriptions where business_id = $1 and quantity > 0 order by started_at, bought_at`,
    [shop.businessId],
  )
  return rows.map(({ from, to }) => `${from.replace(' 12:00', '')} to ${to.replace(' 12:00', '')}`)
}

const FIRST = purchase('first', '2026-11-01')
const SECOND = purchase('second', '2026-11-29')

test('bought on 1 and 29 November: the second period is 1 December to 1 January, in both sequences of arrival', async () => {
  for (const orders of [
    [FIRST, SECOND],
    [SECOND, FIRST],
  ]) {
    const shop = await open()
    for (const order of orders) await shop.deliver(order)
    assert.deepEqual(await plansOf(shop), ['11-01 to 12-01', '12-01 to 01-01'])
    assert.deepEqual(await unitsOf(db, shop), [30, 0, 0], 'the second period has not begun')
    await assertProven(db, shop)
    await runJobsAt(db, shop, '2026-12-01T09:00:00Z')
    assert.deepEqual(await unitsOf(db, shop), [30, 0, 30])
    await runJobsAt(db, shop, '2027-01-01T08:59:59.999Z')
    assert.deepEqual(await unitsOf(db, shop), [30, 0, 30])
    await runJobsAt(db, shop, '2027-01-01T09:00:00Z')
    assert.deepEqual(await unitsOf(db, shop), [0, 0, 60])
    await assertProven(db, shop)
    const [period] = await db.query<{ why: { x?: number; from: string; to: string } }>(
      `select why from transfers where business_id = $1 and kind = 'grant' and occurred_at = '2026-12-01T09:00:00Z'`,
      [shop.businessId],
    )
    assert.deepEqual([period?.why.x, period?.why.from, period?.why.to], [1, '2026-12-01', '2027-01-01'])
  }
})

test('a plan with parallel renewal starts immediately', async () => {
  for (const orders of [
    [FIRST, SECOND],
    [SECOND, FIRST],
  ]) {
    const shop = await open({ renewal: 'parallel' })
    for (const order of orders) await shop.deliver(order)
    assert.deepEqual(await plansOf(shop), ['11-01 to 12-01', '11-29 to 12-29'])
    assert.deepEqual(await unitsOf(db, shop), [60, 0, 0])
    await assertProven(db, shop)
  }
})

test('after the return of one purchase the other is as if it had been alone', async () => {
  for (const orders of [
    [FIRST, SECOND],
    [SECOND, FIRST],
  ]) {
    for (const when of ['2026-11-29T12:00:00Z', '2026-12-10T12:00:00Z']) {
      const without = { first: ['11-29 to 12-29'], second: ['11-01 to 12-01'] }
      for (const [gone, left] of Object.entries(without)) {
        const shop = await open()
        for (const order of orders) await shop.deliver(order)
        await runJobsAt(db, shop, when)
        await shop.deliver(giveBack(gone))
        await runJobsAt(db, shop, when)
        assert.deepEqual(await plansOf(shop), left)
        const alone = await open(undefined, when)
        await alone.deliver(gone === 'first' ? SECOND : FIRST)
        await runJobsAt(db, alone, when)
        assert.deepEqual(await unitsOf(db, shop), await unitsOf(db, alone), `${gone} given back on ${when}`)
        await assertProven(db, shop)
      }
    }
  }
})

test('a third purchase waits for the second, and starts earlier when the second is void', async () => {
  const third = purchase('third', '2026-11-29', { version: 1 })
  for (const orders of [
    [FIRST, SECOND, third],
    [third, SECOND, FIRST],
    [SECOND, third, FIRST],
  ]) {
    const shop = await open()
    for (const order of orders) await shop.deliver(order)
    assert.deepEqual(await plansOf(shop), ['11-01 to 12-01', '12-01 to 01-01', '01-01 to 02-01'])
    await assertProven(db, shop)
    await shop.deliver(purchase('second', '2026-11-29', { version: 5, status: 'void' }))
    assert.deepEqual(await plansOf(shop), ['11-01 to 12-01', '12-01 to 01-01'])
    await assertProven(db, shop)
  }
})

test('with several periods and rollover, the plan of another purchase follows the last period', async () => {
  for (const orders of [
    [FIRST, SECOND],
    [SECOND, FIRST],
  ]) {
    const shop = await open({ periods: 3, rollover: 'next_period' })
    for (const order of orders) await shop.deliver(order)
    assert.deepEqual(await plansOf(shop), ['11-01 to 02-01', '02-01 to 05-01'])
    await runJobsAt(db, shop, '2027-02-01T09:00:00Z')
    // The 30 of January are valid for one more period; the second plan adds 30.
    assert.deepEqual(await unitsOf(db, shop), [60, 0, 60])
    await assertProven(db, shop)
  }
})

test('uses that were spent before an earlier purchase arrived stay spent', async () => {
  const shop = await open()
  await shop.deliver(SECOND)
  assert.equal(await adjustBy(db, shop, 'coffee', -5), 'adjusted')
  await shop.deliver(FIRST)
  assert.deepEqual(await unitsOf(db, shop), [25, 0, 0])
  await assertProven(db, shop)
  await shop.deliver(giveBack('second'))
  assert.deepEqual(await unitsOf(db, shop), [25, 0, 0])
  await assertProven(db, shop)
})

test('a plan started through the API also waits, and starts earlier when the one before it is ended manually', async () => {
  const shop = await open({ periods: 6 })
  await shop.deliver(FIRST)
  const [customer] = await db.query<{ id: Uuid }>('select id from customers where business_id = $1', [shop.businessId])
  const given = await locked(shop, (tx, lock, programs) =>
    subscribe(tx, lock, programs, { customerId: customer?.id ?? '', programId: shop.programs.coffee ?? '' }, shop),
  )
  assert(given.kind === 'subscribed')
  assert.equal(new Date(given.subscription.startedAt).toISOString(), '2027-05-01T09:00:00.000Z')
  assert.deepEqual(await plansOf(shop), ['11-01 to 05-01', '05-01 to 11-01'])
  assert.deepEqual(await unitsOf(db, shop), [30, 0, 0])
  await assertProven(db, shop)
  const [first] = await db.query<{ id: Uuid }>(
    'select id from subscriptions where business_id = $1 and order_id is not null',
    [shop.businessId],
  )
  const ended = await locked(shop, (tx, lock, programs) => endSubscription(tx, lock, programs, first?.id ?? '', shop))
  assert.equal(ended.kind, 'ended')
  // November was paid for and runs to its end; then the next plan starts.
  assert.deepEqual((await plansOf(shop)).at(0), '11-01 to 05-01')
  assert.deepEqual((await plansOf(shop)).at(1), '12-01 to 06-01')
  await assertProven(db, shop)
  await runJobsAt(db, shop, '2026-12-01T09:00:00Z')
  assert.deepEqual(await unitsOf(db, shop), [30, 0, 30])
  await assertProven(db, shop)
})

test('verification finds a plan with a wrong start, and one that no order bought', async () => {
  const shop = await open()
  await shop.deliver(FIRST)
  await shop.deliver(SECOND)
  const change = (what: string) =>
    db.query(`update subscriptions set ${what} where business_id = $1 and started_at > '2026-11-30'`, [shop.businessId])
  await change("started_at = started_at + interval '1 hour'")
  const [late] = await proveBusiness(db, shop.businessId)
  assert.match(late?.what ?? '', /^beginning of a plan of cus_/)
  await change("started_at = started_at - interval '1 hour'")
  assert.deepEqual(await proveBusiness(db, shop.businessId), [])
  await change('quantity = 2')
  const [many] = await proveBusiness(db, shop.businessId)
  assert.match(many?.what ?? '', /^plans bought for cus_/)
})

function locked<T>(
  shop: Shop,
  work: (tx: WriteTransaction, lock: BusinessLock, programs: BusinessPrograms) => Promise<T>,
): Promise<T> {
  return db.write('system:test', async (tx) => {
    const lock = await lockBusinesses(tx, [shop.businessId])
    return work(
      tx,
      lock,
      must((await loadPrograms(tx, lock.businesses, createProgramCache())).get(shop.businessId), 'the shop'),
    )
  })
}
