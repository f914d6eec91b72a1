// Sliding expiry depends on the times of the orders, not on the order of arrival or on when the job
// ran.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PosOrder } from '../../contract/pos-order.ts'
import { proveBusiness } from '../../src/audit/verify.ts'
import { type BusinessLock, lockBusinesses } from '../../src/db/business-lock.ts'
import type { WriteTransaction } from '../../src/db/database.ts'
import { must } from '../../src/kernel/assert.ts'
import type { Uuid } from '../../src/kernel/ids.ts'
import { endProgram, newVersion } from '../../src/programs/lifecycle.ts'
import { type BusinessPrograms, createProgramCache, loadPrograms } from '../../src/programs/store.ts'
import { cancelClaim } from '../../src/rewards/claims/end-claim.ts'
import { makeClaim } from '../../src/rewards/claims/make-claim.ts'
import { testDatabase } from '../support/database.ts'
import { adjustBy, assertProven, balancesOf } from '../support/ledger.ts'
import { orderOf } from '../support/orders.ts'
import { openShop, type Shop } from '../support/shop.ts'
import { runJobsAt } from '../support/worker.ts'

const { db } = await testDatabase()

const DAY = 24 * 3_600_000
const NOW = '2026-06-30T12:00:00Z'
/** The time of the snapshot: a later snapshot is newer, whatever time it corrects. */
const SAID = Date.parse(NOW) - DAY
const spend = { id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }
const sliding = (days: number, more: object = {}) => ({
  type: 'points',
  rules: [spend],
  expiry: { kind: 'sliding', days },
  ...more,
})

/** A sale of this amount, this many days ago. */
function sale(id: string, ago: number, amount: number, more: Parameters<typeof orderOf>[0] | object = {}): PosOrder {
  const at = Date.parse(NOW) - ago * DAY
  const version = 'version' in more && typeof more.version === 'number' ? more.version : 0
  const order = orderOf({ id, lines: [{ total: amount * 100 }], ...more })
  return {
    ...order,
    occurred_at: at,
    business_date: new Date(at + 3 * 3_600_000).toISOString().slice(0, 10),
    version: { ...order.version, updated_at: SAID + version * 1000, timestamp: SAID + version * 1000 },
  }
}

const open = (programs: Record<string, object> = { points: sliding(10) }, now = NOW) => openShop(db, { programs, now })
const points = async (shop: Shop) => (await balancesOf(db, shop)).points ?? 0

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]]
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]))
}

const lotsOf = async (shop: Shop) =>
  db.query(
    `select granted, remaining, expired, occurred_at, expires_at from lots where business_id = $1 and granted > 0 order by occurred_at`,
    [shop.businessId],
  )

const THREE = [sale('20', 20, 10), sale('12', 12, 11), sale('5', 5, 12)]

test('sales 20, 12 and 5 days ago with a window of 10 days: 33 in all six orders of arrival', async () => {
  const ends = []
  for (const orders of permutations(THREE)) {
    const shop = await open()
    for (const order of orders) {
      await shop.deliver(order)
      // The job runs between any two arrivals.
      await runJobsAt(db, shop, NOW)
    }
    assert.equal(await points(shop), 33, orders.map((order) => order.pos_order_id).join(', '))
    await assertProven(db, shop)
    ends.push(await lotsOf(shop))
  }
  for (const end of ends) assert.deepEqual(end, ends[0], 'the lots are the same, their expiry included')
})

test('sales in order, with the job every day: 33, which expire with the last order', async () => {
  const shop = await open(undefined, '2026-06-10T12:00:00Z')
  for (const [order, ago] of [
    [THREE[0], 20],
    [THREE[1], 12],
    [THREE[2], 5],
  ] as const) {
    await runJobsAt(db, shop, new Date(Date.parse(NOW) - ago * DAY).toISOString())
    if (order) await shop.deliver(order)
  }
  await runJobsAt(db, shop, NOW)
  assert.equal(await points(shop), 33)
  // The last order was on 25 June; its tenth day is 5 July, until its end in Riyadh.
  await runJobsAt(db, shop, '2026-07-05T20:59:59.999Z')
  assert.equal(await points(shop), 33)
  await runJobsAt(db, shop, '2026-07-05T21:00:00Z')
  assert.equal(await points(shop), 0)
  await assertProven(db, shop)
})

test('sales 15 and 4 days ago: 11, because the first expired in between, in both orders of arrival', async () => {
  for (const orders of permutations([sale('15', 15, 10), sale('4', 4, 11)])) {
    const shop = await open()
    for (const order of orders) await shop.deliver(order)
    assert.equal(await points(shop), 11)
    await assertProven(db, shop)
  }
})

test('voiding the middle sale breaks the chain, and paying it again restores it', async () => {
  for (const orders of permutations(THREE)) {
    const shop = await open()
    for (const order of orders) await shop.deliver(order)
    await shop.deliver(sale('12', 12, 11, { status: 'void', version: 1 }))
    assert.equal(await points(shop), 12)
    await assertProven(db, shop)
    const answer = await shop.deliver(sale('12', 12, 11, { version: 2 }))
    assert.equal(await points(shop), 33)
    const why = answer.movements.find((movement) => movement.units === 10)?.why
    assert.equal(why?.en, 'An order extended the expiry to the end of 5 July 2026: 10 points restored')
    assert.equal(why?.ar, 'مدّد طلبٌ الصلاحية إلى نهاية يوم 5 يوليو 2026: إعادة 10 نقاط إلى الرصيد')
    await assertProven(db, shop)
  }
})

test('a full return of the middle sale breaks the chain like a void; a partial return does not', async () => {
  const shop = await open()
  for (const order of THREE) await shop.deliver(order)
  const back = (id: string, amount: number) =>
    sale(id, 3, amount, { id, returns: '12', phone: null, lines: [{ total: amount * 100, pieces: 1 }] })
  const part = { ...back('12-p', 1), lines: [], total_incl_tax: 100 }
  await shop.deliver(part)
  assert.equal(await points(shop), 32)
  await shop.deliver(back('12-r', 11))
  assert.equal(await points(shop), 12)
  await assertProven(db, shop)
})

test('units that were redeemed meanwhile stay redeemed', async () => {
  const shop = await open()
  await shop.deliver(sale('5', 5, 12))
  await shop.deliver(sale('20', 20, 10))
  assert.equal(await points(shop), 12, 'the 10 have expired, as far as is known')
  assert.equal(await adjustBy(db, shop, 'points', -12), 'adjusted')
  await shop.deliver(sale('12', 12, 11))
  assert.equal(await points(shop), 21)
  await shop.deliver(sale('12', 12, 11, { status: 'void', version: 1 }))
  assert.equal(await points(shop), 0)
  await assertProven(db, shop)
})

test('a sale that is corrected to another customer or time moves its extension too', async () => {
  const shop = await open()
  for (const order of THREE) await shop.deliver(order)
  await shop.deliver(sale('12', 12, 11, { phone: '+966500000002', version: 1 }))
  assert.equal(await points(shop), 12)
  await shop.deliver(sale('12', 12, 11, { version: 2 }))
  assert.equal(await points(shop), 33)
  // The POS corrects the time: 8 days ago is 12 days after the first sale.
  const moved = sale('12', 8, 11, { version: 3 })
  await shop.deliver(moved)
  assert.equal(await points(shop), 23)
  await assertProven(db, shop)
  const fresh = await open()
  for (const order of [moved, sale('20', 20, 10), sale('5', 5, 12)]) await fresh.deliver(order)
  assert.deepEqual(await lotsOf(shop), await lotsOf(fresh), 'the lots are as if the sale had never had another time')
  // Corrected to long ago, its units have expired, and it extends nothing.
  await shop.deliver(sale('12', 40, 11, { version: 4 }))
  assert.equal(await points(shop), 12)
  await assertProven(db, shop)
})

test('each version has its own window, and the same orders extend both', async () => {
  for (const orders of permutations([sale('26', 26, 10), sale('20', 20, 11), sale('4', 4, 12)])) {
    const shop = await open({ points: sliding(15) })
    const input = { businessId: shop.businessId, programId: shop.programs.points ?? '', definition: sliding(20) }
    const effectiveFrom = Date.parse(NOW) - 23 * DAY
    const made = await db.write('system:test', (tx) =>
      newVersion(tx, { ...input, effectiveFrom }, { clock: shop.clock }),
    )
    assert.equal(made.kind, 'saved')
    for (const order of orders) await shop.deliver(order)
    // 16 days between the second and the third: too long for the 15 of the first sale, not for the
    // 20 of the second.
    assert.equal(await points(shop), 23)
    await assertProven(db, shop)
  }
})

test('an order that earns nothing extends the expiry too, even in an ended program', async () => {
  const shop = await open({ points: sliding(10, { rules: [{ ...spend, when: { minimum_amount: 500 } }] }) })
  await shop.deliver(sale('20', 20, 10))
  await shop.deliver(sale('12', 12, 1))
  const input = { businessId: shop.businessId, programId: shop.programs.points ?? '' }
  const ended = await db.write('system:test', (tx) =>
    endProgram(tx, { ...input, at: Date.parse(NOW) - 7 * DAY }, { clock: shop.clock }),
  )
  assert.equal(ended.kind, 'ended')
  assert.equal(await points(shop), 0)
  await shop.deliver(sale('5', 5, 12))
  assert.equal(
    await points(shop),
    10,
    'the order of five days ago earned nothing, and the 10 are good for five more days',
  )
  await assertProven(db, shop)
})

test('the expiry of cashback and of pending units slides too', async () => {
  for (const orders of permutations(THREE)) {
    const rules = [{ id: 'back', earn: { kind: 'percent', basis_points: 10_000 } }]
    const shop = await open({
      points: { type: 'cashback', rules, expiry: { kind: 'sliding', days: 10 }, pending_days: 6 },
    })
    for (const order of orders) await shop.deliver(order)
    assert.equal(await points(shop), 2100, 'the last 12.00 are pending until tomorrow')
    await runJobsAt(db, shop, '2026-06-30T21:00:00Z')
    assert.equal(await points(shop), 3300)
    await assertProven(db, shop)
  }
})

test('later orders extend manual adjustments', async () => {
  const shop = await open(undefined, '2026-06-10T12:00:00Z')
  await shop.deliver(sale('20', 20, 10))
  assert.equal(await adjustBy(db, shop, 'points', 7), 'adjusted')
  shop.clock.set(NOW)
  await shop.deliver(sale('5', 5, 12))
  assert.equal(await points(shop), 12, 'both had expired')
  await shop.deliver(sale('12', 12, 11))
  assert.equal(await points(shop), 40)
  await assertProven(db, shop)
})

test('restored units of a claim have the expiry that orders gave them meanwhile', async () => {
  const rules = [{ id: 'back', earn: { kind: 'percent', basis_points: 10_000 } }]
  const shop = await open(
    { points: { type: 'cashback', rules, expiry: { kind: 'sliding', days: 10 } } },
    '2026-06-10T12:00:00Z',
  )
  await shop.deliver(sale('20', 20, 10))
  const locked = <T>(work: (tx: WriteTransaction, lock: BusinessLock, programs: BusinessPrograms) => Promise<T>) =>
    db.write('system:test', async (tx) => {
      const lock = await lockBusinesses(tx, [shop.businessId])
      return work(
        tx,
        lock,
        must((await loadPrograms(tx, lock.businesses, createProgramCache())).get(shop.businessId), 'the shop'),
      )
    })
  const [customer] = await db.query<{ id: Uuid }>('select id from customers where business_id = $1', [shop.businessId])
  const pick = { programId: shop.programs.points ?? '', amount: 1000 }
  const made = await locked((tx, lock, programs) =>
    makeClaim(tx, lock, programs, { customerId: customer?.id ?? '', pick }, shop),
  )
  assert(made.kind === 'claimed')
  assert.equal(await points(shop), 0)
  shop.clock.set('2026-06-18T12:00:00Z')
  await shop.deliver(sale('12', 12, 11))
  shop.clock.set('2026-06-25T12:00:00Z')
  await locked((tx, lock, programs) =>
    cancelClaim(tx, lock, programs, made.claim.id, { now: shop.clock.now(), ids: shop.ids }),
  )
  assert.equal(await points(shop), 2100, 'the 10.00 are good until 28 June, as the order of 18 June says')
  await assertProven(db, shop)
})

test('verify finds a lot with a wrong expiry, and one that expired too soon', async () => {
  const shop = await open()
  for (const order of THREE) await shop.deliver(order)
  const shift = (lot: string, change: string) =>
    db.query(
      `update lots l set ${change} from orders o where l.business_id = $1 and o.business_id = $1 and o.id = l.id and o.pos_order_id = $2`,
      [shop.businessId, lot],
    )
  await shift('12', "expires_at = expires_at + interval '1 day'")
  const [wrong] = await proveBusiness(db, shop.businessId)
  assert.deepEqual([wrong?.what, (wrong?.stored ?? 0) - (wrong?.derived ?? 0)], ['lot.expires_at', DAY])
  await shift('12', "expires_at = expires_at - interval '1 day'")
  assert.deepEqual(await proveBusiness(db, shop.businessId), [])
  // A sale that is not in the ledger.
  await db.query(`update orders set status = 'void' where business_id = $1 and pos_order_id = '12'`, [shop.businessId])
  const missed = await proveBusiness(db, shop.businessId)
  assert.deepEqual(
    missed.filter(({ what }) => what === 'lot.expires_at').length,
    1,
    'the first has expired without it; the last has not',
  )
})
