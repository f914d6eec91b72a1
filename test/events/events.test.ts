// Events of a business with a reader: numbered without gaps, one of each transfer and each
// processed delivery, and none without a reader.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lockBusinesses } from '../../src/db/business-lock.ts'
import { dropErrors } from '../../src/events/drop-errors.ts'
import { advanceReader, type Reader, readEvents, registerReader, removeReader } from '../../src/events/readers.ts'
import { recordEvents } from '../../src/events/record.ts'
import type { Uuid } from '../../src/kernel/ids.ts'
import { createProgramCache, loadPrograms } from '../../src/programs/store.ts'
import { cancelClaim } from '../../src/rewards/claims/end-claim.ts'
import { makeClaim } from '../../src/rewards/claims/make-claim.ts'
import { releaseClaims } from '../../src/worker/claims.ts'
import { beginPeriods } from '../../src/worker/periods.ts'
import { releaseAndExpireAll } from '../../src/worker/release-and-expire.ts'
import { purgeEvents } from '../../src/worker/retention.ts'
import { deliveriesOf, shopStory } from '../laws/stories.ts'
import { adjustFor } from '../support/adjust.ts'
import { testDatabase } from '../support/database.ts'
import { assertComplete } from '../support/events.ts'
import { assertProven } from '../support/ledger.ts'
import { orderOf } from '../support/orders.ts'
import { runs } from '../support/runs.ts'
import { NORTH_COFFEE, openShop, type Shop } from '../support/shop.ts'
import { jobDeps } from '../support/worker.ts'

const { db } = await testDatabase()

const ALL = 1_000_000

const PROGRAMS = {
  ...NORTH_COFFEE,
  fading: {
    type: 'points',
    rules: [{ id: 'spend', earn: { kind: 'per_amount', units: 1, per: 50 } }],
    expiry: { kind: 'after', days: 2 },
    pending_days: 1,
  },
  plan: {
    type: 'subscription',
    plan: { products_bought: ['p0'], periods: 4, period: { unit: 'days', count: 1 }, uses_per_period: 2 },
  },
}

async function readShop(programs: Record<string, object> = NORTH_COFFEE): Promise<{ shop: Shop; reader: Reader }> {
  const shop = await openShop(db, { programs })
  const reader = { businessId: shop.businessId, reader: 'test' }
  await db.transaction((tx) => registerReader(tx, reader))
  return { shop, reader }
}

const sale = (id: string, more: object = {}) => orderOf({ id, lines: [{ total: 2_000 }], ...more })

async function eventsIn(businessId: Uuid): Promise<number> {
  const [row] = await db.query<{ n: number }>(
    'select coalesce(sum(json_array_length(events::json)), 0)::int as n from events where business_id = $1',
    [businessId],
  )
  return row?.n ?? 0
}

async function claimOf(shop: Shop, customerId: Uuid, amount: number, cancel: boolean): Promise<void> {
  await db.write('system:test', async (tx) => {
    const lock = await lockBusinesses(tx, [shop.businessId])
    const business = (await loadPrograms(tx, lock.businesses, createProgramCache())).get(shop.businessId)
    assert(business)
    const pick = { programId: shop.programs.cashback ?? '', amount }
    const made = await makeClaim(tx, lock, business, { customerId, pick }, shop)
    if (made.kind === 'claimed' && cancel) {
      const now = shop.clock.now()
      await cancelClaim(tx, lock, business, made.claim.id, { now, ids: shop.ids })
    }
  })
}

test('a business without readers records no events', async () => {
  const shop = await openShop(db)
  await shop.deliver(sale('quiet'))
  assert.equal(await eventsIn(shop.businessId), 0)
})

test('an order has events of its customer, its movements and itself, in its commit', async () => {
  const { shop, reader } = await readShop()
  await shop.deliver(sale('first', { lines: [{ total: 2_000, pieces: 6 }] }))
  const events = await readEvents(db, reader, ALL)
  await assertComplete(db, shop.businessId, events)
  const types = events.map(({ type }) => type)
  assert.deepEqual(types[0], 'customer.created')
  assert.ok(types.includes('card.completed'))
  assert.deepEqual(types.at(-1), 'order.processed')
  assert.equal(events.at(-1)?.actor, 'pos:standard')
  await shop.deliver(sale('first', { lines: [{ total: 2_000, pieces: 6 }] }))
  assert.equal(await eventsIn(shop.businessId), events.length, 'a repeated delivery has none')
})

test('every transfer and every processed delivery has one event, whatever happens to a shop', async () => {
  const step = fc.record({
    story: shopStory,
    units: fc.constantFrom(0, 100, -50, 700),
    amount: fc.constantFrom(0, 10, 50),
    cancel: fc.boolean(),
    hours: fc.constantFrom(0, 1, 30, 60),
  })
  let names = 0
  const property = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 3 }), async (steps) => {
    const { shop, reader } = await readShop(PROGRAMS)
    for (const { story, units, amount, cancel, hours } of steps) {
      const orders = deliveriesOf(story, `e${names++}`)
      const arrived = orders.toReversed().concat(orders.slice(0, 2))
      await Promise.all(arrived.map((order) => shop.deliver(order)))
      const [customer] = await db.query<{ id: Uuid }>('select id from customers where business_id = $1 limit 1', [
        shop.businessId,
      ])
      if (customer) {
        if (units !== 0) await adjustFor(db, shop, customer.id, 'cashback', units)
        if (units > 0) await adjustFor(db, shop, customer.id, 'stamps', 7)
        if (amount > 0) await claimOf(shop, customer.id, amount, cancel)
      }
      shop.clock.advance(hours * 3_600_000)
      const deps = jobDeps(db, shop)
      await Promise.all([releaseAndExpireAll(deps), beginPeriods(deps), releaseClaims(deps)])
    }
    await assertComplete(db, shop.businessId, await readEvents(db, reader, ALL))
    await assertProven(db, shop)
  })
  await fc.assert(property, { numRuns: runs(200, 25) })
})

test('the events of concurrent writers are numbered without gaps, and a rollback leaves none', async () => {
  const { shop, reader } = await readShop()
  const { businessId } = shop
  const write = (n: number) =>
    db.write('system:test', async (tx) => {
      const lock = await lockBusinesses(tx, [businessId])
      const two = [shop.ids.next(), shop.ids.next()].map((subject) => ({ businessId, subject }))
      recordEvents(tx, lock, two, ({ subject }) => {
        return { type: 'customer.updated', at: shop.clock.now(), actor: tx.actor, subject, data: {} }
      })
      if (n % 3 === 0) throw new Error('rolled back')
    })
  await Promise.allSettled(Array.from({ length: 20 }, (_, n) => write(n)))
  const events = await readEvents(db, reader, ALL)
  await assertComplete(db, businessId, events)
  assert.equal(events.length, 26)
})

test('a reader reads on from its position; what all readers have read is purged', async () => {
  const { shop, reader } = await readShop()
  const other = { ...reader, reader: 'other' }
  await db.transaction((tx) => registerReader(tx, other))
  await shop.deliver(sale('one'))
  const events = await readEvents(db, reader, ALL)
  const [first, second] = await readEvents(db, reader, 2)
  assert.deepEqual([first, second], events.slice(0, 2))
  await advanceReader(db, reader, 2)
  await advanceReader(db, reader, 1)
  assert.deepEqual(await readEvents(db, reader, ALL), events.slice(2), 'a position never goes back')
  const deps = jobDeps(db, shop)
  assert.deepEqual(await purgeEvents(deps), { done: 0, failed: 0 }, 'the other reader has read nothing')
  await advanceReader(db, other, events.length)
  assert.deepEqual(await purgeEvents(deps), { done: 0, failed: 0 }, 'the events of a commit are purged together')
  await shop.deliver(sale('two', { at: 5 }))
  await advanceReader(db, reader, events.length)
  assert.deepEqual(await purgeEvents(deps), { done: 1, failed: 0 })
  await db.transaction((tx) => registerReader(tx, { ...reader, reader: 'late' }))
  assert.deepEqual(await readEvents(db, { ...reader, reader: 'late' }, ALL), [], 'a new reader starts at the end')
  await db.transaction((tx) => registerReader(tx, reader))
  assert.deepEqual(
    (await readEvents(db, reader, ALL)).map(({ seq }) => seq).at(0),
    events.length + 1,
    'a known reader keeps its position',
  )
  for (const name of ['test', 'other', 'late'])
    await db.transaction((tx) => removeReader(tx, { ...reader, reader: name }))
  await shop.deliver(sale('three', { at: 10 }))
  assert.equal((await purgeEvents(deps)).done, 1, 'without a reader nothing is recorded and nothing kept')
  assert.equal(await eventsIn(shop.businessId), 0)
})

test('the error of one failed delivery is removed, and all else of the events stays', async () => {
  const { shop, reader } = await readShop()
  const { businessId } = shop
  const failed = [shop.ids.next(), shop.ids.next()]
  await db.write('system:test', async (tx) => {
    const lock = await lockBusinesses(tx, [businessId])
    const items = failed.map((subject) => ({ businessId, subject }))
    recordEvents(tx, lock, items, ({ subject }) => {
      const data = { pos: 'standard', error: 'Error: "سارة"\nis unknown' }
      return { type: 'delivery.failed', at: shop.clock.now(), actor: 'pos:standard', subject, data }
    })
  })
  const before = await readEvents(db, reader, ALL)
  await db.transaction((tx) => dropErrors(tx, businessId, failed.slice(1)))
  const [kept, dropped] = before
  assert.deepEqual(await readEvents(db, reader, ALL), [kept, { ...dropped, data: { pos: 'standard', error: '' } }])
})

test('row-level security shows the API the events and readers of one business', async () => {
  const { shop, reader } = await readShop()
  const { shop: stranger } = await readShop()
  await shop.deliver(sale('mine'))
  const seenAs = (businessId: Uuid) =>
    db.asTenant(businessId, (tx) =>
      Promise.all([readEvents(tx, reader, ALL), tx.query('select reader from event_readers')]),
    )
  assert.equal((await seenAs(stranger.businessId))[0].length, 0)
  const [events, readers] = await seenAs(shop.businessId)
  assert.deepEqual([events.length, readers.length], [await eventsIn(shop.businessId), 1])
  await assert.rejects(
    db.asTenant(shop.businessId, (tx) => tx.query('update events set first_seq = 0')),
    /permission denied/,
  )
})
