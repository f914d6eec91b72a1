// Traps C49-C56: known bugs of other systems with expiry, time zones and changed terms
// (docs/traps.md).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ManualClock } from '../../src/kernel/clock.ts'
import { endProgram, newVersion } from '../../src/programs/lifecycle.ts'
import { testApp } from '../support/app.ts'
import { adjustBy, assertProven, balancesOf } from '../support/ledger.ts'
import { orderOf } from '../support/orders.ts'
import { openShop, type Shop } from '../support/shop.ts'
import { openTill } from '../support/till.ts'
import { runJobsAt } from '../support/worker.ts'

const clock = new ManualClock('2023-01-01T12:00:00Z')
const app = await testApp(undefined, { clock })
const { db } = app.ctx

const spend = { id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }
const points = (options: object = {}) => ({ points: { type: 'points', rules: [spend], ...options } })
const afterDays = (days: number) => ({ expiry: { kind: 'after', days } })

/**
 * Stories begin on 10 January 2026 at noon in Riyadh; units earned then and valid for 10 days
 * expire at the end of 20 January there.
 */
const START = '2026-01-10T09:00:00Z'
const LAST_OF_TENTH_DAY = '2026-01-20T20:59:59.999Z'
const AFTER_TENTH_DAY = '2026-01-20T21:00:00Z'

const day = (n: number) => n * 24 * 60
const sale = (id: string, onDay: number, total: number, more: Partial<Parameters<typeof orderOf>[0]> = {}) =>
  orderOf({ id, at: day(onDay), lines: [{ total }], ...more })

const available = async (shop: Shop) => (await balancesOf(db, shop)).points ?? 0

test('C49: redeemed units of a lot are not deducted again when the lot expires', async () => {
  const shop = await openShop(db, { programs: points(afterDays(10)), now: START })
  await shop.deliver(sale('first', 0, 10_000))
  shop.clock.set('2026-01-15T09:00:00Z')
  assert.equal(await adjustBy(db, shop, 'points', -60), 'adjusted')
  await shop.deliver(sale('second', 5, 5_000))
  assert.equal(await available(shop), 90, '100 − 60 + 50')
  // when the first 100 expire, of which 40 are left
  await runJobsAt(db, shop, LAST_OF_TENTH_DAY)
  assert.equal(await available(shop), 90)
  await runJobsAt(db, shop, AFTER_TENTH_DAY)
  assert.equal(await available(shop), 50, 'the second 50 are untouched')
  await assertProven(db, shop)
})

test('C50: a customer sees every expiry date with its units', async () => {
  const till = await openTill(app)
  const programId = await till.addProgram({ type: 'points', rules: [spend], ...afterDays(10) })
  const onDay = (reference: number, date: string, price: number) => {
    const at = `${date} 12:00:00`
    return till.send({ reference, lines: [{ price }], businessDate: date, closedAt: at, updatedAt: at })
  }
  const { customer } = await onDay(1, '2023-01-01', 24)
  clock.set('2023-01-04T12:00:00Z')
  await onDay(2, '2023-01-04', 10)
  await onDay(3, '2023-01-04', 5)
  const { body } = await app.get(`/customers/${customer?.id}`, till.business.apiKey)
  const expiring = (id: string) =>
    body.balances.find((balance: { program_id: string }) => balance.program_id === id).expiring
  assert.deepEqual(expiring(programId), [
    { units: 24, expires_at: '2023-01-11T21:00:00.000Z' },
    { units: 15, expires_at: '2023-01-14T21:00:00.000Z' },
  ])
  assert.deepEqual(expiring(body.balances[0].program_id), [], 'the sample points never expire')
  await till.assertProven()
})

test('C51: units expire by their date, whatever their source', async () => {
  const programs = {
    ...points(afterDays(10)),
    cashback: {
      type: 'cashback',
      rules: [{ id: 'back', earn: { kind: 'percent', basis_points: 500 } }],
      ...afterDays(10),
    },
    stamps: {
      type: 'stamps',
      goal: 6,
      reward: { name: { en: 'A drink', ar: 'مشروب' } },
      rules: [{ id: 'any', earn: { kind: 'per_item', units: 1 } }],
      ...afterDays(10),
    },
  }
  const shop = await openShop(db, { programs, now: START })
  await shop.deliver(sale('plain', 0, 1000))
  await shop.deliver(sale('odd', 0, 1000, { at: 1, more: { order_type: 'other', channel: 'other' } }))
  assert.equal(await adjustBy(db, shop, 'points', 7), 'adjusted')
  assert.deepEqual(await balancesOf(db, shop), { points: 27, cashback: 100, stamps: 2 })
  await runJobsAt(db, shop, LAST_OF_TENTH_DAY)
  assert.deepEqual(await balancesOf(db, shop), { points: 27, cashback: 100, stamps: 2 })
  await runJobsAt(db, shop, AFTER_TENTH_DAY)
  assert.deepEqual(await balancesOf(db, shop), {})
  await assertProven(db, shop)
})

test('C52: units that expire first are redeemed first, even when earned last', async () => {
  const shop = await openShop(db, { programs: points(afterDays(30)), now: START })
  await shop.deliver(sale('long', 0, 3000))
  // given new terms, by which units are valid for 3 days
  shop.clock.set('2026-01-12T00:00:00Z')
  assert.equal((await changeTo(shop, afterDays(3).expiry)).kind, 'saved')
  await shop.deliver(sale('short', 2, 2000))
  // when 25 of the 50 are spent, they are the 20 of the short lot and 5 of the long one
  shop.clock.set('2026-01-13T00:00:00Z')
  assert.equal(await adjustBy(db, shop, 'points', -25), 'adjusted')
  await runJobsAt(db, shop, '2026-01-20T00:00:00Z')
  assert.equal(await available(shop), 25, 'the short lot had nothing left to expire')
  await runJobsAt(db, shop, '2026-02-10T00:00:00Z')
  assert.equal(await available(shop), 0)
  await assertProven(db, shop)
})

/** Changes the expiry of units earned from now on. */
function changeTo({ businessId, programs, clock: now }: Shop, expiry: object) {
  const definition = points({ expiry }).points
  return db.write('system:test', (tx) =>
    newVersion(tx, { businessId, programId: programs.points ?? '', definition }, { clock: now }),
  )
}

test('C53: an order is assessed at the local time of its branch when it was paid, however late it arrives', async () => {
  const evening = { hours: [{ from: '22:00', to: '23:59' }], dates: { to: '2026-01-10' } }
  const shop = await openShop(db, { programs: { points: { type: 'points', rules: [{ ...spend, when: evening }] } } })
  // 18:30 UTC on the last day is 21:30 in Riyadh, where the business is, and 22:30 in Dubai
  const late = { at: 9 * 60 + 30 }
  const inDubai = { branch: { id: 'dubai', name: 'Dubai Branch', timezone: 'Asia/Dubai' } }
  await runJobsAt(db, shop, '2026-03-01T00:00:00Z')
  await shop.deliver(sale('riyadh', 0, 1000, late))
  assert.equal(await available(shop), 0, 'the evening had not begun in Riyadh')
  await shop.deliver(sale('dubai', 0, 2000, { ...late, more: inDubai }))
  assert.equal(await available(shop), 20)
  // 23:30 in Dubai on the next day: the last day is over
  await shop.deliver(sale('too-late', 1, 4000, { at: day(1) + 10 * 60 + 30, more: inDubai }))
  assert.equal(await available(shop), 20)
  await assertProven(db, shop)
})

test('C54: a rule after its last day and an ended program earn nothing', async () => {
  const until = { ...spend, when: { dates: { to: '2026-01-12' } } }
  const seasonal = await openShop(db, { programs: { points: { type: 'points', rules: [until] } } })
  await seasonal.deliver(sale('last-day', 2, 1000))
  const late = await seasonal.deliver(sale('day-after', 3, 1000))
  assert.deepEqual([late.reason, late.movements], ['rules_not_met', []])
  assert.equal(await available(seasonal), 10)
  // given another program, which is ended on the second day, and orders of both days that arrive on
  // the tenth
  const shop = await openShop(db, { programs: points(), now: '2026-01-11T00:00:00Z' })
  const key = { businessId: shop.businessId, programId: shop.programs.points ?? '' }
  assert.equal((await db.write('system:test', (tx) => endProgram(tx, key, shop))).kind, 'ended')
  shop.clock.set('2026-01-20T00:00:00Z')
  const after = await shop.deliver(sale('after', 1, 1000))
  assert.deepEqual([after.reason, after.movements], ['no_active_program', []])
  await shop.deliver(sale('before', 0, 500))
  assert.equal(await available(shop), 5, 'it was paid in time')
  await assertProven(db, seasonal)
  await assertProven(db, shop)
})

test('C55: a change of terms does not change the expiry of units earned before', async () => {
  const shop = await openShop(db, { programs: points(afterDays(10)), now: START })
  await shop.deliver(sale('ten-days', 0, 1000))
  shop.clock.set('2026-01-11T00:00:00Z')
  await changeTo(shop, { kind: 'never' })
  await shop.deliver(sale('for-ever', 1, 200))
  shop.clock.set('2026-01-12T00:00:00Z')
  await changeTo(shop, afterDays(2).expiry)
  await shop.deliver(sale('two-days', 2, 400))
  // units of an order of the first day that arrives only now are valid for ten days too
  await shop.deliver(sale('late', 0, 3000, { at: 5 }))
  assert.equal(await available(shop), 10 + 2 + 4 + 30)
  await runJobsAt(db, shop, '2026-01-14T21:00:00Z')
  assert.equal(await available(shop), 42, 'the 4 were good until 14 January')
  await runJobsAt(db, shop, LAST_OF_TENTH_DAY)
  assert.equal(await available(shop), 42)
  await runJobsAt(db, shop, AFTER_TENTH_DAY)
  assert.equal(await available(shop), 2, 'what was promised for ever')
  await assertProven(db, shop)
})

test('C56: a return and its void do not renew the expiry of old units', async () => {
  const shop = await openShop(db, { programs: points(afterDays(10)), now: START })
  await shop.deliver(sale('s', 0, 2400))
  const back = (version: number, status: 'refunded' | 'void') =>
    orderOf({ id: 'back', at: day(5), version, returns: 's', status, phone: null, lines: [{ total: 2400 }] })
  await shop.deliver(back(0, 'refunded'))
  assert.equal(await available(shop), 0)
  // when the return is voided while the units are still valid, they keep their old date
  shop.clock.set('2026-01-16T00:00:00Z')
  await shop.deliver(back(1, 'void'))
  assert.equal(await available(shop), 24)
  await runJobsAt(db, shop, LAST_OF_TENTH_DAY)
  assert.equal(await available(shop), 24)
  await runJobsAt(db, shop, AFTER_TENTH_DAY)
  assert.equal(await available(shop), 0)
  // and after another return and void past that date, they have expired
  await shop.deliver(back(2, 'refunded'))
  const undone = await shop.deliver(back(3, 'void'))
  assert.deepEqual(
    undone.movements.map(({ units }) => units),
    [24, -24],
  )
  assert.equal(await available(shop), 0)
  await assertProven(db, shop)
})
