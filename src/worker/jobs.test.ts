import assert from 'node:assert/strict'
import { test } from 'node:test'
import pino from 'pino'
import { testDatabase } from '../../test/support/database.ts'
import { orderOf } from '../../test/support/orders.ts'
import { openShop, type Shop } from '../../test/support/shop.ts'
import { verifyBusiness } from '../orders/verify.ts'
import { createProgramCache } from '../programs/store.ts'
import type { JobDeps } from './deps.ts'
import { beginPeriods } from './periods.ts'
import { passTimeEverywhere } from './time.ts'

const { db } = await testDatabase()

/** Stories begin on Saturday, 10 January 2026, at noon in Riyadh. */
const DAY_MS = 24 * 3_600_000
const spend = { id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }
const program = (options: object) => ({ programs: { points: { type: 'points', rules: [spend], ...options } } })

const deps = (shop: Shop): JobDeps => ({ ...shop, db, programs: createProgramCache(), log: pino({ level: 'silent' }) })

/** Moves the clock, and lets the jobs of time run as often as they like. */
async function at(shop: Shop, instant: string) {
  shop.clock.set(instant)
  await Promise.all([passTimeEverywhere(deps(shop)), beginPeriods(deps(shop))])
  await passTimeEverywhere(deps(shop))
}

async function balance(shop: Shop) {
  const [row] = await db.query<{ available: number; pending: number; expired: number }>(
    'select available, pending, expired from accounts where business_id = $1',
    [shop.businessId],
  )
  return [row?.available, row?.pending, row?.expired]
}

async function assertProven(shop: Shop) {
  const differences = []
  for await (const difference of verifyBusiness(db, shop.businessId)) differences.push(difference)
  assert.deepEqual(differences, [])
}

const sale = (id: string, more: object = {}) => orderOf({ id, lines: [{ total: 2400 }], ...more })
const backOf = (id: string) => orderOf({ id: `${id}-back`, at: 90, returns: id, lines: [{ total: 2400 }] })

const EXPIRIES = [
  {
    name: 'after days, at the end of the day in Riyadh',
    expiry: { kind: 'after', days: 10 },
    last: '2026-01-20T20:59:59.999Z',
  },
  { name: 'after a month', expiry: { kind: 'after', months: 1 }, last: '2026-02-10T20:59:59.999Z' },
  {
    name: "after a month, at that month's end",
    expiry: { kind: 'after', months: 1, month_end: true },
    last: '2026-02-28T20:59:59.999Z',
  },
  { name: 'on a date', expiry: { kind: 'fixed', date: '2026-03-31' }, last: '2026-03-31T20:59:59.999Z' },
  { name: 'after the last order', expiry: { kind: 'sliding', days: 30 }, last: '2026-02-09T20:59:59.999Z' },
]

for (const { name, expiry, last } of EXPIRIES) {
  test(`units expire ${name}, not a moment before, and once`, async () => {
    const shop = await openShop(db, { ...program({ expiry }), now: '2026-01-10T12:00:00Z' })
    await shop.deliver(sale('e-1'))
    await at(shop, last)
    assert.deepEqual(await balance(shop), [24, 0, 0])
    await at(shop, new Date(Date.parse(last) + 1).toISOString())
    assert.deepEqual(await balance(shop), [0, 0, 24])
    assert.equal(await passTimeEverywhere(deps(shop)), 0, 'a second run finds nothing')
    await assertProven(shop)
  })
}

test('units that never expire stay', async () => {
  const shop = await openShop(db, { ...program({}), now: '2026-01-10T12:00:00Z' })
  await shop.deliver(sale('n-1'))
  await at(shop, '2099-01-01T00:00:00Z')
  assert.deepEqual(await balance(shop), [24, 0, 0])
})

test('a later order saves what slides with it, and what has expired stays expired', async () => {
  const shop = await openShop(db, {
    ...program({ expiry: { kind: 'sliding', days: 30 } }),
    now: '2026-01-10T12:00:00Z',
  })
  await shop.deliver(sale('s-1'))
  const later = 20 * 24 * 60 // 30 January: both are good until 1 March now
  shop.clock.set('2026-01-30T12:00:00Z')
  await shop.deliver(sale('s-2', { at: later }))
  await at(shop, '2026-02-28T12:00:00Z')
  assert.deepEqual(await balance(shop), [48, 0, 0])
  await at(shop, '2026-03-02T00:00:00Z')
  assert.deepEqual(await balance(shop), [0, 0, 48])
  await shop.deliver(sale('s-3', { at: later + 40 * 24 * 60 }))
  assert.deepEqual(await balance(shop), [24, 0, 48])
  await assertProven(shop)
})

test('pending units become available when their days are over; a return before that takes the pending ones', async () => {
  const shop = await openShop(db, { ...program({ pending_days: 7 }), now: '2026-01-10T12:00:00Z' })
  await shop.deliver(sale('p-1'))
  await shop.deliver(sale('p-2', { at: 5 }))
  assert.deepEqual(await balance(shop), [0, 48, 0])
  await shop.deliver(backOf('p-1'))
  assert.deepEqual(await balance(shop), [0, 24, 0])
  await at(shop, '2026-01-16T20:59:59.999Z')
  assert.deepEqual(await balance(shop), [0, 24, 0])
  await at(shop, '2026-01-16T21:00:00Z') // the 17th begins in Riyadh
  assert.deepEqual(await balance(shop), [24, 0, 0])
  await assertProven(shop)
})

test('a return after expiry takes nothing twice: to expire and to return comes to the same as to return', async () => {
  const shop = await openShop(db, { ...program({ expiry: { kind: 'after', days: 10 } }), now: '2026-01-10T12:00:00Z' })
  await shop.deliver(sale('r-1'))
  await at(shop, '2026-02-01T00:00:00Z')
  await shop.deliver(sale('r-2', { at: 22 * 24 * 60 }))
  assert.deepEqual(await balance(shop), [24, 0, 24])
  await shop.deliver(backOf('r-1'))
  assert.deepEqual(await balance(shop), [24, 0, 0], 'the 24 of the other order are untouched')
  await assertProven(shop)
})

test('stamps that become available fill a card', async () => {
  const stamps = {
    type: 'stamps',
    goal: 2,
    reward: { name: { en: 'Free', ar: 'مجاني' } },
    rules: [{ id: 'item', earn: { kind: 'per_item', units: 1 } }],
    pending_days: 1,
  }
  const shop = await openShop(db, { programs: { stamps }, now: '2026-01-10T12:00:00Z' })
  await shop.deliver(sale('c-1', { lines: [{ pieces: 3, total: 3000 }] }))
  assert.deepEqual(await balance(shop), [0, 3, 0])
  await at(shop, '2026-01-11T12:00:00Z')
  assert.deepEqual(await balance(shop), [1, 0, 0])
  const cards = await db.query('select number, status from stamp_cards where business_id = $1', [shop.businessId])
  assert.deepEqual(cards, [{ number: 1, status: 'won' }])
  await assertProven(shop)
})

const plan = (options: object = {}) => ({
  programs: {
    coffee: {
      type: 'subscription',
      plan: {
        products_bought: ['plan'],
        period: { unit: 'month', count: 1 },
        periods: 4,
        uses_per_period: 10,
        ...options,
      },
    },
  },
})
const purchase = orderOf({
  id: 'plan-1',
  lines: [{ product: 'plan', total: 19900 }],
  more: {
    occurred_at: Date.parse('2026-01-31T09:00:00Z'),
    business_date: '2026-01-31',
    version: { updated_at: Date.parse('2026-01-31T09:00:00Z'), timestamp: Date.parse('2026-01-31T09:00:00Z'), rank: 1 },
  },
})

test('a plan bought on 31 January begins anew on 28 February, 31 March and 30 April, and unused uses end with their month', async () => {
  const shop = await openShop(db, { ...plan(), now: '2026-01-31T09:00:05Z' })
  const bought = await shop.deliver(purchase)
  assert.deepEqual(
    bought.movements.map((movement) => movement.units),
    [10],
  )
  const expected: [string, number, number][] = [
    ['2026-02-28T08:59:59Z', 10, 0],
    ['2026-02-28T09:00:00Z', 10, 10],
    ['2026-03-31T09:00:00Z', 10, 20],
    ['2026-04-30T09:00:00Z', 10, 30],
    ['2026-05-31T09:00:00Z', 0, 40],
    ['2027-01-01T00:00:00Z', 0, 40],
  ]
  for (const [instant, available, expired] of expected) {
    await at(shop, instant)
    assert.deepEqual(await balance(shop), [available, 0, expired], instant)
  }
  await assertProven(shop)
})

test('with rollover unused uses are good for one more period', async () => {
  const shop = await openShop(db, { ...plan({ rollover: 'next_period' }), now: '2026-01-31T09:00:05Z' })
  await shop.deliver(purchase)
  await at(shop, '2026-02-28T09:00:00Z')
  assert.deepEqual(await balance(shop), [20, 0, 0])
  await at(shop, '2026-03-31T09:00:00Z')
  assert.deepEqual(await balance(shop), [20, 0, 10])
  await assertProven(shop)
})

test('giving the purchase back ends the plan: what is left goes, and no period follows', async () => {
  const shop = await openShop(db, { ...plan(), now: '2026-01-31T09:00:05Z' })
  await shop.deliver(purchase)
  await at(shop, '2026-02-28T09:00:00Z')
  const back = await shop.deliver(
    orderOf({
      id: 'plan-back',
      returns: 'plan-1',
      lines: [{ product: 'plan', total: 19900 }],
      more: { occurred_at: shop.clock.now() },
    }),
  )
  assert.equal(back.balances[0]?.available, 0)
  assert.deepEqual(await balance(shop), [0, 0, 0], 'what had expired of it is taken back as well')
  await at(shop, '2026-06-01T00:00:00Z')
  assert.deepEqual(await balance(shop), [0, 0, 0])
  await assertProven(shop)
})

test('a job that dies after its first batch is finished by the next run', async () => {
  const shop = await openShop(db, { ...program({ expiry: { kind: 'after', days: 1 } }), now: '2026-01-10T12:00:00Z' })
  const customers = Array.from({ length: 250 }, (_, n) => `+9665000${String(n).padStart(5, '0')}`)
  await Promise.all(customers.map((phone, n) => shop.deliver(sale(`d-${n}`, { phone }))))
  shop.clock.advance(3 * DAY_MS)
  let transactions = 0
  const dying: JobDeps = {
    ...deps(shop),
    db: {
      ...db,
      transaction: (work) => {
        if (transactions++ === 1) throw new Error('the process dies here')
        return db.transaction(work)
      },
    },
  }
  await assert.rejects(passTimeEverywhere(dying), /dies here/)
  const expired = async () => {
    const [row] = await db.query<{ n: number }>(
      `select count(*)::int as n from transfers where business_id = $1 and kind = 'expire'`,
      [shop.businessId],
    )
    return row?.n
  }
  assert.equal(await expired(), 200)
  assert.equal(await passTimeEverywhere(deps(shop)), 50)
  assert.equal(await expired(), 250)
  await assertProven(shop)
})

test('two processes that run the same tick at once expire everything once', async () => {
  const shop = await openShop(db, { ...program({ expiry: { kind: 'after', days: 1 } }), now: '2026-01-10T12:00:00Z' })
  await Promise.all(
    Array.from({ length: 40 }, (_, n) => shop.deliver(sale(`w-${n}`, { at: n, phone: `+96650000020${n % 10}` }))),
  )
  shop.clock.advance(3 * DAY_MS)
  await Promise.all([
    passTimeEverywhere(deps(shop)),
    passTimeEverywhere(deps(shop)),
    shop.deliver(sale('w-last', { at: 80 })),
  ])
  const [row] = await db.query<{ expired: number }>(
    'select sum(expired)::bigint as expired from accounts where business_id = $1',
    [shop.businessId],
  )
  assert.equal(row?.expired, 41 * 24, 'the last order was old when it came')
  await assertProven(shop)
})
