// The live feed: events as a list and as a stream, recorded only while somebody looks, resumed after
// an interruption, and ended with the session, the key or the server.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { KEPT_MS, LEASE_MS } from '../../src/events/live.ts'
import { standardBody } from '../../src/integrations/standard/fixtures/body.ts'
import { ManualClock } from '../../src/kernel/clock.ts'
import { formatId } from '../../src/kernel/ids.ts'
import { purgeEvents } from '../../src/worker/retention.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { signedIn } from '../support/staff.ts'

interface Message {
  event: string
  id: string | null
  data: string
}

interface Stream {
  status: number
  /** The next message; null when the stream has ended. */
  next(): Promise<Message | null>
  close(): void
}

async function openStream(
  t: TestContext,
  app: TestApp,
  { path = '/events', headers = {} }: { path?: string; headers?: Record<string, string> } = {},
): Promise<Stream> {
  const closing = new AbortController()
  t.after(() => closing.abort())
  const response = await fetch(`${app.url}/api/v1${path}`, {
    headers: {
      accept: 'text/event-stream',
      ...(!headers.cookie && { authorization: `Bearer ${app.business.apiKey}` }),
      ...headers,
    },
    signal: closing.signal,
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  assert(reader)
  let buffer = ''
  const next = async (): Promise<Message | null> => {
    for (;;) {
      const end = buffer.indexOf('\n\n')
      if (end >= 0) {
        const lines = buffer.slice(0, end).split('\n')
        buffer = buffer.slice(end + 2)
        const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2)
        const event = field('event')
        if (event) return { event, id: field('id') ?? null, data: field('data') ?? '' }
        continue
      }
      const chunk = await reader.read()
      if (chunk.done) return null
      buffer += chunk.value
    }
  }
  return { status: response.status, next, close: () => closing.abort() }
}

async function sell(app: TestApp, id: string): Promise<void> {
  const body = standardBody({ id, business: { reference: app.business.reference } })
  assert.equal((await app.post(body, { pos: 'standard' })).body.result, 'processed')
}

async function storedEvents({ ctx, business }: TestApp): Promise<number> {
  const rows = await ctx.db.query('select last_seq from events where business_id = $1', [business.businessId])
  return rows.length
}

test('an order is on the stream at once; nothing is recorded for a business at which nobody looks', async (t) => {
  const app = await testApp(t)
  await sell(app, 'before')
  assert.equal(await storedEvents(app), 0)
  const stream = await openStream(t, app)
  assert.deepEqual(await stream.next(), { event: 'ready', id: '0', data: '{}' })
  await sell(app, 'seen')
  const events: string[] = []
  let subject = ''
  while (!events.includes('order.processed')) {
    const message = await stream.next()
    assert(message)
    events.push(message.event)
    if (message.event === 'order.processed') subject = JSON.parse(message.data).subject
  }
  assert.equal((await app.get(`/orders/${subject}`)).body.pos_order_id, 'seen')
  assert(events.includes('movement.created'))
})

test('a browser that comes back gets what it missed; after too long it is told to read again', async (t) => {
  const clock = new ManualClock(Date.now())
  const app = await testApp(t, { clock })
  const first = await openStream(t, app)
  await first.next()
  await sell(app, 'one')
  const { id } = (await first.next()) ?? {}
  assert.equal(id, '1')
  first.close()
  await sell(app, 'two')
  const list = await app.get('/events?after=1')
  assert(list.body.complete)
  const second = await openStream(t, app, { headers: { 'last-event-id': '1' } })
  await second.next()
  for (const { number, type } of list.body.data) {
    const message = await second.next()
    assert.deepEqual([message?.id, message?.event], [String(number), type])
  }
  second.close()

  clock.advance(KEPT_MS + 60_000)
  await sell(app, 'three')
  await purgeEvents(app.ctx)
  assert.equal((await app.get('/events?after=1')).body.complete, false)
  const third = await openStream(t, app, { headers: { 'last-event-id': '1' } })
  await third.next()
  const { last } = (await app.get('/events')).body
  assert.deepEqual(await third.next(), { event: 'reset', id: String(last), data: '{}' })
})

test('the feed lapses a week after the last look, and then costs nothing', async (t) => {
  const clock = new ManualClock(Date.now())
  const app = await testApp(t, { clock })
  assert.deepEqual((await app.get('/events')).body, { data: [], last: 0, complete: true })
  await sell(app, 'one')
  assert((await storedEvents(app)) > 0)
  clock.advance(LEASE_MS - 60_000)
  await purgeEvents(app.ctx)
  await sell(app, 'two')
  const { last } = (await app.get('/events')).body
  assert(last > 0, 'a look renews the lease')
  clock.advance(LEASE_MS + 1)
  await purgeEvents(app.ctx)
  assert.equal(await storedEvents(app), 0)
  await sell(app, 'three')
  assert.equal(await storedEvents(app), 0)
})

test('staff name the business in the address; a stream needs the scope, and ends when the server stops', async (t) => {
  const app = await testApp(t)
  const { businessId } = app.business
  const owner = await signedIn(app)
  const path = `/events?business=${formatId('business', businessId)}`
  const stream = await openStream(t, app, { path, headers: { cookie: owner.cookie ?? '' } })
  assert.equal((await stream.next())?.event, 'ready')
  const cashier = await signedIn(app, { memberships: [{ businessId, role: 'cashier' }] })
  const refused = await openStream(t, app, { path, headers: { cookie: cashier.cookie ?? '' } })
  assert.equal(refused.status, 403)
  const closed = app.close()
  assert.equal(await stream.next(), null)
  await closed
})

test('a business has at most 20 open streams; a closed one makes room', async (t) => {
  const app = await testApp(t)
  const streams = await Promise.all(Array.from({ length: 20 }, () => openStream(t, app)))
  assert((await openStream(t, app)).status === 429)
  streams[0]?.close()
  let status = 429
  while (status === 429) status = (await openStream(t, app)).status
  assert.equal(status, 200)
})
