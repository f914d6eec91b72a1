// The effects of time on balances: every kind of expiry, release, cards, and a job that is killed,
// fails for one account, is stopped or runs twice.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { testDatabase } from '../../test/support/database.ts'
import { assertProven } from '../../test/support/ledger.ts'
import { orderOf } from '../../test/support/orders.ts'
import { openShop, type Shop } from '../../test/support/shop.ts'
import { jobDeps, runJobsAt, unitsOf } from '../../test/support/worker.ts'
import { createDatabase } from '../db/database.ts'
import { DatabaseUnavailable } from '../db/errors.ts'
import { releaseAndExpireAll } from './release-and-expire.ts'

const { db, url } = await testDatabase()

/**
 * Stories begin on Saturday, 10 January 2026, at noon in Riyadh, with a sale of 24.00 that earns 24
 * points.
 */
const START = '2026-01-10T12:00:00Z'
const DAY_MINUTES = 24 * 60
const DAY_MS = DAY_MINUTES * 60_000
const spend = { id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }
const points = (options: object) => ({
  programs: { points: { type: 'points', rules: [spend], ...options } },
  now: START,
})
const sale = (id: string, more: object = {}) => orderOf({ id, lines: [{ total: 2400 }], ...more })
const backOf = (id: string, at = 90) => orderOf({ id: `${id}-back`, at, returns: id, lines: [{ total: 2400 }] })

const EXPIRIES = [
  // Ten days after the 10th is the 20th, and a day in Riyadh ends at 21:00 UTC.
  { name: 'after days', expiry: { kind: 'after', days: 10 }, last: '2026-01-20T20:59:59.999Z' },
  { name: 'after a month', expiry: { kind: 'after', months: 1 }, last: '2026-02-10T20:59:59.999Z' },
  { name: "at a month's end", expiry: { kind: 'after', months: 1, month_end: true }, last: '2026-02-28T20:59:59.999Z' },
  { name: 'on a date', expiry: { kind: 'fixed', date: '2026-03-31' }, last: '2026-03-31T20:59:59.999Z' },
  { name: 'after the last order', expiry: { kind: 'sliding', days: 30 }, last: '2026-02-09T20:59:59.999Z' },
]

for (const { name, expiry, last } of EXPIRIES) {
  test(`units expire ${name}: not earlier, and once`, async () => {
    const shop = await openShop(db, points({ expiry }))
    await shop.deliver(sale('e-1'))
    await runJobsAt(db, shop, last)
    assert.deepEqual(await unitsOf(db, shop), [24, 0, 0])
    await runJobsAt(db, shop, new Date(Date.parse(last) + 1).toISOString())
    assert.deepEqual(await unitsOf(db, shop), [0, 0, 24])
    assert.deepEqual(await releaseAndExpireAll(jobDeps(db, shop)), { done: 0, failed: 0 }, 'a second run finds nothing')
    await assertProven(db, shop)
  })
}

test('units without expiry stay', async () => {
  const shop = await openShop(db, points({}))
  await shop.deliver(sale('n-1'))
  await runJobsAt(db, shop, '2099-01-01T00:00:00Z')
  assert.deepEqual(await unitsOf(db, shop), [24, 0, 0])
})

test('a later order extends units with sliding expiry, and expired units stay expired', async () => {
  const shop = await openShop(db, points({ expiry: { kind: 'sliding', days: 30 } }))
  await shop.deliver(sale('s-1'))
  // On the 30th, ten days before the expiry: now both are valid until the end of 1 March.
  shop.clock.set('2026-01-30T12:00:00Z')
  await shop.deliver(sale('s-2', { at: 20 * DAY_MINUTES }))
  await runJobsAt(db, shop, '2026-03-01T20:59:59.999Z')
  assert.deepEqual(await unitsOf(db, shop), [48, 0, 0])
  await runJobsAt(db, shop, '2026-03-01T21:00:00Z')
  assert.deepEqual(await unitsOf(db, shop), [0, 0, 48])
  await shop.deliver(sale('s-3', { at: 60 * DAY_MINUTES }))
  assert.deepEqual(await unitsOf(db, shop), [24, 0, 48])
  await assertProven(db, shop)
})

test('pending units become available at their time; an earlier return takes the pending units', async () => {
  const shop = await openShop(db, points({ pending_days: 7 }))
  await shop.deliver(sale('p-1'))
  await shop.deliver(sale('p-2', { at: 5 }))
  assert.deepEqual(await unitsOf(db, shop), [0, 48, 0])
  await shop.deliver(backOf('p-1'))
  assert.deepEqual(await unitsOf(db, shop), [0, 24, 0])
  await runJobsAt(db, shop, '2026-01-16T20:59:59.999Z')
  assert.deepEqual(await unitsOf(db, shop), [0, 24, 0])
  await runJobsAt(db, shop, '2026-01-16T21:00:00Z') // the 17th begins in Riyadh
  assert.deepEqual(await unitsOf(db, shop), [24, 0, 0])
  await assertProven(db, shop)
})

test('after a long pause, one run both releases and expires units that became due in it', async () => {
  const shop = await openShop(db, points({ pending_days: 7, expiry: { kind: 'after', days: 10 } }))
  await shop.deliver(sale('l-1'))
  await runJobsAt(db, shop, '2026-03-01T12:00:00Z')
  assert.deepEqual(await unitsOf(db, shop), [0, 0, 24])
  await assertProven(db, shop)
})

test('a return after expiry takes no units twice: the result is the same as without expiry', async () => {
  const shop = await openShop(db, points({ expiry: { kind: 'after', days: 10 } }))
  await shop.deliver(sale('r-1'))
  await runJobsAt(db, shop, '2026-02-01T00:00:00Z')
  await shop.deliver(sale('r-2', { at: 22 * DAY_MINUTES }))
  assert.deepEqual(await unitsOf(db, shop), [24, 0, 24])
  await shop.deliver(backOf('r-1'))
  assert.deepEqual(await unitsOf(db, shop), [24, 0, 0], 'the 24 of the other order are untouched')
  await assertProven(db, shop)
})

const stamps = (options: object, validDays?: number) => ({
  programs: {
    stamps: {
      type: 'stamps',
      goal: 2,
      reward: { name: { en: 'Free', ar: 'مجاني' }, ...(validDays !== undefined && { valid_days: validDays }) },
      rules: [{ id: 'item', earn: { kind: 'per_item', units: 1 } }],
      ...options,
    },
  },
  now: START,
})

const cardsOf = (shop: Shop) =>
  db.query<object>(
    'select number, status, expires_at as "expiresAt" from awards where business_id = $1 order by number',
    [shop.businessId],
  )

test('stamps that become available fill a card', async () => {
  const shop = await openShop(db, stamps({ pending_days: 1 }))
  await shop.deliver(sale('c-1', { lines: [{ pieces: 3, total: 3000 }] }))
  assert.deepEqual(await unitsOf(db, shop), [0, 3, 0])
  await runJobsAt(db, shop, '2026-01-11T12:00:00Z')
  assert.deepEqual(await unitsOf(db, shop), [1, 0, 0])
  assert.deepEqual(await cardsOf(shop), [{ number: 1, status: 'won', expiresAt: null }])
  await assertProven(db, shop)
})

test('when leftover stamps expire, a card completed with stamps of the same day stays completed', async () => {
  const shop = await openShop(db, stamps({ expiry: { kind: 'after', days: 10 } }))
  await shop.deliver(sale('k-1', { lines: [{ pieces: 3, total: 3000 }] }))
  await runJobsAt(db, shop, '2026-01-20T21:00:00Z')
  assert.deepEqual(await unitsOf(db, shop), [0, 0, 1], 'only the third stamp, which is not on the card, expires')
  assert.deepEqual(await cardsOf(shop), [{ number: 1, status: 'won', expiresAt: null }])
  const [moved] = await db.query<{ n: number }>(
    `select count(*)::int as n from transfers where business_id = $1 and kind = 'restore'`,
    [shop.businessId],
  )
  assert.equal(moved?.n, 0, 'no transfer of the card is written')
  await assertProven(db, shop)
})

test('an expired card does not change: neither the job nor a later stamp extends it', async () => {
  const shop = await openShop(db, stamps({ expiry: { kind: 'after', days: 10 } }, 5))
  await shop.deliver(sale('w-1', { lines: [{ pieces: 3, total: 3000 }] }))
  // Completed on the 10th, valid until the end of the 15th.
  const won = [{ number: 1, status: 'won', expiresAt: Date.parse('2026-01-15T21:00:00Z') }]
  assert.deepEqual(await cardsOf(shop), won)
  await runJobsAt(db, shop, '2026-01-25T12:00:00Z')
  assert.deepEqual(await cardsOf(shop), won)
  await shop.deliver(sale('w-2', { at: 15 * DAY_MINUTES, lines: [{ pieces: 1, total: 1000 }] }))
  assert.deepEqual(await cardsOf(shop), won)
  assert.deepEqual(await unitsOf(db, shop), [1, 0, 1])
  await assertProven(db, shop)
})

/** A shop whose customers each have two lots that expired: twice as many lots as accounts. */
async function shopWithExpired(customers: number): Promise<Shop> {
  const shop = await openShop(db, points({ expiry: { kind: 'after', days: 1 } }))
  const phones = Array.from({ length: customers }, (_, n) => `+9665000${String(n).padStart(5, '0')}`)
  await Promise.all(
    phones.flatMap((phone, n) => [
      shop.deliver(sale(`x-${n}`, { phone })),
      shop.deliver(sale(`y-${n}`, { phone, at: 5 })),
    ]),
  )
  shop.clock.advance(3 * DAY_MS)
  return shop
}

async function expiredUnits(shop: Shop): Promise<number> {
  const [row] = await db.query<{ units: number }>(
    `select coalesce(sum(units), 0)::bigint as units from transfers where business_id = $1 and kind = 'expire'`,
    [shop.businessId],
  )
  return row?.units ?? 0
}

test('one run processes everything that is due, in several batches', async () => {
  const shop = await shopWithExpired(250)
  assert.deepEqual(await releaseAndExpireAll(jobDeps(db, shop)), { done: 250, failed: 0 })
  assert.equal(await expiredUnits(shop), 250 * 48)
  await assertProven(db, shop)
})

test('a job that is killed in its second batch keeps the first, and the next run does the rest', async () => {
  const shop = await shopWithExpired(250)
  const doomed = createDatabase({ url, applicationName: 'loyapro_doomed' })
  const [last] = await db.query<{ id: string }>(
    'select customer_id as id from accounts where business_id = $1 order by customer_id desc limit 1',
    [shop.businessId],
  )
  await db.transaction(async (tx) => {
    // Batches are sorted by customer. The second one, of 50, waits for the lock on this customer,
    // and its connection is terminated.
    await tx.query('select from accounts where business_id = $1 and customer_id = $2 for update', [
      shop.businessId,
      last?.id,
    ])
    const run = assert.rejects(releaseAndExpireAll(jobDeps(doomed, shop)), DatabaseUnavailable)
    const cut = `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'loyapro_doomed' and wait_event_type = 'Lock'`
    while ((await db.query(cut)).length === 0) await delay(10)
    await run
  })
  await doomed.close()
  assert.equal(await expiredUnits(shop), 200 * 48, 'only the first batch of 200 is committed')
  assert.deepEqual(await releaseAndExpireAll(jobDeps(db, shop)), { done: 50, failed: 0 })
  assert.equal(await expiredUnits(shop), 250 * 48)
  await assertProven(db, shop)
})

test('a run that is stopped ends after the current batch, and the next one continues', async () => {
  const shop = await shopWithExpired(250)
  const stop = new AbortController()
  const ids = {
    next: () => {
      stop.abort()
      return shop.ids.next()
    },
  }
  const stopped = await releaseAndExpireAll({ ...jobDeps(db, shop), ids, signal: stop.signal })
  assert.deepEqual(stopped, { done: 200, failed: 0 })
  assert.deepEqual(await releaseAndExpireAll(jobDeps(db, shop)), { done: 50, failed: 0 })
  await assertProven(db, shop)
})

test('an account that fails blocks neither other accounts nor other shops', async () => {
  const [shop, other] = [await shopWithExpired(20), await shopWithExpired(1)]
  const [lot] = await db.query<{ id: string }>('select id from lots where business_id = $1 order by id limit 1', [
    shop.businessId,
  ])
  const spoil = (units: number) =>
    db.query('update lots set remaining = remaining + $3 where business_id = $1 and id = $2', [
      shop.businessId,
      lot?.id,
      units,
    ])
  // Its lots sum to less than its balance, so the ledger refuses to change it.
  await spoil(-1)
  assert.deepEqual(await releaseAndExpireAll(jobDeps(db, shop)), { done: 20, failed: 1 })
  assert.equal(await expiredUnits(shop), 19 * 48)
  assert.equal(await expiredUnits(other), 48)
  await spoil(1)
  assert.deepEqual(
    await releaseAndExpireAll(jobDeps(db, shop)),
    { done: 1, failed: 0 },
    'the repaired account is processed',
  )
  await assertProven(db, shop)
})

test('two processes that run the same tick, concurrently with an order, expire every lot once', async () => {
  const shop = await shopWithExpired(40)
  await Promise.all([
    releaseAndExpireAll(jobDeps(db, shop)),
    releaseAndExpireAll(jobDeps(db, shop)),
    shop.deliver(sale('z-last', { at: 80, phone: '+966500000000' })),
  ])
  assert.equal(await expiredUnits(shop), 40 * 48 + 24, 'the units of the late order had expired on arrival')
  await assertProven(db, shop)
})
