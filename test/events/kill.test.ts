// A reader of events misses nothing when LoyaPro is killed: while orders arrive and are sent again
// until they are acknowledged, the process is ended with SIGKILL several times.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { advanceReader, type RecordedEvent, readEvents, registerReader } from '../../src/events/readers.ts'
import { must } from '../../src/kernel/assert.ts'
import { isSuccess, post } from '../../tools/faults/post.ts'
import { createBodies } from '../../tools/harness/bodies.ts'
import { HttpClient } from '../../tools/harness/http-client.ts'
import { createServer } from '../../tools/harness/server.ts'
import { type World, withWorld } from '../../tools/harness/world.ts'
import { assertComplete } from '../support/events.ts'

const SIZE = { businesses: 1, customersPerBusiness: 20 }
const CLIENTS = 8
const KILLS = 3
/** Orders acknowledged before each kill and after the last. */
const ORDERS_BETWEEN_KILLS = 10

test('a reader finds every acknowledged order and every transfer once, in order, however often LoyaPro is killed', async () => {
  await withWorld(SIZE, {}, async (world) => {
    const businessId = must(world.businesses[0], 'the business')
    const reader = { businessId, reader: 'test' }
    await world.db.transaction((tx) => registerReader(tx, reader))
    const server = createServer(world.ctx)
    await server.start()
    const stop = new AbortController()
    const events: RecordedEvent[] = []
    const read = async () => {
      const found = await readEvents(world.db, reader, 100)
      events.push(...found)
      const last = found.at(-1)
      if (last) await advanceReader(world.db, reader, last.seq)
      return found.length
    }
    const reading = (async () => {
      while (!stop.signal.aborted) if ((await read()) === 0) await delay(5)
    })()
    const acknowledged: string[] = []
    const sending = sendUntil(stop.signal, world, () => server.url, acknowledged)
    try {
      for (let kill = 1; kill <= KILLS; kill++) {
        while (acknowledged.length < kill * ORDERS_BETWEEN_KILLS) await delay(5)
        await server.stop('SIGKILL')
        await server.start()
      }
      while (acknowledged.length < (KILLS + 1) * ORDERS_BETWEEN_KILLS) await delay(5)
    } finally {
      stop.abort()
    }
    await sending
    await reading
    while ((await read()) > 0);
    await server.stop()
    await assertComplete(world.db, businessId, events)
    const processed = events.flatMap((event) => (event.type === 'order.processed' ? [event.data.pos_order_id] : []))
    const orders = new Set(processed)
    assert.equal(orders.size, processed.length, 'each order once')
    for (const id of acknowledged) assert.ok(orders.has(id), `order ${id} was acknowledged and has no event`)
  })
})

/** Sends orders, each until it is acknowledged; `acknowledged` collects their ids in the POS. */
async function sendUntil(
  signal: AbortSignal,
  { token }: World,
  urlOf: () => string,
  acknowledged: string[],
): Promise<void> {
  const bodies = createBodies(SIZE, 1)
  const send = async () => {
    while (!signal.aborted) {
      const body = bodies.next(Date.now())
      for (;;) {
        const client = new HttpClient(urlOf(), { connections: 1, timeoutMs: 5_000 })
        const answer = await post(client, 'order', token, body)
        client.close()
        if (isSuccess(answer)) break
        await delay(20)
      }
      acknowledged.push(JSON.parse(body.toString()).order.id)
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, send))
}
