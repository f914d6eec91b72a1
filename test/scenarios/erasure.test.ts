// The whole life of a customer is played through everything that writes. Then they are erased, and
// a search of the whole database, the archive and the log finds nothing of them, whatever comes
// again afterwards.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { registerReader } from '../../src/events/readers.ts'
import { quarantine } from '../../src/ingest/quarantine.ts'
import { storeUnmatched } from '../../src/ingest/receive.ts'
import { standardBody } from '../../src/integrations/standard/fixtures/body.ts'
import { formatId, parseId } from '../../src/kernel/ids.ts'
import { deliveryId } from '../../src/orders/identity.ts'
import { eraseCustomers } from '../../src/worker/erasures.ts'
import { startWorker } from '../../src/worker/index.ts'
import { makeWorld } from '../../tools/simulator/foodics/world.ts'
import { findPerson, findPersonIn, type Person } from '../support/find-person.ts'
import { openPair, type Pair } from '../support/foodics-pair.ts'
import { assertProven } from '../support/ledger.ts'

const LATIN = 'Zebulon Quixwood'
const ARABIC = 'زبرجد القحطبوشي'
const EMAIL = 'zq.unusual+loyal@example.com'
const PHONE = '551239876'
const OLD_PHONE = '559871234'
const TWIN_PHONE = '556543217'
const PERSON: Person = { names: [LATIN, ARABIC], phones: [PHONE, OLD_PHONE, TWIN_PHONE], emails: [EMAIL] }

type Json = Record<string, unknown>

interface Life extends Pair {
  customerId: string
  /** Every body that the POS sent of the person, to be sent again. */
  sent: { body: Json; pos: 'foodics' | 'standard' }[]
}

test('erased, a customer is found in no table, archive record or log, and nothing brings them back', async (t) => {
  const life = await live(t)
  const { app, send, get, customerId } = life
  const { db } = app.ctx
  await assertProven(db, app.business)
  const before = await findPerson(db, PERSON)
  for (const place of EXPECTED)
    assert(
      before.some((one) => one.startsWith(place)),
      `${place} in ${before.join('\n')}`,
    )
  await assertExported(life)

  const preview = await get(`/customers/${customerId}/erasure`)
  assert.deepEqual([preview.status, preview.body.merged, preview.body.phones, preview.body.claims], [200, 1, 3, 1])
  const erased = await send('DELETE', `/customers/${customerId}`)
  assert.deepEqual([erased.status, erased.body.status], [202, 'searching'])
  assert.deepEqual(erased.body.ended, { ...pick(preview.body), balances: erased.body.ended.balances })
  assert(erased.body.ended.balances.length >= 3)
  await assertProven(db, app.business)
  for (const phone of [PHONE, OLD_PHONE, TWIN_PHONE]) {
    assert.deepEqual((await get(`/customers?phone=0${phone}`)).body.data, [])
  }

  assert.deepEqual(await eraseCustomers(app.ctx), { done: 1, failed: 0 })
  await assertGone(life)
  assert.equal((await get(`/erasures/${erased.body.id}`)).body.status, 'completed')

  await t.test('what is sent again is answered and stored without the customer', async () => {
    for (const { body, pos } of life.sent) {
      const answer = await app.post(body, { pos })
      assert.equal(answer.status, 200, JSON.stringify(answer.body))
      assert.equal(answer.body.customer, null)
      assert.deepEqual(answer.body.balances, [])
    }
    await assertGone(life)
  })

  await t.test('corrections, voids, returns and an import of old orders bring nobody back', async () => {
    for (const body of later(life)) {
      const answer = await app.post(body)
      assert.equal(answer.status, 200, JSON.stringify(answer.body))
      assert.deepEqual([answer.body.customer, answer.body.movements], [null, []])
    }
    await send('POST', '/pos-accounts/foodics/backfill', { from: '2020-01-01' })
    await life.minutes(10)
    await assertGone(life)
  })

  await t.test('the id answers 410, and the erasure is the same when it is asked for again', async () => {
    const answers = await Promise.all([
      get(`/customers/${customerId}`),
      get(`/customers/${customerId}/export`),
      send('PATCH', `/customers/${customerId}`, { name: 'Back' }),
      send('POST', `/customers/${customerId}/adjustments`, { program_id: points(life), units: 1, reason: 'Back' }),
    ])
    assert.deepEqual(
      answers.map(({ status }) => status),
      [410, 410, 404, 410],
    )
    const again = await send('DELETE', `/customers/${customerId}`)
    assert.deepEqual([again.status, again.body.id], [202, erased.body.id])
    const retried = await app.call({
      method: 'POST',
      path: '/api/v1/customers',
      bearer: app.business.apiKey,
      headers: { 'idempotency-key': 'create-twin' },
      body: { phone: `0${TWIN_PHONE}`, name: ARABIC },
    })
    assert.deepEqual([retried.status, retried.body.code], [410, 'customer_erased'])
    await assertGone(life)
  })

  await t.test('a later order with the number is a new customer with a balance of their own', async () => {
    const order = standardBody({
      id: 'much-later',
      business: { reference: '440810' },
      timestamp: 1780304400,
      order: { customer: { id: 'new', name: LATIN, dial_code: 966, phone: `0${PHONE}` } },
    })
    const answer = await app.post(order, { pos: 'standard' })
    assert.equal(answer.body.result, 'processed')
    assert.notEqual(answer.body.customer.id, customerId)
    assert.equal(answer.body.customer.phone, `+966${PHONE}`)
    // Erasing somebody else leaves the returned customer alone.
    const other = await send('POST', '/customers', { phone: '0500000077' })
    await send('DELETE', `/customers/${other.body.id}`)
    await eraseCustomers(app.ctx)
    assert.equal((await get(`/customers/${answer.body.customer.id}`)).body.name, LATIN)
    await assertProven(db, app.business)
  })
})

/** Without these the test would prove nothing. */
const EXPECTED = [
  'public.customers',
  'public.former_phones',
  'public.merged_customers',
  'public.customer_notes',
  'public.transfers',
  'public.claims',
  'public.events',
  'public.idempotency_keys',
  'public.deliveries',
  'records of deliveries',
  'unmatched deliveries',
]

async function assertGone({ app }: Life): Promise<void> {
  assert.deepEqual(await findPerson(app.ctx.db, PERSON), [])
  assert.deepEqual(findPersonIn(app.logLines, PERSON), [])
  await assertProven(app.ctx.db, app.business)
}

function pick({ orders, claims, subscriptions, cards }: Json): Json {
  return { orders, claims, subscriptions, cards }
}

function points({ app }: Pick<Pair, 'app'>): string {
  return formatId('program', app.business.programs.points)
}

/** Plays everything that writes something of a customer. */
async function live(t: TestContext): Promise<Life> {
  const world = makeWorld({ orders: 30 })
  const pair = await openPair(t, { world })
  const { app, minutes, clock } = pair
  const { businessId } = app.business
  // The tables of the job queue belong to the database as well.
  const worker = await startWorker(app.ctx, app.ctx.config.databaseUrl as string)
  await worker.stop()
  await app.ctx.db.transaction((tx) => registerReader(tx, { businessId, reader: 'test' }))
  const sent: Life['sent'] = []
  const post = async (body: Json, pos: 'foodics' | 'standard' = 'foodics') => {
    sent.push({ body, pos })
    const answer = await app.post(body, { pos })
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    return answer.body
  }
  const first = await post(foodics('sale-1', { name: LATIN }))
  const customerId: string = first.customer.id
  await post(foodics('sale-2', { name: ARABIC, email: EMAIL, birth_date: '1990-05-17' }))
  await post({ ...foodics('sale-3', { name: LATIN }), event: 'order.created' })
  await post(foodics('sale-3', { name: LATIN }, { customer_notes: `${ARABIC}, call 055 123-9876 at the door` }))
  await post(foodics('return-1', { name: LATIN }, { status: 5, original_order: { id: 'sale-1' } }))
  await post(foodics('return-of-unknown', { name: LATIN }, { status: 5, original_order: { id: 'never-seen' } }))
  await post(standard('std-1'), 'standard')
  await post(standard('std-2', { status: 'Void' }), 'standard')
  // An order that was theirs and is somebody else's now; and one that only mentions them.
  await post(foodics('corrected', { name: LATIN }))
  await app.post(foodics('corrected', SOMEBODY, { updated_at: '2026-01-02 15:07:05' }))
  await app.post(foodics('mention', SOMEBODY, { kitchen_notes: `for ${LATIN}, ٠٥٥١٢٣٩٨٧٦, ${EMAIL.toUpperCase()}` }))
  await app.post({ ...foodics('event', { name: LATIN }), event: 'customer.order.something' })
  await storeFailures(pair)
  await byHand(pair, customerId)
  await minutes(10)
  clock.advance(60_000)
  return { ...pair, customerId, sent }
}

const SOMEBODY = { name: 'Sample Somebody', phone: '0501112223', email: null }

/** What could not be processed, and what waits for its business. */
async function storeFailures({ app, clock }: Pair): Promise<void> {
  const { businessId } = app.business
  const error = new Error(`could not store "${LATIN}" with +966${PHONE}`)
  for (const id of ['failed-1', 'failed-2']) {
    const body = Buffer.from(JSON.stringify(foodics(id, { name: LATIN })))
    const common = { id: deliveryId('foodics', '440810', clock.now(), body), posName: 'foodics', adapter: 'foodics' }
    const at = { body, receivedAt: clock.now() }
    if (id === 'failed-1') {
      const parsed = { kind: 'ignored', reason: 'test' } as const
      await quarantine(app.ctx.db, { ...common, ...at, businessId, event: null, parsed }, error, clock.now())
    } else await storeUnmatched(app.ctx.db, { ...common, ...at, reference: '440810' })
  }
}

/** What staff and the customer do. */
async function byHand({ app, send, clock }: Pair, customerId: string): Promise<void> {
  const call = (method: string, path: string, body: Json, key: string) =>
    app.call({
      method,
      path: `/api/v1${path}`,
      bearer: app.business.apiKey,
      headers: { 'idempotency-key': key },
      body,
    })
  const done = async (answer: Promise<{ status: number; body: unknown }>) => {
    const { status, body } = await answer
    assert(status < 300, JSON.stringify(body))
    return body as Json
  }
  const path = `/customers/${customerId}`
  await done(call('PATCH', path, { name: ARABIC, email: EMAIL }, 'patch'))
  await done(call('POST', `${path}/notes`, { text: `${LATIN} prefers the corner table` }, 'note'))
  await done(send('POST', `${path}/phone`, { phone: `0${OLD_PHONE}`, reason: `${LATIN} has a new number` }))
  await done(send('POST', `${path}/phone`, { phone: `+966${PHONE}`, reason: `${LATIN} is back to the old one` }))
  const twin = await done(call('POST', '/customers', { phone: `0${TWIN_PHONE}`, name: ARABIC }, 'create-twin'))
  const adjustment = { program_id: points({ app }), units: 500, reason: `Apology to ${ARABIC} (0${PHONE})` }
  await done(call('POST', `/customers/${twin.id}/adjustments`, adjustment, 'adjust'))
  await done(send('POST', `/customers/${twin.id}/merge`, { into: customerId, reason: `Both are ${LATIN}` }))
  await done(send('POST', `${path}/one-time-passwords`))
  await done(send('GET', `${path}/card`))
  await done(
    send('POST', `${path}/subscriptions`, { program_id: formatId('program', app.business.programs.subscription) }),
  )
  const reward = { reward_id: formatId('reward', app.business.rewards.coffee) }
  const claims = []
  for (let n = 0; n < 3; n++) claims.push(await done(send('POST', `${path}/claims`, { ...reward, valid_minutes: 60 })))
  const [used, returned] = claims
  for (const [claim, order] of [
    [used, 'sale-3'],
    [returned, 'order-that-never-came'],
  ] as const) {
    const redeemed = await app.call({
      method: 'POST',
      path: '/pos/1.0.0/foodics/redeem',
      bearer: app.tokens.foodics,
      body: { ...TILL, reward_code: claim?.code, order_id: order, discount_amount: 0 },
    })
    assert.equal(redeemed.status, 200, JSON.stringify(redeemed.body))
  }
  const guess = { ...TILL, reward_code: '12345678', order_id: 'x', discount_amount: 1 }
  await app.call({ method: 'POST', path: '/pos/1.0.0/foodics/redeem', bearer: app.tokens.foodics, body: guess })
  await done(call('POST', `/claims/${returned?.id}/return`, { reason: `${LATIN} did not get it` }, 'return'))
  clock.advance(1_000)
}

const TILL = { business_reference: '440810', customer_mobile_number: PHONE, mobile_country_code: 966 }

function foodics(id: string, customer: Json, order: Json = {}): Json {
  const person = {
    id: 'pos-customer-0f3a9c51e7',
    dial_code: 966,
    phone: `0${PHONE}`,
    email: null,
    gender: 1,
    birth_date: null,
    is_blacklisted: false,
    ...customer,
  }
  const at = '2026-01-01 15:06:16'
  return {
    timestamp: 1767279976,
    event: 'order.updated',
    business: { name: 'Sample Merchant 440810', reference: 440810 },
    order: {
      id,
      reference: id,
      status: 4,
      type: 2,
      source: 1,
      subtotal_price: 24,
      discount_amount: 0,
      rounding_amount: 0,
      total_price: 24,
      business_date: '2026-01-01',
      opened_at: at,
      closed_at: at,
      created_at: at,
      updated_at: at,
      customer: person,
      customer_address: { name: LATIN, description: `Villa of ${LATIN}`, latitude: '24.7', longitude: '46.6' },
      branch: { id: 'branch-1', name: 'Sample Branch', reference: 'B01' },
      products: [
        {
          quantity: 2,
          unit_price: 12,
          total_price: 24,
          status: order.status === 5 ? 6 : 3,
          product: { id: 'latte', name: 'Latte', sku: 'sk-1', category: { id: '_7ad32937', name: 'Hot drinks' } },
        },
      ],
      payments: [{ amount: order.status === 5 ? -24 : 24, payment_method: { type: 1, name: 'Cash' } }],
      charges: [],
      combos: [],
      ...order,
    },
  }
}

function standard(id: string, spec: Json = {}): Json {
  return standardBody({
    id,
    business: { reference: '440810' },
    timestamp: 1767279976,
    ...spec,
    order: {
      updated_at: '2026-01-01T15:06:16Z',
      business_date: '2026-01-01',
      customer: { id: 'c-1', name: ARABIC, dial_code: '+966', phone: `00966${PHONE}`, email: EMAIL },
      note: `Table of ${LATIN}`,
    },
  }) as Json
}

/** What the POS sends of old orders afterwards. */
function later(_life: Life): Json[] {
  const again = { updated_at: '2026-03-03 10:00:00' }
  return [
    foodics('sale-1', { name: ARABIC }, { ...again, total_price: 24 }),
    foodics('sale-2', { name: LATIN, email: EMAIL }, { ...again, status: 7 }),
    foodics('return-2', { name: LATIN }, { ...again, status: 5, original_order: { id: 'sale-3' } }),
    foodics('return-of-unknown', { name: LATIN }, { ...again, status: 5, original_order: { id: 'never-seen' } }),
  ]
}

async function assertExported({ get, customerId, app }: Life): Promise<void> {
  const { status, body } = await get(`/customers/${customerId}/export`)
  assert.equal(status, 200, JSON.stringify(body))
  assert.equal(body.complete, true)
  assert.deepEqual([body.customer.phone, body.customer.name], [`+966${PHONE}`, ARABIC])
  assert.equal(body.merged_customers[0].phone, `+966${TWIN_PHONE}`)
  assert.equal(body.notes.length, 1)
  assert.equal(body.claims.length, 3)
  const movements = await app.ctx.db.query<{ n: number }>(
    `select count(*)::int as n from transfers where business_id = $1 and (customer_id = $2 or customer_id in
       (select id from merged_customers where business_id = $1 and into_id = $2))`,
    [app.business.businessId, parseId('customer', customerId)],
  )
  assert.equal(body.movements.length, movements[0]?.n)
  const sale = body.orders.find((one: Json) => one.pos_order_id === 'sale-3')
  assert.equal(sale.deliveries.length, 2)
  assert(JSON.stringify(sale.deliveries).includes('call 055 123-9876'), 'what was sent, as it was sent')
}
