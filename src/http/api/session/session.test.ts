// Sessions: signing in and out, how long a session lives, whom the cookie authenticates for which
// business, and requests that come from other websites.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerOf } from '../../../../test/support/api.ts'
import { testApp } from '../../../../test/support/app.ts'
import { createTestPerson, openBrowser, PASSWORD, signedIn } from '../../../../test/support/staff.ts'
import { ManualClock } from '../../../kernel/clock.ts'
import { formatId } from '../../../kernel/ids.ts'
import { createToken } from '../../../staff/tokens.ts'
import { purgeSessions } from '../../../worker/retention.ts'

const HOUR_MS = 3_600_000
const clock = new ManualClock('2026-03-01T12:00:00Z')
const app = await testApp(undefined, { clock })
const { business } = app
const biz = formatId('business', business.businessId)

test('an email address and a password start a session, which shows the person and what they can do', async () => {
  const person = await createTestPerson(app, { email: 'noura@example.com' })
  const browser = openBrowser(app)
  const answer = await browser.send('POST', '/session', { email: ' Noura@EXAMPLE.com', password: PASSWORD })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  const [cookie] = answer.headers.getSetCookie()
  assert.match(cookie ?? '', /^__Host-loyapro=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=2592000$/)
  assert(!JSON.stringify(answer.body).includes(cookie?.slice(15, 58) ?? 'token'), 'the token is in the cookie alone')
  const { second_factor_required, session } = answer.body
  assert.equal(second_factor_required, false)
  assert.deepEqual(session.person, {
    id: formatId('staff', person.id),
    name: 'Sample Person',
    email: 'noura@example.com',
    language: 'en',
    color_scheme: 'system',
    numerals: 'latin',
  })
  assert.equal(session.fresh_until, '2026-03-01T12:05:00.000Z')
  assert.equal(session.ends_at, '2026-03-31T12:00:00.000Z')
  assert.deepEqual(
    session.memberships.map(
      ({ business, role, branches }: { business: { id: string }; role: string; branches: null }) => [
        business.id,
        role,
        branches,
      ],
    ),
    [[biz, 'owner', null]],
  )
  assert.deepEqual((await browser.get('/session')).body, session)
})

test('an unknown address and a wrong password get the same answer', async () => {
  await createTestPerson(app, { email: 'known@example.com' })
  const answers = []
  for (const email of ['known@example.com', 'unknown@example.com', 'not an address']) {
    const { status, body, headers } = await openBrowser(app).send('POST', '/session', { email, password: 'wrong' })
    answers.push([status, { ...body, request_id: '' }, headers.getSetCookie()])
  }
  assert.deepEqual(answers[1], answers[0])
  assert.deepEqual(answers[2], answers[0])
  assert.equal(answers[0]?.[0], 401)
})

test('a password is the same in composed and decomposed letters', async () => {
  const person = await createTestPerson(app)
  const hash = await app.ctx.passwords.hash('caf\u00e9 au lait', 'test')
  await app.ctx.db.query('update staff set password_hash = $2 where id = $1', [person.id, hash])
  const answer = await openBrowser(app).send('POST', '/session', {
    email: person.email,
    password: 'cafe\u0301 au lait',
  })
  assert.equal(answer.status, 200)
})

test('signing in ends the former session of the browser, and signing out ends this one', async () => {
  const browser = await signedIn(app)
  const former = { ...browser }
  assert.equal(
    (await browser.send('POST', '/session', { email: browser.person.email, password: PASSWORD })).status,
    200,
  )
  assert.notEqual(browser.cookie, former.cookie)
  const old = openBrowser(app)
  old.cookie = former.cookie
  assert.equal((await old.get('/session')).status, 401)
  const copy = openBrowser(app)
  copy.cookie = browser.cookie
  const answer = await browser.send('DELETE', '/session')
  assert.equal(answer.status, 204)
  assert.match(answer.headers.getSetCookie()[0] ?? '', /^__Host-loyapro=; .*Max-Age=0$/)
  assert.equal((await copy.get('/session')).status, 401)
  assert.equal((await copy.get('/programs')).status, 401)
  assert.equal((await openBrowser(app).send('DELETE', '/session')).status, 204, 'without a session it does nothing')
})

test('a session lives for 12 hours without use, and for 30 days with it', async () => {
  const start = clock.now()
  const idle = await signedIn(app)
  const used = await signedIn(app)
  clock.advance(12 * HOUR_MS - 1)
  assert.equal((await used.get('/session')).status, 200)
  assert.equal((await idle.get('/session')).status, 200)
  for (let visits = 0; clock.now() + 11.9 * HOUR_MS < start + 30 * 24 * HOUR_MS; visits++) {
    clock.advance(11.9 * HOUR_MS)
    assert.equal((await used.get('/programs')).status, 200, `visit ${visits}`)
    if (visits === 1) assert.equal((await idle.get('/session')).status, 401)
  }
  clock.set(start + 30 * 24 * HOUR_MS)
  assert.equal((await used.get('/session')).status, 401)
})

test('a person works for the business that the request names, and only for their own', async () => {
  const other = await app.newBusiness('550921')
  const otherId = formatId('business', other.businessId)
  const browser = await signedIn(app)
  assert.equal((await browser.get('/business')).body.id, biz)
  const bare = openBrowser(app, null)
  bare.cookie = browser.cookie
  const nameless = await bare.get('/business')
  assert.deepEqual([nameless.status, nameless.body.errors[0].pointer], [422, '/loyapro-business'])
  assert.equal((await bare.get(`/business?business=${biz}`)).body.id, biz)
  assert.equal((await bare.get(`/customers?limit=1&business=${biz}`)).status, 200)
  for (const id of [otherId, 'biz_nothing', '']) {
    const answer = await bare.get('/business', { 'loyapro-business': id })
    assert.deepEqual([answer.status, answer.body.code], [404, 'not_found'], id)
  }
  // A person of two businesses switches between them.
  const both = await signedIn(app, {
    memberships: [
      { businessId: business.businessId, role: 'analyst' },
      { businessId: other.businessId, role: 'owner' },
    ],
  })
  assert.equal((await both.get('/keys')).status, 403)
  assert.equal((await both.get('/keys', { 'loyapro-business': otherId })).status, 200)
  assert.equal((await both.get('/session')).body.memberships.length, 2)
})

test('a key does not name a business, and wins over a cookie', async () => {
  const other = await app.newBusiness('550922')
  const browser = await signedIn(app)
  const { body } = await app.call({
    path: '/api/v1/business',
    bearer: other.apiKey,
    headers: { cookie: browser.cookie ?? '', 'loyapro-business': biz },
  })
  assert.equal(body.id, formatId('business', other.businessId))
  assert.equal((await callerOf(app).get(`/customers?business=${biz}`)).status, 422)
})

test('what a person writes is by that person', async () => {
  const browser = await signedIn(app)
  const answer = await browser.send('POST', '/customers', { phone: '0500000071' })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  assert.deepEqual(answer.body.created_by, { kind: 'staff', id: formatId('staff', browser.person.id) })
})

test('a write must come from our own origin, with a session and when signing in', async () => {
  const browser = await signedIn(app)
  const { origin } = new URL(app.url)
  const body = { phone: '0500000072' }
  const cases: [Record<string, string>, number][] = [
    [{ origin: '' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'https://elsewhere.example' }, 403],
    [{ origin: `${origin}.elsewhere.example` }, 403],
    [{ origin: origin.replace('http:', 'https:') }, 403],
    [{ origin, 'sec-fetch-site': 'cross-site' }, 403],
    [{ origin, 'sec-fetch-site': 'same-site' }, 403],
    [{ origin, 'sec-fetch-site': 'none' }, 403],
    [{ origin, 'sec-fetch-site': 'same-origin' }, 201],
  ]
  for (const [headers, status] of cases) {
    const answer = await browser.send('POST', '/customers', body, headers)
    assert.equal(answer.status, status, JSON.stringify(headers))
    if (status === 403) assert.equal(answer.body.code, 'wrong_origin')
    const signIn = await openBrowser(app).send('POST', '/session', { email: 'x@example.com', password: 'x' }, headers)
    assert.equal(signIn.status, status === 403 ? 403 : 401, JSON.stringify(headers))
  }
  for (const [site, status] of [
    ['same-origin', 200],
    ['none', 200],
    ['same-site', 403],
    ['cross-site', 403],
  ] as const) {
    assert.equal((await browser.get('/customers', { 'sec-fetch-site': site })).status, status, site)
  }
  assert.equal((await browser.get('/customers', { origin: 'https://elsewhere.example' })).status, 403)
})

test('without LOYAPRO_PUBLIC_URL only browsers on this machine are served', async (t) => {
  const own = await testApp(t)
  Object.assign(own.ctx.config, { publicUrl: undefined })
  const browser = await signedIn(own)
  const { host } = new URL(own.url)
  const send = (origin: string, to: string) =>
    browser.send('POST', '/customers', { phone: '0500000073' }, { origin, host: to })
  assert.equal((await send(`http://${host}`, host)).status, 201)
  assert.equal((await send('http://shop.example', 'shop.example')).status, 403)
  assert.equal((await send('http://localhost:1', host)).status, 403)
})

test('keys are made only within five minutes after the person has proven who they are', async () => {
  const browser = await signedIn(app)
  const key = { name: 'Sample', scopes: ['business:read'] }
  const made = await browser.send('POST', '/keys', key)
  assert.equal(made.status, 201, JSON.stringify(made.body))
  clock.advance(5 * 60_000 + 1)
  for (const answer of [
    await browser.send('POST', '/keys', key),
    await browser.send('DELETE', `/keys/${made.body.id}`),
  ]) {
    assert.deepEqual([answer.status, answer.body.code], [403, 'step_up_required'])
  }
  assert.equal((await browser.get('/keys')).status, 200)
})

test('after five wrong passwords an account waits a minute at this address; a right one clears the count', async () => {
  const { email } = await createTestPerson(app)
  const browser = openBrowser(app)
  const attempt = (password: string) => browser.send('POST', '/session', { email, password })
  for (let i = 0; i < 4; i++) assert.equal((await attempt('wrong')).status, 401)
  assert.equal((await attempt(PASSWORD)).status, 200)
  for (let i = 0; i < 5; i++) assert.equal((await attempt('wrong')).status, 401)
  const refused = await attempt(PASSWORD)
  assert.deepEqual(
    [refused.status, refused.body.code, refused.headers.get('retry-after')],
    [429, 'too_many_attempts', '60'],
  )
  clock.advance(60_000)
  assert.equal((await attempt(PASSWORD)).status, 200)
})

test('the link of the demo signs in once, within 15 minutes, also when it is used several times at once', async () => {
  const { id } = await createTestPerson(app)
  const link = () => createToken(app.ctx.db, { purpose: 'link', staffId: id, validMs: 15 * 60_000 }, { clock })
  const follow = (token: string) => openBrowser(app).send('POST', '/session/link', { token })
  const token = await link()
  const answers = await Promise.all([follow(token), follow(token), follow(token)])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 410, 410])
  const late = await link()
  clock.advance(15 * 60_000)
  assert.equal((await follow(late)).status, 410)
  assert.equal((await follow('x'.repeat(43))).status, 410)
})

test('what is over is deleted: a session 60 days after its lifetime, the rest after a day', async () => {
  const own = new ManualClock('2027-03-01T12:00:00Z')
  const later = await testApp(undefined, { clock: own })
  const browser = await signedIn(later)
  await openBrowser(later).send('POST', '/session', { email: browser.person.email, password: 'wrong' })
  await createToken(later.ctx.db, { purpose: 'link', staffId: browser.person.id, validMs: HOUR_MS }, { clock: own })
  const left = async () => {
    const counts = await later.ctx.db.query<{ n: number }>(
      `select (select count(*) from staff_sessions)::int as n
       union all select (select count(*) from staff_tokens)::int
       union all select (select count(*) from staff_attempts)::int`,
    )
    return counts.map(({ n }) => n > 0)
  }
  assert.deepEqual(await left(), [true, true, true])
  assert.deepEqual(await purgeSessions(later.ctx), { done: 0, failed: 0 })
  own.set('2027-03-03T12:00:00Z')
  await purgeSessions(later.ctx)
  assert.deepEqual(await left(), [true, false, false])
  own.set('2027-05-29T12:00:00Z')
  await purgeSessions(later.ctx)
  assert.deepEqual(await left(), [true, false, false], 'the address still counts as known')
  own.set('2027-05-31T12:00:00Z')
  assert.deepEqual(await purgeSessions(later.ctx), { done: 1, failed: 0 })
})
