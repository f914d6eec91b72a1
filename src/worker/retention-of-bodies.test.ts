// Orders are kept longer than their deliveries: a snapshot is written into the row of its order before
// the delivery is dropped.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../test/support/database.ts'
import { assertProven } from '../../test/support/ledger.ts'
import { type OrderStory, orderOf } from '../../test/support/orders.ts'
import { openShop, type Shop } from '../../test/support/shop.ts'
import { jobDeps } from '../../test/support/worker.ts'
import type { Database } from '../db/database.ts'
import { dropPartitionsBefore, ensurePartitions } from '../orders/partitions.ts'
import { deliveryReleaser } from '../orders/retention.ts'
import { createPartitions, dropOldBodies } from './retention.ts'

const JANUARY = '2030-01-15T12:00:00Z'
const APRIL = '2030-04-01T00:00:00Z'

/** An order with an event at this time: its delivery is in that month. */
function orderAt(at: string, story: OrderStory) {
  const ms = Date.parse(at)
  return orderOf({ ...story, more: { version: { updated_at: ms, timestamp: ms, rank: story.returns ? 3 : 1 } } })
}

async function openedInJanuary(db: Database): Promise<Shop> {
  const shop = await openShop(db, { now: JANUARY })
  await createPartitions(jobDeps(db, shop))
  return shop
}

const sold = (shop: Shop) =>
  shop.deliver(
    orderAt(JANUARY, {
      id: 'o-1',
      lines: [
        { total: 2400, pieces: 2 },
        { product: 'tea', total: 1111 },
      ],
    }),
  )

const returned = (shop: Shop) =>
  shop.deliver(orderAt(APRIL, { id: 'o-2', returns: 'o-1', at: 9, lines: [{ total: 1200 }] }))

const kept = async (db: Database) =>
  (await db.query<{ kept: boolean }>('select snapshot is not null as kept from orders order by id')).map(
    (row) => row.kept,
  )

const bodies = async (db: Database) => (await db.query('select id from deliveries')).length

test('a return after its month was dropped is assessed as if nothing had been dropped', async (t) => {
  const units = []
  for (const months of [2, 1200]) {
    const { db } = await testDatabase(t)
    const shop = await openedInJanuary(db)
    await sold(shop)
    assert.deepEqual(await kept(db), [false], 'it is read from its delivery')
    shop.clock.set(APRIL)
    // Two concurrent runs, and a delivery that arrives meanwhile.
    await Promise.all([
      dropOldBodies(jobDeps(db, shop), months),
      dropOldBodies(jobDeps(db, shop), months),
      shop.deliver(orderAt(APRIL, { id: 'o-3', phone: '+966500000002', lines: [{ total: 500 }] })),
    ])
    assert.equal(await bodies(db), months === 2 ? 1 : 2)
    await assertProven(db, shop)
    const { movements } = await returned(shop)
    units.push(movements.map((one) => [one.unit, one.units, one.balance, one.why]))
    await assertProven(db, shop)
  }
  assert.deepEqual(units[0], units[1])
  assert.deepEqual(
    units[0]?.map(([unit, moved]) => [unit, moved]),
    [
      ['point', -12],
      ['stamp', -1],
      ['SAR', -60],
    ],
  )
})

test('a delivery outside all months is dropped by its time of receipt, and its order is kept', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await openedInJanuary(db)
  // A till whose clock is ten years ahead: no partition exists for its delivery.
  await shop.deliver(orderAt('2040-01-01T00:00:00Z', { id: 'o-1', lines: [{ total: 2400 }] }))
  assert.deepEqual(await kept(db), [false])
  shop.clock.set(APRIL)
  await dropOldBodies(jobDeps(db, shop), 2)
  assert.deepEqual([await bodies(db), await kept(db)], [0, [true]])
  await assertProven(db, shop)
})

test('when a run fails, nothing is dropped, and the next run starts again', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await openedInJanuary(db)
  await sold(shop)
  await shop.deliver(orderAt(JANUARY, { id: 'o-9', phone: null, lines: [{ total: 100 }] }))
  const april = Date.parse(APRIL)
  const release = deliveryReleaser(db)
  const broken = async (keys: Parameters<typeof release>[0]) => {
    await release(keys.slice(0, 1))
    throw new Error('the process died')
  }
  await assert.rejects(dropPartitionsBefore(db, april, { release: broken }), /the process died/)
  assert.deepEqual([await bodies(db), (await kept(db)).sort()], [2, [false, true]])
  await dropPartitionsBefore(db, april, { release: deliveryReleaser(db), signal: AbortSignal.abort() })
  assert.equal(await bodies(db), 2, 'a stopped run drops nothing')
  await dropPartitionsBefore(db, april, { release: deliveryReleaser(db) })
  assert.deepEqual([await bodies(db), await kept(db)], [0, [true, true]])
  await assertProven(db, shop)
})

test('every delivery of a month is released before the month is dropped', async (t) => {
  const { db } = await testDatabase(t)
  await ensurePartitions(db, Date.parse(JANUARY))
  await db.query(
    `insert into deliveries (business_id, id, pos_name, result, dictionary, body, received_at)
     select md5('business' || n % 3)::uuid, ('019bbc00-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'sample', 'ignored', 1, '', $1
     from generate_series(1, 1200) n`,
    [JANUARY],
  )
  await ensurePartitions(db, Date.parse('2026-01-15T00:00:00Z'))
  const released: string[] = []
  const release = async (keys: readonly { businessId: string; id: string }[]) => {
    for (const { businessId, id } of keys) released.push(`${businessId} ${id}`)
  }
  await dropPartitionsBefore(db, Date.parse('2026-03-01T00:00:00Z'), { release })
  assert.deepEqual([released.length, new Set(released).size, await bodies(db)], [1200, 1200, 0])
})
