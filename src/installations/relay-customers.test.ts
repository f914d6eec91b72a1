// Consent and customers over real HTTP: who may connect, which customers the POS gets, and an
// unavailable POS that blocks nothing.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browse, openPair } from '../../test/support/foodics-pair.ts'
import { foodicsBody } from '../integrations/foodics/fixtures/body.ts'
import { openSession, type Session } from './session.ts'

const byPhone = (customers: { phone: string }[], phone: string) => customers.find((one) => one.phone === phone)

test('a consent connects the account under the reference that the POS states; a state works once', async (t) => {
  const { app, get, send, consent, foodics, account } = await openPair(t, { connected: false })
  assert.equal((await get('/pos-accounts/foodics')).status, 404)
  const asked = await send('POST', '/pos-accounts/foodics/consent')
  const page = await browse(asked.body.url)
  assert.equal(page.status, 200)
  assert.match(page.text, /Sample Merchant 440810 \(440810\) is now connected to Sample North Coffee/)
  assert.deepEqual(
    [(await account()).status, (await account()).reference, (await account()).name],
    ['connected', '440810', 'Sample Merchant 440810'],
  )
  const tokens = await app.ctx.db.query<{ row: string }>('select t::text as row from installations t')
  assert(!JSON.stringify(tokens).includes(Buffer.from('eyJ0eXAi').toString('hex')), 'tokens are sealed')

  const state = new URL(asked.body.url).searchParams.get('state') ?? ''
  const come = (query: string) => app.call({ path: `/consent/foodics?${query}` })
  assert.equal((await come(`code=x&state=${state}`)).status, 400, 'a used state')
  assert.equal((await come(`code=x&state=${state.slice(0, -2)}AA`)).status, 400, 'a forged state')
  assert.equal((await come('code=x')).status, 400)

  foodics.faults.merchantDenies = true
  const denied = await consent()
  assert.deepEqual([denied.status, /did not give consent/.test(denied.text)], [400, true])
})

test('a state expires; a reference of another business stays with it', async (t) => {
  const { app, send, clock, account } = await openPair(t, { connected: false })
  const late = await send('POST', '/pos-accounts/foodics/consent')
  clock.advance(15 * 60_000)
  assert.equal((await browse(late.body.url)).status, 400)

  const other = await app.newBusiness('other')
  const asked = await app.call({ method: 'POST', path: '/api/v1/pos-accounts/foodics/consent', bearer: other.apiKey })
  assert.equal((await browse(asked.body.url)).status, 409)
  assert.equal((await account()).code, 'not_found')
})

test('a POS that LoyaPro cannot call and one that does not exist get different responses', async (t) => {
  const { send } = await openPair(t, { connected: false })
  assert.equal((await send('POST', '/pos-accounts/standard/consent')).body.code, 'pos_not_callable')
  assert.equal((await send('POST', '/pos-accounts/nowhere/consent')).status, 404)
  assert.equal((await send('POST', '/pos-accounts/foodics/sync')).status, 404)
})

test('a new customer and a change are sent to the POS, and unknown fields are never erased there', async (t) => {
  const { send, minute, foodics, account } = await openPair(t)
  const made = await send('POST', '/customers', { phone: '0555000001', name: 'Sample Guest' })
  assert.equal((await account()).customers_waiting, 1)
  await minute()
  const there = byPhone(foodics.world.customers, '555000001')
  assert.partialDeepStrictEqual(there, { name: 'Sample Guest', dial_code: 966, email: null })
  await send('PATCH', `/customers/${made.body.id}`, { name: 'Renamed Guest', email: 'guest@example.com' })
  await send('PATCH', `/customers/${made.body.id}`, { email: null, gender: 'female' })
  await minute()
  assert.partialDeepStrictEqual(there, { name: 'Renamed Guest', gender: 2 })
  assert.equal(foodics.calls.filter((call) => call.startsWith('POST /v5/customers')).length, 1)
  assert.equal((await account()).customers_waiting, 0)
  const bare = await send('POST', '/customers', { phone: '0555000002' })
  await minute()
  assert.equal(byPhone(foodics.world.customers, '555000002')?.phone, '555000002', bare.body.id)
})

test('a phone that the POS knows is linked, not duplicated: empty fields are filled, and a change overwrites', async (t) => {
  const { send, minute, foodics } = await openPair(t)
  const known = byPhone(foodics.world.customers, '500000001')
  const made = await send('POST', '/customers', { phone: '0500000001', name: 'Other', email: 'one@example.com' })
  await minute()
  assert.partialDeepStrictEqual(known, { name: 'Sample Customer 1', email: 'one@example.com' })
  await send('PATCH', `/customers/${made.body.id}`, { name: 'Chosen' })
  await minute()
  assert.partialDeepStrictEqual(known, { name: 'Chosen' })
  assert.equal(foodics.world.customers.length, 20)
})

test('the ID from an order is used, and a customer whose ID the POS deleted is found again', async (t) => {
  const { app, send, minute, minutes, foodics } = await openPair(t)
  await minutes(5)
  const known = byPhone(foodics.world.customers, '500000002')
  const order = foodicsBody({ customer: { number: 2 } })
  const answer = await app.post(order)
  const before = foodics.calls.length
  await send('PATCH', `/customers/${answer.body.customer.id}`, { name: 'Known by order' })
  await minute()
  assert.deepEqual(foodics.calls.slice(before), [`PUT /v5/customers/${order.order.customer?.id}`])
  foodics.world.customers.splice(foodics.world.customers.indexOf(known as never), 1)
  await send('PATCH', `/customers/${answer.body.customer.id}`, { name: 'Made again' })
  await minute()
  assert.partialDeepStrictEqual(byPhone(foodics.world.customers, '500000002'), { name: 'Made again' })
})

test('while the POS is down nothing waits for it: customers are created, orders earn; afterwards all are sent', async (t) => {
  const { app, send, minute, minutes, foodics, account, clock } = await openPair(t)
  await minutes(5)
  foodics.faults.serverErrors = Number.POSITIVE_INFINITY
  for (let number = 1; number <= 8; number++) {
    assert.equal(
      (await send('POST', '/customers', { phone: `055500001${number}`, name: `Guest ${number}` })).status,
      201,
    )
  }
  assert.equal((await app.post(foodicsBody())).body.result, 'processed')
  const before = foodics.calls.length
  await minute()
  assert.equal(foodics.calls.length - before, 3, 'three failures are a POS that is down')
  assert.match((await account()).problem, /HTTP 500/)
  const pauses = []
  for (let round = 0; round < 3; round++) {
    const until = Date.parse((await account()).paused_until)
    pauses.push((until - clock.now()) / 60_000)
    clock.set(until)
    await minute()
  }
  assert.deepEqual(pauses, [1, 2, 4], 'ever longer, one probe each time')
  assert.equal(foodics.calls.length - before, 6)
  foodics.faults.serverErrors = 0
  clock.advance(3_600_000)
  await minutes(5)
  assert.equal(foodics.world.customers.length, 28)
  assert.deepEqual([(await account()).problem, (await account()).customers_waiting], [null, 0])
})

test('a customer that the POS refuses does not block the others; a sync sends it again', async (t) => {
  const { app, send, minute, foodics, account } = await openPair(t)
  const bad = await send('POST', '/customers', { phone: '0555000021', name: 'Sample Refused' })
  await app.ctx.db.query(`update customers set email = 'none' where phone = '+966555000021'`)
  await send('POST', '/customers', { phone: '0555000022', name: 'Sample Good' })
  await minute()
  assert(byPhone(foodics.world.customers, '555000022'))
  assert.deepEqual([(await account()).customers_refused, (await account()).customers_waiting], [1, 0])
  await app.ctx.db.query(`update customers set email = null where phone = '+966555000021'`)
  assert.equal((await send('POST', '/pos-accounts/foodics/sync')).status, 202)
  await minute()
  assert(byPhone(foodics.world.customers, '555000021'), bad.body.id)
})

test('after 429 LoyaPro waits as long as the POS says, and causes no block', async (t) => {
  const { send, minutes, minute, foodics, account, clock } = await openPair(t)
  await minutes(5)
  foodics.faults.tooMany = { calls: 3, retryAfterS: 120 }
  await send('POST', '/customers', { phone: '0555000031' })
  const before = foodics.calls.length
  for (let round = 0; round < 6; round++) await minute()
  assert.equal(foodics.calls.length - before, 3, 'one call every two minutes')
  assert.equal(Date.parse((await account()).paused_until) - clock.now(), 60_000)
  await minute()
  assert(byPhone(foodics.world.customers, '555000031'))
})

test('a call to a POS that does not respond times out', async (t) => {
  const { send, minutes, minute, foodics, clock, account } = await openPair(t, { posTimeoutMs: 300 })
  await minutes(5)
  foodics.faults.silences = 1
  await send('POST', '/customers', { phone: '0555000041' })
  assert.deepEqual(await minute(), { done: 0, failed: 1 })
  clock.advance(60_000)
  await minute()
  assert(byPhone(foodics.world.customers, '555000041'), JSON.stringify(await account()))
})

test('a revoked token is used once and shown; a new consent continues the work', async (t) => {
  const { send, minutes, minute, foodics, account, consent } = await openPair(t)
  await minutes(5)
  foodics.consents.revokeAll()
  await send('POST', '/customers', { phone: '0555000051' })
  const before = foodics.calls.length
  for (let round = 0; round < 3; round++) await minute()
  assert.equal(foodics.calls.length - before, 1)
  assert.deepEqual([(await account()).status, (await account()).customers_waiting], ['needs_consent', 1])
  assert.equal((await send('POST', '/pos-accounts/foodics/sync')).body.code, 'consent_needed')
  await consent()
  await minute()
  assert.deepEqual([(await account()).status, (await account()).customers_waiting], ['connected', 0])
})

test('a token is refreshed before it expires', async (t) => {
  const { send, minutes, minute, foodics, clock, account } = await openPair(t, { tokenExpiresIn: 3_600 })
  await minutes(5)
  clock.advance(3_600_000)
  await send('POST', '/customers', { phone: '0555000061' })
  await minute()
  assert(byPhone(foodics.world.customers, '555000061'))
  assert.equal((await account()).status, 'connected')
  assert.equal(foodics.calls.filter((call) => call === 'POST /oauth/token').length, 2)
})

test('customers unknown to a POS are sent when it is connected, and none after it is disconnected', async (t) => {
  const { send, minute, consent, foodics, get } = await openPair(t, { connected: false })
  await send('POST', '/customers', { phone: '0555000071', name: 'Early Guest' })
  await consent()
  await minute()
  assert(byPhone(foodics.world.customers, '555000071'))
  assert.equal((await send('DELETE', '/pos-accounts/foodics')).status, 204)
  const before = foodics.calls.length
  await send('POST', '/customers', { phone: '0555000072' })
  await minute()
  assert.equal(foodics.calls.length, before)
  assert.deepEqual((await get('/products')).body.data, [])
})

test('two processes that refresh a token at once, which the POS accepts only once, keep the installation', async (t) => {
  const { app, foodics, clock, account } = await openPair(t, { tokenExpiresIn: 3_600 })
  clock.advance(3_590_000)
  const before = foodics.calls.filter((call) => call.includes('/oauth/token')).length
  const session = () => {
    const connector = app.ctx.posClients.of('foodics')
    assert(connector)
    const facts = { reference: '440810', name: null }
    return openSession(app.ctx, { businessId: app.business.businessId, posName: 'foodics', facts }, connector)
  }
  const call = (one: Session) => one.call((token) => one.pos.account(token))
  const outcomes = await Promise.all([session(), session(), session()].map(call))
  assert.equal(outcomes.filter(({ kind }) => kind === 'ok').length >= 1, true, JSON.stringify(outcomes))
  assert(outcomes.every(({ kind }) => kind === 'ok' || kind === 'stop'))
  assert.equal((await account()).status, 'connected')
  assert.equal(foodics.calls.filter((one) => one.includes('/oauth/token')).length - before, 1, 'refreshed once')
  for (const one of [session(), session()]) assert.equal((await call(one)).kind, 'ok')
})

test('a consent asks for confirmation and is finished in the browser that confirmed it, and in no other', async (t) => {
  const { app, send, account } = await openPair(t, { connected: false })
  const { url } = (await send('POST', '/pos-accounts/foodics/consent')).body
  assert(url.startsWith(`${app.url}/consent/foodics/start?state=`), 'a page of LoyaPro, not of the POS')
  const asked = await fetch(url)
  const text = await asked.text()
  assert.match(text, /Sample North Coffee asks to connect your foodics account/)
  const cookie = asked.headers.get('set-cookie') ?? ''
  assert.match(cookie, /; HttpOnly; SameSite=Lax/)
  const [, link = ''] = /href="([^"]+)"/.exec(text) ?? []
  const own = { cookie: cookie.split(';')[0] ?? '' }
  const other = { cookie: `loyapro_consent=${'x'.repeat(43)}` }
  const go = (to: string, headers: Record<string, string> = {}) => fetch(to, { redirect: 'manual', headers })
  // A link that skips the confirmation, and the link of another browser, do not work.
  assert.equal((await go(link)).status, 400)
  assert.equal((await go(link, other)).status, 400)
  const confirmed = await go(link, own)
  assert.equal(confirmed.status, 303)
  const back = (await go(confirmed.headers.get('location') ?? '')).headers.get('location') ?? ''
  assert(back.startsWith(`${app.url}/consent/foodics?`))
  assert.equal((await go(back)).status, 400, 'without the cookie')
  assert.equal((await go(back, other)).status, 400, 'in another browser')
  assert.equal((await account()).code, 'not_found')
  assert.equal((await go(back, own)).status, 200, 'what came from elsewhere has not spent it')
  assert.equal((await account()).status, 'connected')
})

test('without LOYAPRO_PUBLIC_URL there is no consent, whatever the Host header says', async (t) => {
  const { app } = await openPair(t, { connected: false })
  const ask = () =>
    app.call({
      method: 'POST',
      path: '/api/v1/pos-accounts/foodics/consent',
      bearer: app.business.apiKey,
      headers: { 'x-forwarded-host': 'evil.example' },
    })
  assert((await ask()).body.url.startsWith(app.url))
  Reflect.deleteProperty(app.ctx.config, 'publicUrl')
  const refused = await ask()
  assert.deepEqual([refused.status, refused.body.code], [409, 'pos_not_callable'])
})
