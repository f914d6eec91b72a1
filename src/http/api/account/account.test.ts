// The account of a person: what they choose for themselves, their sessions, and which of their businesses
// has a record.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerOf, worldOf } from '../../../../test/support/api.ts'
import { testApp } from '../../../../test/support/app.ts'
import { openBrowser, PASSWORD, signedIn, type TestPerson } from '../../../../test/support/staff.ts'
import { ManualClock } from '../../../kernel/clock.ts'
import { createIds, formatId } from '../../../kernel/ids.ts'

const HOUR_MS = 3_600_000
const clock = new ManualClock('2026-03-01T12:00:00Z')
const app = await testApp(undefined, { clock })
const { db } = app.ctx

/** Signs in from a browser that names itself. */
async function signIn({ email }: TestPerson, userAgent = 'Sample/1.0') {
  const browser = openBrowser(app)
  const answer = await browser.send('POST', '/session', { email, password: PASSWORD }, { 'user-agent': userAgent })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return Object.assign(browser, { id: answer.body.session.id as string, session: answer.body.session })
}

test('what a person chooses is stored, and applies to the next sign-in from any browser', async () => {
  const browser = await signedIn(app)
  const { body: first } = await browser.get('/account')
  assert.deepEqual(first, {
    id: formatId('staff', browser.person.id),
    name: 'Sample Person',
    email: browser.person.email,
    language: 'en',
    color_scheme: 'system',
    numerals: 'latin',
  })
  const changes = { name: '  نورة  ', language: 'ar', color_scheme: 'dark', numerals: 'arabic_indic' }
  const answer = await browser.send('PATCH', '/account', changes)
  assert.deepEqual([answer.status, answer.body], [200, { ...first, ...changes, name: 'نورة' }])
  assert.deepEqual((await browser.send('PATCH', '/account', { language: 'en' })).body.color_scheme, 'dark')
  const elsewhere = await signIn(browser.person)
  assert.deepEqual(elsewhere.session.person, { ...answer.body, language: 'en' })
})

test('a change of the account that is not valid names the field, and changes nothing', async () => {
  const browser = await signedIn(app)
  const { body: before } = await browser.get('/account')
  for (const [body, pointer] of [
    [{ name: '' }, '/name'],
    [{ name: '  ' }, '/name'],
    [{ name: 'x'.repeat(101) }, '/name'],
    [{ name: 'Noura', color_scheme: 'blue' }, '/color_scheme'],
    [{ language: 'fr' }, '/language'],
    [{ numerals: null }, '/numerals'],
    [{ email: 'other@example.com' }, '/email'],
    [{}, ''],
  ] as const) {
    const answer = await browser.send('PATCH', '/account', body)
    assert.equal(answer.status, 422, JSON.stringify(body))
    assert.equal(answer.body.errors[0].pointer, pointer)
  }
  assert.deepEqual((await browser.get('/account')).body, before)
})

test('sessions are listed with browser, address and last use, the newest first, and this one is marked', async () => {
  const first = await signedIn(app)
  clock.advance(HOUR_MS)
  const second = await signIn(first.person, 'Sample/2.0')
  await signedIn(app)
  const { body } = await second.get('/account/sessions')
  assert.equal(body.next_cursor, null)
  assert.deepEqual(body.data[0], {
    id: second.id,
    is_current: true,
    created_at: new Date(clock.now()).toISOString(),
    last_used_at: new Date(clock.now()).toISOString(),
    ends_at: new Date(clock.now() + 12 * HOUR_MS).toISOString(),
    address: '127.0.0.1',
    user_agent: 'Sample/2.0',
  })
  assert.deepEqual(
    body.data.map((one: { is_current: boolean; user_agent: string }) => [one.is_current, one.user_agent]),
    [
      [true, 'Sample/2.0'],
      [false, 'test'],
    ],
  )
  // The first is idle for 12 hours, the second is used.
  clock.advance(11 * HOUR_MS)
  assert.equal((await second.get('/account/sessions')).body.data.length, 1)
  assert.equal((await first.get('/session')).status, 401)
})

test('a person ends one of their sessions, and no other: that of somebody else is 404, as one that never was', async () => {
  const mine = await signedIn(app)
  const other = await signIn(mine.person)
  const stranger = await signedIn(app)
  const { body: theirs } = await stranger.get('/session')
  const answers = []
  for (const id of [
    theirs.id,
    formatId('session', createIds(clock).next()),
    'ses_x',
    formatId('staff', mine.person.id),
  ]) {
    const { status, body } = await mine.send('DELETE', `/account/sessions/${id}`)
    answers.push([status, body.code, body.detail])
  }
  assert.deepEqual(answers, Array(4).fill([404, 'not_found', 'No session has this ID.']))
  assert.equal((await stranger.get('/session')).status, 200)
  assert.equal((await mine.send('DELETE', `/account/sessions/${other.id}`)).status, 204)
  assert.equal((await other.get('/session')).status, 401)
  assert.equal((await mine.send('DELETE', `/account/sessions/${other.id}`)).status, 404, 'it has ended')
  const { body: own } = await mine.get('/session')
  assert.equal((await mine.send('DELETE', `/account/sessions/${own.id}`)).status, 204)
  assert.equal(mine.cookie, null)
})

test('of 10,000 sessions all but one are ended, exactly, and those of others live', async () => {
  const browser = await signedIn(app)
  const stranger = await signedIn(app)
  await db.query(
    `insert into staff_sessions (id, staff_id, hash, created_at, seen_at, authenticated_at, ends_at, address, network, user_agent)
     select gen_random_uuid(), $1, sha256(n::text::bytea), $2::timestamptz, $2::timestamptz, $2::timestamptz,
       $2::timestamptz + interval '30 days', '192.0.2.1', '192.0.2.1', 'Sample/1.0' from generate_series(1, 9999) n`,
    [browser.person.id, new Date(clock.now()).toISOString()],
  )
  const seen = new Set<string>()
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body } = await browser.get(`/account/sessions?limit=200${cursor && `&cursor=${cursor}`}`)
    for (const { id } of body.data) seen.add(id)
    cursor = body.next_cursor
  }
  assert.equal(seen.size, 10_000)
  const answer = await browser.send('POST', '/account/sessions/end-others')
  assert.deepEqual([answer.status, answer.body], [200, { ended: 9_999 }])
  const left = await browser.get('/account/sessions')
  assert.deepEqual(
    left.body.data.map(({ is_current }: { is_current: boolean }) => is_current),
    [true],
  )
  assert.deepEqual((await browser.send('POST', '/account/sessions/end-others')).body, { ended: 0 })
  assert.equal((await stranger.get('/session')).status, 200)
})

test('of sessions that end each other at the same time, one survives', async () => {
  for (let round = 0; round < 5; round++) {
    const first = await signedIn(app)
    const browsers = [first, await signIn(first.person), await signIn(first.person)]
    const answers = await Promise.all(browsers.map((one) => one.send('POST', '/account/sessions/end-others')))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401, 401])
    const alive = await Promise.all(browsers.map((one) => one.get('/session')))
    assert.equal(alive.filter(({ status }) => status === 200).length, 1)
  }
})

test('a link finds the business of its record among those whose records the person can read', async () => {
  const other = await app.newBusiness('550921')
  const world = await worldOf(app)
  const here = world.business
  const both = await signedIn(app, {
    memberships: [
      { businessId: other.businessId, role: 'owner' },
      { businessId: app.business.businessId, role: 'analyst' },
    ],
  })
  for (const id of [world.customer, world.order, world.program, world.reward, world.backTest]) {
    assert.deepEqual((await both.get(`/account/records/${id}`)).body, { business_id: here }, id)
  }
  const { body: made } = await callerOf(app, other).send('POST', '/customers', { phone: '0500000078' })
  const theirs = formatId('business', other.businessId)
  assert.deepEqual((await both.get(`/account/records/${made.id}`)).body, { business_id: theirs })
  // An analyst reads no deliveries; nobody finds what is elsewhere, or nothing at all.
  const stranger = await signedIn(app, { memberships: [{ businessId: other.businessId, role: 'owner' }] })
  for (const [reader, id] of [
    [both, world.delivery],
    [stranger, world.customer],
    [stranger, world.order],
    [both, world.claim],
    [both, `cus_${'0'.repeat(26)}`],
    [both, 'cus_x'],
    [both, 'nothing'],
  ] as const) {
    const answer = await reader.get(`/account/records/${id}`)
    assert.deepEqual([answer.status, answer.body.code], [404, 'not_found'], id)
  }
  const branchless = await signedIn(app, {
    memberships: [{ businessId: app.business.businessId, role: 'manager', branchIds: [] }],
  })
  assert.equal((await branchless.get(`/account/records/${world.order}`)).status, 404)
  assert.equal((await branchless.get(`/account/records/${world.customer}`)).status, 200)
})

test('the account needs a session, and its writes our own origin', async () => {
  const browser = await signedIn(app)
  const { body: session } = await browser.get('/session')
  const reads = ['/account', '/account/sessions', '/account/records/cus_x']
  const writes = [
    ['PATCH', '/account', { name: 'Other' }],
    ['DELETE', `/account/sessions/${session.id}`, undefined],
    ['POST', '/account/sessions/end-others', undefined],
  ] as const
  for (const path of reads) assert.equal((await openBrowser(app).get(path)).status, 401, path)
  for (const [method, path, body] of writes) {
    assert.equal((await openBrowser(app).send(method, path, body)).status, 401, path)
    assert.equal((await callerOf(app).send(method, path, body)).status, 403, `a key has no account: ${path}`)
    for (const origin of ['', 'null', 'https://elsewhere.example']) {
      const answer = await browser.send(method, path, body, { origin })
      assert.deepEqual([answer.status, answer.body.code], [403, 'wrong_origin'], path)
    }
  }
  assert.deepEqual((await browser.get('/session')).body, session)
})
