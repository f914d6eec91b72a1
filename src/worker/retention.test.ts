// Retention: what is created in advance, and when data is deleted.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../test/support/database.ts'
import { orderOf } from '../../test/support/orders.ts'
import { openShop } from '../../test/support/shop.ts'
import { jobDeps } from '../../test/support/worker.ts'
import { derivedId } from '../kernel/ids.ts'
import { createPartitions, dropOldBodies, purgeAnswers, purgePasswords } from './retention.ts'

test('partitions are created in advance and dropped after the retention; the delivery of a late order is kept as long', async (t) => {
  const { db } = await testDatabase(t)
  const months = async () =>
    (
      await db.query<{ name: string }>(
        `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'deliveries'::regclass order by 1`,
      )
    ).map(({ name }) => name)
  const count = async () => (await db.query('select id from deliveries')).length
  const shop = await openShop(db, { now: '2030-01-15T12:00:00Z' })
  const deps = jobDeps(db, shop)
  await createPartitions(deps)
  await shop.deliver(
    orderOf({
      id: 'o-1',
      lines: [{ total: 2400 }],
      more: { version: { updated_at: shop.clock.now(), timestamp: shop.clock.now(), rank: 1 } },
    }),
  )
  // Its event is of January 2026, so no partition exists for its delivery.
  await shop.deliver(orderOf({ id: 'o-2', lines: [{ total: 2400 }] }))
  await dropOldBodies(deps, 2)
  assert.equal(await count(), 2)

  shop.clock.set('2030-03-14T12:00:00Z')
  await createPartitions(deps)
  await dropOldBodies(deps, 2)
  assert.equal(await count(), 2, 'two months have not passed')
  assert.ok((await months()).includes('deliveries_2030_05'), 'two months ahead')

  shop.clock.set('2030-03-16T12:00:00Z')
  await dropOldBodies(deps, 2)
  assert.equal(await count(), 1, 'a delivery outside all months is dropped by its time of receipt')

  shop.clock.set('2030-04-01T00:00:00Z')
  await Promise.all([dropOldBodies(deps, 2), dropOldBodies(deps, 2), createPartitions(deps)])
  assert.equal(await count(), 0, 'January is dropped when all of it is two months old')
  assert.ok(!(await months()).includes('deliveries_2030_01'))
  assert.ok((await months()).includes('deliveries_2030_02'))
})

test('answers stored for an Idempotency-Key are deleted after 24 hours', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await openShop(db)
  const keep = (key: string, hoursAgo: number) =>
    db.query(
      `insert into idempotency_keys (business_id, key, input_hash, status, answer, created_at) values ($1, $2, '', 200, '{}', $3)`,
      [shop.businessId, key, new Date(shop.clock.now() - hoursAgo * 3_600_000).toISOString()],
    )
  await keep('old', 24.001)
  await keep('young', 24)
  assert.deepEqual(await purgeAnswers(jobDeps(db, shop)), { done: 1, failed: 0 })
  assert.deepEqual(await db.query('select key from idempotency_keys'), [{ key: 'young' }])
})

test('one-time passwords are deleted a day after they expire', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await openShop(db)
  const keep = (name: string, hoursAgo: number) =>
    db.query(
      `insert into one_time_passwords (business_id, customer_id, hash, created_at, expires_at) values ($1, $2, '', $3, $3)`,
      [shop.businessId, derivedId(name), new Date(shop.clock.now() - hoursAgo * 3_600_000).toISOString()],
    )
  await keep('old', 24.001)
  await keep('young', 24)
  assert.deepEqual(await purgePasswords(jobDeps(db, shop)), { done: 1, failed: 0 })
  assert.deepEqual(await db.query('select customer_id as id from one_time_passwords'), [{ id: derivedId('young') }])
})
