// An ingest behind a channel behaves like a local one.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { MessageChannel } from 'node:worker_threads'
import { testDatabase } from '../../../test/support/database.ts'
import { orderOf } from '../../../test/support/orders.ts'
import { openShop, type Shop } from '../../../test/support/shop.ts'
import { createRemoteIngest, type RemoteIngestOptions, serveIngest } from './remote-ingest.ts'

const { db } = await testDatabase()

const coffee = (id: string, more: object = {}) => orderOf({ id, lines: [{ total: 2400 }], ...more })

function acrossFrom(t: TestContext, { ingest }: Shop, options?: RemoteIngestOptions) {
  const { port1: near, port2: far } = new MessageChannel()
  const ends: string[] = []
  serveIngest(far, ingest, async () => void ends.push('released'))
  const remote = createRemoteIngest(near, options)
  t.after(async () => {
    await remote.close()
    near.close()
    far.close()
  })
  return { remote, ends }
}

test('every delivery gets its own answer, and a repetition the first one again', async (t) => {
  const shop = await openShop(db)
  const { remote } = acrossFrom(t, shop)
  const orders = Array.from({ length: 12 }, (_, n) => coffee(`r-${n}`, { phone: `+96650000020${n % 10}`, at: n }))
  const answers = await Promise.all(orders.map((order) => shop.deliver(order, undefined, remote)))
  assert.deepEqual(
    answers.map(({ result, order }) => [result, order?.pos_order_id]),
    orders.map((order) => ['processed', order.pos_order_id]),
  )
  assert.equal(remote.depth(), 0)
  const again = await shop.deliver(orders[3] ?? coffee('r-3'), undefined, remote)
  assert.deepEqual(again, { ...answers[3], result: 'duplicate' })
})

test('when too many deliveries are unanswered, more are refused as overloaded and not applied', async (t) => {
  const shop = await openShop(db)
  const { remote } = acrossFrom(t, shop, { maxUnanswered: 2 })
  const outcomes = ['f-1', 'f-2', 'f-3'].map((id) => remote.submit(shop.delivery(coffee(id))))
  assert.equal(remote.isFull(), true)
  assert.equal(await outcomes[2], 'overloaded')
  await Promise.all(outcomes)
  assert.equal(remote.isFull(), false)
  assert.equal((await shop.deliver(coffee('f-3'), undefined, remote)).result, 'processed')
})

test('closing answers what was submitted, releases the resources of ingest, and accepts nothing more', async (t) => {
  const shop = await openShop(db)
  const { remote, ends } = acrossFrom(t, shop)
  const taken = ['c-1', 'c-2'].map((id) => shop.deliver(coffee(id), undefined, remote))
  const closing = remote.close()
  assert.equal(await remote.submit(shop.delivery(coffee('c-3'))), 'unavailable')
  await closing
  assert.deepEqual(ends, ['released'])
  assert.deepEqual(
    (await Promise.all(taken)).map(({ result }) => result),
    ['processed', 'processed'],
  )
})

test('the sizes of batches are reported across the channel', async () => {
  const { port1: near, port2: far } = new MessageChannel()
  const sizes: number[] = []
  createRemoteIngest(near, { onBatch: ({ size }) => sizes.push(size) })
  far.postMessage({ kind: 'batch', size: 17 })
  await once(near, 'message')
  near.close()
  assert.deepEqual(sizes, [17])
})
