// Connecting a reference of a POS, over real HTTP: only with proof; before that nothing is shown or
// applied.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connect } from '../../src/businesses/connections.ts'
import { foodicsBody } from '../../src/integrations/foodics/fixtures/body.ts'
import { standardBody } from '../../src/integrations/standard/fixtures/body.ts'
import { ManualClock } from '../../src/kernel/clock.ts'
import { applyUnmatched, purgeUnmatched } from '../../src/worker/deliveries.ts'
import { callerOf } from '../support/api.ts'
import { testApp } from '../support/app.ts'
import { assertProven } from '../support/ledger.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const clock = new ManualClock('2026-03-01T12:00:00Z')
const app = await testApp(undefined, { clock })
const { ctx } = app

let businesses = 0
async function newcomer() {
  businesses += 1
  const business = await app.newBusiness(`newcomer-${businesses}`)
  return { business, ...callerOf(app, business) }
}

/** An order of a shop that no business has connected, from the POS `standard`. */
function order(reference: string | number, id: string, product: object = {}) {
  const { order: sent, ...envelope } = standardBody({ id, business: { reference: reference as string } })
  const products = sent.products.map((line: object) => ({ ...line, ...product }))
  return app.post({ ...envelope, order: { ...sent, products } }, { pos: 'standard' })
}

async function waiting(key: string): Promise<number> {
  const rows = await ctx.db.query('select id from unmatched_deliveries where reference_key = $1', [key])
  return rows.length
}

async function ordersOf({ get }: Awaited<ReturnType<typeof newcomer>>): Promise<number> {
  return (await get('/orders')).body.data.length
}

test("a tenant's key cannot take over the reference of a merchant who is not connected", async () => {
  const attacker = await newcomer()
  const sent = await order('victim-1', 'v-1')
  assert.deepEqual([sent.status, sent.body.result], [202, 'unmatched'])
  const refused = await attacker.send('POST', '/connections', { pos: 'standard', reference: 'victim-1' })
  assert.deepEqual([refused.status, refused.body.code], [409, 'reference_unproven'])
  await applyUnmatched(ctx)
  assert.equal(await waiting('victim-1'), 1, 'nothing is applied before proof')
  assert.equal(await ordersOf(attacker), 0)
  assert.deepEqual((await attacker.get('/customers?phone=0500000001')).body.data, [])
  assert.deepEqual((await attacker.get('/deliveries')).body.data, [])
})

test('a free reference, one of another business and an unknown one get the same response', async () => {
  const caller = await newcomer()
  await order('waiting-2', 'w-2')
  const answers = []
  for (const reference of ['440810', '0440810', 'waiting-2', 'never-heard-of']) {
    const { status, body } = await caller.send('POST', '/connections', { pos: 'standard', reference })
    const { request_id: _, instance: __, ...rest } = body
    answers.push([status, rest])
  }
  assert.deepEqual(answers[0]?.[0], 409)
  for (const answer of answers) assert.deepEqual(answer, answers[0])
})

test('a connection code in the name of a product connects the shop, applies the waiting orders, and works once', async () => {
  const shop = await newcomer()
  await order('code-shop', 'early')
  const made = await shop.send('POST', '/connection-codes', { pos: 'standard' })
  assert.equal(made.status, 201)
  assert.match(made.body.code, /^LP-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
  const typed = ` connect ${made.body.code.toLowerCase().replaceAll('-', ' ')}!`
  const proving = await order('code-shop', 'proving', { name: typed })
  assert.deepEqual([proving.status, proving.body.result], [200, 'processed'])
  await applyUnmatched(ctx)
  assert.equal(await waiting('code-shop'), 0)
  assert.deepEqual(
    (await shop.get('/orders')).body.data.map((one: { pos_order_id: string }) => one.pos_order_id).sort(),
    ['early', 'proving'],
  )
  const [code] = (await shop.get('/connection-codes')).body.data
  assert.deepEqual(
    [code.pos, code.reference, code.used_at, 'code' in code],
    ['standard', 'code-shop', '2026-03-01T12:00:00.000Z', false],
  )
  // The code of the first shop connects no second one.
  const again = await order('second-shop', 'again', { name: made.body.code })
  assert.deepEqual([again.status, again.body.result], [202, 'unmatched'])
  await assertProven(ctx.db, shop.business)
})

test('when two shops send one code at once, one is connected', async () => {
  const shop = await newcomer()
  const { code } = (await shop.send('POST', '/connection-codes', { pos: 'standard' })).body
  const answers = await Promise.all(
    ['race-1', 'race-2'].map((reference) => order(reference, reference, { name: code })),
  )
  assert.deepEqual(answers.map(({ body }) => body.result).sort(), ['processed', 'unmatched'])
})

test('a code that a customer can write (in a name, a note or a coupon) proves nothing', async () => {
  const attacker = await newcomer()
  const { code } = (await attacker.send('POST', '/connection-codes', { pos: 'standard' })).body
  const body = standardBody({ id: 'dictated', business: { reference: 'victim-3' } })
  Object.assign(body.order, {
    customer: { ...body.order.customer, name: code },
    customer_notes: code,
    notes: code,
    discounts: [{ amount: 0, reason: 'Coupon', code }],
  })
  const sent = await app.post(body, { pos: 'standard' })
  assert.deepEqual([sent.status, sent.body.result], [202, 'unmatched'])
  assert.equal(await ordersOf(attacker), 0)
})

test('a code is valid for one POS, for 24 hours, and until the next one is created', async () => {
  const shop = await newcomer()
  const create = async (pos = 'standard') => (await shop.send('POST', '/connection-codes', { pos })).body.code
  const first = await create()
  const second = await create()
  const foodics = await create('foodics')
  assert.equal((await order('late-shop', 'l-1', { name: first })).body.result, 'unmatched')
  assert.equal((await order('late-shop', 'l-2', { name: foodics })).body.result, 'unmatched')
  clock.advance(24 * HOUR)
  assert.equal((await order('late-shop', 'l-3', { name: second })).body.result, 'unmatched')
  const third = await create()
  clock.advance(24 * HOUR - 1)
  assert.equal((await order('late-shop', 'l-4', { name: third })).body.result, 'processed')
})

test('a code does not move a reference that is connected', async () => {
  const attacker = await newcomer()
  const { code } = (await attacker.send('POST', '/connection-codes', { pos: 'standard' })).body
  assert.equal((await order('440810', 'mine', { name: code })).body.result, 'processed')
  assert.equal(await ordersOf(attacker), 0)
  const call = await app.call({
    method: 'POST',
    path: '/pos/1.0.0/standard/connect',
    bearer: app.tokens.standard,
    body: { business_reference: '440810', connection_code: code },
  })
  assert.deepEqual([call.status, call.body.code], [404, 'connection_code_invalid'])
})

test('a POS with a field for the code connects with a separate request, which it can repeat', async () => {
  const shop = await newcomer()
  await order('00777', 'before')
  const { code } = (await shop.send('POST', '/connection-codes', { pos: 'standard' })).body
  const call = (connection_code: unknown, business_reference: unknown = '00777') =>
    app.call({
      method: 'POST',
      path: '/pos/1.0.0/standard/connect',
      bearer: app.tokens.standard,
      body: { business_reference, connection_code },
    })
  for (let n = 0; n < 2; n++) {
    const { status, body } = await call(code)
    assert.deepEqual(
      [status, body],
      [
        200,
        {
          status: 'connected',
          business_reference: '00777',
          business: { name: { en: 'Sample North Coffee', ar: 'نورث كوفي (تجريبي)' } },
        },
      ],
    )
  }
  assert.equal(await ordersOf(shop), 1, 'what waited is applied')
  assert.equal((await call(code, '778')).status, 404, 'used')
  assert.equal((await call(undefined)).body.errors[0].pointer, '/connection_code')
  assert.equal((await call(code, {})).body.errors[0].pointer, '/business_reference')
})

test('after ten wrong connection codes for a reference, the right one is refused as well for ten minutes', async () => {
  const shop = await newcomer()
  clock.advance(HOUR)
  const { code } = (await shop.send('POST', '/connection-codes', { pos: 'standard' })).body
  const wrong = `LP-0000-0000-0000`
  for (let n = 0; n < 10; n++) await order('guessed', `g-${n}`, { name: wrong })
  assert.equal((await order('guessed', 'g-right', { name: code })).body.result, 'unmatched')
  assert.equal((await order('another', 'g-other', { name: wrong })).body.result, 'unmatched', 'others are heard')
  clock.advance(10 * MINUTE)
  assert.equal((await order('guessed', 'g-later', { name: code })).body.result, 'processed')
  await purgeUnmatched({ ...ctx, clock: { now: () => clock.now() + 31 * 24 * HOUR } })
  for (const table of ['connection_codes', 'connection_attempts']) {
    assert.deepEqual(await ctx.db.query(`select * from ${table}`), [], `${table} are forgotten`)
  }
})

test('all spellings of a reference are equal: leading zeros, full-width digits, zero-width characters', async () => {
  const shop = await newcomer()
  const spellings = ['00292', '292', '２９２', '2\u200b92', '٢٩٢', 292]
  for (const [n, reference] of spellings.entries()) await order(reference, `spelling-${n}`)
  assert.equal(await waiting('292'), spellings.length)
  await ctx.db.write('system:test', (tx) =>
    connect(tx, { posName: 'standard', reference: '000292', businessId: shop.business.businessId }, clock),
  )
  await applyUnmatched(ctx)
  assert.equal(await ordersOf(shop), spellings.length)
  const rival = await newcomer()
  for (const reference of ['292', '٢٩٢']) {
    const other = { posName: 'standard', reference, businessId: rival.business.businessId }
    assert.equal((await ctx.db.write('system:test', (tx) => connect(tx, other, clock))).kind, 'reference_taken')
  }
  assert.deepEqual(
    (await shop.get('/connections')).body.data.map((one: { reference: string }) => one.reference).includes('000292'),
    true,
    'it is shown as it was written',
  )
  const asked = await app.call({
    method: 'POST',
    path: '/pos/1.0.0/standard/reward',
    bearer: app.tokens.standard,
    body: {
      business_reference: '00292',
      reward_code: '12345678',
      customer_mobile_number: '500000001',
      mobile_country_code: 966,
    },
  })
  assert.equal(asked.body.code, 'reward_not_found', 'the till finds the business')
})

test('a POS that a business registered serves that business alone', async () => {
  const owner = await newcomer()
  const rival = await newcomer()
  const { pos } = (await owner.send('POST', '/pos-systems', { title: 'Own POS' })).body
  const { token, id } = (await owner.send('POST', `/pos-systems/${pos}/tokens`, {})).body
  const send = (bearer: string) =>
    app.call({
      method: 'POST',
      path: `/pos/1.0.0/${pos}/order`,
      bearer,
      body: standardBody({ business: { reference: '1' } }),
    })
  assert.equal((await send(token)).body.result, 'unmatched')
  for (const path of ['/connections', '/connection-codes']) {
    const refused = await rival.send('POST', path, { pos, ...(path === '/connections' && { reference: '1' }) })
    assert.deepEqual([refused.status, refused.body.errors[0].pointer], [422, '/pos'], path)
  }
  assert.equal((await rival.send('POST', `/pos-systems/${pos}/tokens`, {})).status, 404)
  assert.equal((await owner.send('POST', '/connections', { pos, reference: '1' })).status, 201)
  assert.equal(await ordersOf(owner), 1)
  // The token is exchanged without a pause: both are valid for a day.
  const next = (await owner.send('POST', `/pos-systems/${pos}/tokens`, { replaces: id })).body
  for (const bearer of [token, next.token]) assert.equal((await send(bearer)).status, 200)
  clock.advance(24 * HOUR)
  assert.deepEqual([(await send(token)).status, (await send(next.token)).status], [401, 200])
  assert.equal((await owner.send('DELETE', `/pos-systems/${pos}/tokens/${next.id}`)).status, 204)
  assert.equal((await send(next.token)).status, 401)
  for (let n = 0; n < 2; n++) assert.equal((await owner.send('POST', '/pos-systems', { title: 'More' })).status, 201)
  assert.equal((await owner.send('POST', '/pos-systems', { title: 'A fourth' })).status, 409)
})

test('a code reaches the business through Foodics as well', async () => {
  const shop = await newcomer()
  const { code } = (await shop.send('POST', '/connection-codes', { pos: 'foodics' })).body
  const body = foodicsBody({ business: { reference: '990001' } })
  const text = JSON.stringify(body).replace(/"sku":("[^"]*"|null)/, `"sku":"${code}"`)
  assert(text.includes(code))
  assert.equal((await app.post(text)).body.result, 'processed')
})

test('a connection with a secret refuses a POS that does not send it; a new secret overlaps with the old one', async () => {
  const shop = await newcomer()
  const { reference } = shop.business
  const path = `/connections/standard/${reference}/secret`
  const send = async (secret: string | null, id = 'secret-1') => {
    const headers = secret === null ? {} : { 'loyapro-connection-secret': secret }
    const body = standardBody({ id, business: { reference } })
    const ask = { business_reference: reference, reward_code: '12345678', customer_mobile_number: '0500000001' }
    const [order, till] = await Promise.all([
      app.post(body, { pos: 'standard', headers }),
      app.call({
        method: 'POST',
        path: '/pos/1.0.0/standard/reward',
        bearer: app.tokens.standard,
        headers,
        body: { ...ask, mobile_country_code: 966 },
      }),
    ])
    return [order.status, till.status]
  }
  assert.deepEqual(await send(null), [200, 404], 'without a secret the token suffices')
  const first = (await shop.send('POST', path, {})).body
  assert.deepEqual([/^lps_/.test(first.secret), first.old_secret_valid_until], [true, null])
  clock.advance(6_000)
  for (const wrong of [null, 'lps_wrong', '']) assert.deepEqual(await send(wrong), [401, 401])
  assert.deepEqual(await send(first.secret), [200, 404])
  const second = (await shop.send('POST', path, { overlap_hours: 2 })).body
  assert.equal(second.old_secret_valid_until, new Date(clock.now() + 2 * HOUR).toISOString())
  for (const { secret } of [first, second]) assert.deepEqual(await send(secret), [200, 404], 'at once, and both')
  clock.advance(2 * HOUR)
  assert.deepEqual(
    [await send(first.secret), await send(second.secret)],
    [
      [401, 401],
      [200, 404],
    ],
  )
  const rows = await ctx.db.query<{ row: string }>('select c::text as row from pos_connections c')
  assert(!JSON.stringify(rows).includes(second.secret.slice(4)), 'only a hash is stored')
  assert.equal((await shop.send('DELETE', path)).status, 204)
  clock.advance(6_000)
  assert.deepEqual(await send(null), [200, 404])
})

test('the response to an unpaid order contains no balance', async () => {
  const shop = await newcomer()
  const { reference } = shop.business
  const send = (id: string, status: string) =>
    app.post(standardBody({ id, status, business: { reference } }), { pos: 'standard' })
  assert.equal((await send('paid', 'Paid')).body.balances.length > 0, true)
  for (const status of ['Initiated', 'Void']) {
    const { body } = await send(`probe-${status}`, status)
    assert.deepEqual([body.result, body.balances], ['processed', []], status)
  }
})
