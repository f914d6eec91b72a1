// Unmatched deliveries that are connected later, and retries of failed deliveries.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { testDatabase } from '../../test/support/database.ts'
import { assertProven } from '../../test/support/ledger.ts'
import { orderOf } from '../../test/support/orders.ts'
import { openShop, type Shop } from '../../test/support/shop.ts'
import { jobDeps } from '../../test/support/worker.ts'
import { connect } from '../businesses/connections.ts'
import { registerPos } from '../businesses/pos-systems.ts'
import type { Database } from '../db/database.ts'
import { storeUnmatched } from '../ingest/receive.ts'
import { shippedIntegrations as integrations } from '../integrations/registry.ts'
import { standardBody } from '../integrations/standard/fixtures/body.ts'
import { applyUnmatched, purgeUnmatched, retryFailed } from './deliveries.ts'

const { db } = await testDatabase()
const MINUTE_MS = 60_000
const NOTHING = { done: 0, failed: 0 }

const register = (to: Database) =>
  registerPos(
    to.by('system:test'),
    { name: 'standard', title: 'Any POS', adapter: 'standard' },
    { clock: { now: () => Date.parse('2026-01-01') }, integrations },
  )

before(() => register(db))

/** Two lattes at 12.00: 24 points. */
const bodyOf = (business: string, reference: number) =>
  Buffer.from(JSON.stringify(standardBody({ business: { reference: business }, reference })))

async function keep(shop: Shop, reference: string, order: number): Promise<void> {
  await storeUnmatched(db, {
    id: shop.ids.next(),
    posName: 'standard',
    adapter: 'standard',
    reference,
    body: bodyOf(reference, order),
    receivedAt: shop.clock.now(),
  })
}

async function count(table: string, where: string, ...values: unknown[]): Promise<number | undefined> {
  const [row] = await db.query<{ n: number }>(`select count(*)::int as n from ${table} where ${where}`, values)
  return row?.n
}

const waiting = (reference: string) => count('unmatched_deliveries', 'reference = $1', reference)
const salesOf = (shop: Shop) => count('orders', 'business_id = $1', shop.businessId)

test('deliveries that were stored as unmatched while their connection was created are applied within a minute, once', async () => {
  const shop = await openShop(db)
  const connected = await connect(
    db.by('system:test'),
    { posName: 'standard', reference: 'W-1', businessId: shop.businessId },
    shop.clock,
  )
  assert.equal(connected.kind, 'connected')
  // The deliveries looked up the connection before it existed, and were stored after it was created.
  await keep(shop, 'W-1', 1)
  await keep(shop, 'W-1', 2)
  await keep(shop, 'W-nobody', 3)
  // Two concurrent runs, and a later one.
  await Promise.all([applyUnmatched(jobDeps(db, shop)), applyUnmatched(jobDeps(db, shop))])
  assert.deepEqual(await applyUnmatched(jobDeps(db, shop)), NOTHING)
  assert.deepEqual([await salesOf(shop), await waiting('W-1'), await waiting('W-nobody')], [2, 0, 1])
  const [points] = await db.query<{ available: number }>(
    'select available from accounts where business_id = $1 and program_id = $2',
    [shop.businessId, shop.programs.points],
  )
  assert.equal(points?.available, 48)
  await assertProven(db, shop)
})

test('deliveries that were not connected are deleted after 30 days, not earlier', async (t) => {
  const { db: own } = await testDatabase(t)
  await register(own)
  const shop = await openShop(own)
  // More than two batches of 1000.
  await own.query(
    `insert into unmatched_deliveries (id, pos_name, reference, reference_key, dictionary, body, received_at)
     select gen_random_uuid(), 'standard', 'W-old', 'W-old', 1, '', $1::timestamptz from generate_series(1, 2500)`,
    [new Date(shop.clock.now()).toISOString()],
  )
  shop.clock.advance(30 * 24 * 60 * MINUTE_MS)
  assert.deepEqual(await purgeUnmatched(jobDeps(own, shop)), NOTHING)
  shop.clock.advance(1)
  assert.deepEqual(await purgeUnmatched(jobDeps(own, shop)), { done: 2500, failed: 0 })
  assert.deepEqual(await own.query('select id from unmatched_deliveries'), [])
})

/** Submits a delivery that fails because of its date, and stores `kept` as its body. */
async function fail(shop: Shop, kept: Buffer): Promise<void> {
  const poison = shop.delivery(orderOf({ id: 'f-1', more: { business_date: '2026-02-31' } }))
  const answer = await shop.ingest.submit({ ...poison, id: shop.ids.next(), body: kept })
  assert.equal(typeof answer !== 'string' && answer.result, 'failed')
}

const results = (shop: Shop) =>
  db.query<{ result: string; error: string | null }>('select result, error from deliveries where business_id = $1', [
    shop.businessId,
  ])

test('a failed delivery that can be read now is applied at the next tick', async () => {
  const shop = await openShop(db, { now: '2026-01-15T12:03:00Z' })
  await fail(shop, bodyOf('W-2', 4))
  shop.clock.set('2026-01-15T12:09:59Z')
  assert.deepEqual(await retryFailed(jobDeps(db, shop)), NOTHING, 'it is due at 12:10')
  shop.clock.set('2026-01-15T12:10:02Z')
  assert.deepEqual(await retryFailed(jobDeps(db, shop)), { done: 1, failed: 0 })
  assert.deepEqual(await results(shop), [{ result: 'processed', error: null }])
  assert.equal(await salesOf(shop), 1)
  assert.deepEqual(await retryFailed(jobDeps(db, shop)), NOTHING)
  await assertProven(db, shop)
})

test('a delivery that keeps failing is retried eight times in a day, at growing intervals, and does not affect other shops', async () => {
  const [shop, other] = [await openShop(db, { now: '2026-01-15T12:03:00Z' }), await openShop(db)]
  await fail(shop, Buffer.from(JSON.stringify({ ...standardBody(), order: null })))
  const tries: number[] = []
  for (let minutes = 7; minutes < 2 * 24 * 60; minutes += 10) {
    // From 12:10 on, every ten minutes for two days.
    shop.clock.set(Date.parse('2026-01-15T12:03:00Z') + minutes * MINUTE_MS)
    const { failed } = await retryFailed(jobDeps(db, shop))
    if (failed > 0) tries.push(minutes)
  }
  assert.deepEqual(tries, [7, 17, 37, 77, 157, 317, 637, 1277])
  // Bytes that are not an archive record make the replay throw.
  await db.query(`update deliveries set body = 'x', received_at = $2 where business_id = $1`, [
    shop.businessId,
    new Date(shop.clock.now() - MINUTE_MS).toISOString(),
  ])
  other.clock.set(shop.clock.now() - MINUTE_MS)
  await fail(other, bodyOf('W-3', 5))
  shop.clock.advance(10 * MINUTE_MS)
  assert.deepEqual(await retryFailed(jobDeps(db, shop)), { done: 1, failed: 1 })
  assert.deepEqual(
    (await results(other)).map(({ result }) => result),
    ['processed'],
  )
})
