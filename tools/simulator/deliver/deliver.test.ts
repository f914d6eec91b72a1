// Deliveries to servers with faults: refusals, timeouts, contradictions. Each delivery is
// acknowledged in the end, or the run fails.
import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { makeWorld } from '../world/world.ts'
import { deliverAll } from './deliver.ts'
import { Line } from './send.ts'

const world = makeWorld({ seed: 'd', days: 2, faultLevel: 'full', size: { of: 'deliveries', count: 120 } })
const distinct = new Set(
  world.deliveries.map(({ story, order, snapshot, copy }) => `${story}/${order}/${snapshot}/${copy.shuffled}`),
).size

type Answering = (body: string, response: ServerResponse, request: IncomingMessage) => void

async function deliverTo(
  t: TestContext,
  answer: Answering,
  options: { timeoutMs?: number; careful?: boolean; signal?: AbortSignal } = {},
) {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => answer(body, response, request))
    request.on('error', () => {})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const line = new Line(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, {
    connections: 8,
    timeoutMs: options.timeoutMs ?? 5000,
  })
  t.after(() => {
    line.close()
    server.closeAllConnections()
    server.close()
  })
  let progress = 0
  const tokens = { foodics: { name: 'foodics', token: 'f' }, standard: { name: 'plain', token: 's' } }
  const { careful = false, signal = new AbortController().signal } = options
  const onProgress = (done: number) => {
    progress = done
  }
  const delivered = await deliverAll(world, { line, tokens, concurrency: 8, careful, speed: null, signal, onProgress })
  return { ...delivered, progress }
}

function ok(response: ServerResponse, answer: object = { result: 'processed' }): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
}

test('torn requests are sent again, whole, until they are acknowledged; each body is the same each time', async (t) => {
  const bodies = new Set<string>()
  const { counts, oddities, progress } = await deliverTo(t, (body, response, request) => {
    const { pathname } = new URL(request.url ?? '', 'http://x')
    assert.equal(
      pathname,
      body.includes('"products_kitchen"') || body.includes('"inventory_end_of_day_time"')
        ? '/pos/1.0.0/foodics/order'
        : '/pos/1.0.0/plain/order',
    )
    JSON.parse(body)
    bodies.add(body)
    ok(response)
  })
  const torn = world.deliveries.filter(({ copy }) => copy.fault !== null).length
  assert(torn > 0)
  assert.equal(counts.acknowledged, 120)
  assert.equal(progress, 120)
  assert.equal(counts.torn, torn)
  assert.equal(counts.requests, 120 + torn + counts.retries)
  assert.equal(bodies.size, distinct)
  assert.deepEqual(oddities, [])
})

test('after 429 and 503 the sender retries, not before Retry-After', async (t) => {
  const turnedAway = new Map<string, number>()
  const early: string[] = []
  const { counts, oddities } = await deliverTo(t, (body, response) => {
    const since = turnedAway.get(body)
    if (since === undefined && turnedAway.size < 6) {
      turnedAway.set(body, performance.now())
      response.writeHead(turnedAway.size % 2 === 0 ? 429 : 503, { 'retry-after': '1' }).end('{}')
      return
    }
    ok(response)
  })
  assert.equal(counts.acknowledged, 120)
  assert(counts.retries >= 5 && counts.retries <= 6, `${counts.retries} retries`)
  assert.deepEqual([...oddities, ...early], [])
  assert(Math.max(...counts.latencies) < 1000, 'the wait is not the answer')
})

test('a request without an answer in time is sent again', async (t) => {
  const silent = new Set<string>()
  const { counts } = await deliverTo(
    t,
    (body, response) => {
      if (silent.size < 3 && !silent.has(body)) silent.add(body)
      else ok(response)
    },
    { timeoutMs: 300 },
  )
  assert.equal(counts.acknowledged, 120)
  assert(counts.retries >= 1)
})

test('an impossible answer is reported as a wrong answer', async (t) => {
  const refused = await deliverTo(t, (_body, response) => void response.writeHead(422).end('{"code":"invalid_order"}'))
  assert.equal(refused.oddities.length, 120)
  assert.equal(refused.oddities[0]?.what, 'status 422')
  let count = 0
  const fickle = await deliverTo(t, (_body, response) => ok(response, { result: 'processed', event_id: ++count }))
  assert.equal(fickle.oddities.length, 120 - distinct, 'every repetition got another event')
  assert(fickle.oddities.every(({ what }) => what === 'contradiction'))
})

test('a careful till waits for the answer to one ticket of a sale before it sends the next', async (t) => {
  const open = new Map<string, number>()
  let most = 0
  await deliverTo(
    t,
    (body, response) => {
      const { order } = JSON.parse(body)
      open.set(order.id, (open.get(order.id) ?? 0) + 1)
      most = Math.max(most, open.get(order.id) ?? 0)
      setTimeout(() => {
        open.set(order.id, (open.get(order.id) ?? 0) - 1)
        ok(response)
      }, 5)
    },
    { careful: true },
  )
  // A request that was torn after it was sent may still be on its way.
  assert(most <= 2, `${most} at once`)
})

test('delivery stops when its signal is aborted', async (t) => {
  const controller = new AbortController()
  let count = 0
  const ended = deliverTo(
    t,
    (_body, response) => {
      if (++count === 30) controller.abort(new Error('enough'))
      ok(response)
    },
    { signal: controller.signal },
  )
  await assert.rejects(ended)
  assert(count < 60)
})
