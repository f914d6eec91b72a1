// Passkeys: registering, signing in, and everything that must be refused.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../../../test/support/app.ts'
import { type Circumstances, createAuthenticator } from '../../../../test/support/authenticator.ts'
import {
  openBrowser,
  signedIn,
  type TestBrowser,
  type TestPerson,
  turnOnSecondFactor,
} from '../../../../test/support/staff.ts'
import { ManualClock } from '../../../kernel/clock.ts'
import { formatId } from '../../../kernel/ids.ts'

const clock = new ManualClock('2026-03-01T12:00:00Z')
const app = await testApp(undefined, { clock })
const origin = app.url.replace('127.0.0.1', 'localhost')
Object.assign(app.ctx.config, { publicUrl: origin })

/** A person with a passkey. */
async function withPasskey() {
  const browser = await signedIn(app)
  const authenticator = createAuthenticator()
  const answer = await register(browser, authenticator)
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return { browser, authenticator, id: answer.body.id as string, person: browser.person }
}

async function register(
  browser: TestBrowser,
  authenticator = createAuthenticator(),
  around: Partial<Circumstances> = {},
) {
  const { body: options } = await browser.send('POST', '/account/passkeys/options')
  return browser.send('POST', '/account/passkeys', authenticator.create(options, { origin, ...around }))
}

async function challenge(browser = openBrowser(app)): Promise<{ challenge: string }> {
  return (await browser.send('POST', '/session/passkey/options')).body
}

async function signIn(authenticator: ReturnType<typeof createAuthenticator>, around: Partial<Circumstances> = {}) {
  const browser = openBrowser(app)
  const given = authenticator.get(await challenge(browser), { origin, ...around })
  return { browser, answer: await browser.send('POST', '/session/passkey', given) }
}

function assertRefused(answer: { status: number; body: { code: string } }, what = 'the passkey'): void {
  assert.deepEqual([answer.status, answer.body.code], [401, 'wrong_passkey'], what)
}

test('a passkey is made with user verification and as a resident key, for this domain', async () => {
  const { browser, person } = await withPasskey()
  const { body } = await browser.send('POST', '/account/passkeys/options')
  assert.deepEqual(body.rp, { id: 'localhost', name: 'LoyaPro' })
  assert.deepEqual(body.authenticatorSelection, {
    residentKey: 'required',
    requireResidentKey: true,
    userVerification: 'required',
  })
  assert.deepEqual([body.user.name, body.attestation], [person.email, 'none'])
  assert.equal(body.excludeCredentials.length, 1, 'the authenticator that has one makes no second one')
  const { body: get } = await openBrowser(app).send('POST', '/session/passkey/options')
  assert.deepEqual([get.rpId, get.userVerification, get.allowCredentials], ['localhost', 'required', undefined])
})

test('a passkey signs in without an email address, past the second factor, and says when it was used', async () => {
  const { browser: first, authenticator, person } = await withPasskey()
  await turnOnSecondFactor(app, first)
  clock.advance(60_000)
  const { browser, answer } = await signIn(authenticator)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  assert.equal(answer.body.session.person.id, formatId('staff', person.id))
  assert.equal((await browser.get('/session')).status, 200)
  const { data } = (await browser.get('/account/passkeys')).body
  assert.deepEqual(
    data.map(({ name, used_at }: { name: string; used_at: string }) => [name, used_at]),
    [['Sample passkey', new Date(clock.now()).toISOString()]],
  )
})

test('signing in with a passkey ends the former session of the browser', async () => {
  const { browser, authenticator } = await withPasskey()
  const former = { ...browser }
  const given = authenticator.get(await challenge(browser), { origin })
  assert.equal((await browser.send('POST', '/session/passkey', given)).status, 200)
  const old = openBrowser(app)
  old.cookie = former.cookie
  assert.equal((await old.get('/session')).status, 401)
})

test('a touch without verification of the person is refused, when registering and when signing in', async () => {
  const browser = await signedIn(app)
  assertRefused(await register(browser, createAuthenticator(), { isVerified: false }))
  assert.deepEqual((await browser.get('/account/passkeys')).body.data, [])
  const { authenticator } = await withPasskey()
  assertRefused((await signIn(authenticator, { isVerified: false })).answer)
  assert.equal((await signIn(authenticator)).answer.status, 200)
})

test('an answer that is sent again is refused, also at the same time', async () => {
  const { authenticator } = await withPasskey()
  const given = authenticator.get(await challenge(), { origin })
  const answers = await Promise.all([0, 1, 2].map(() => openBrowser(app).send('POST', '/session/passkey', given)))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401, 401])
  assertRefused(await openBrowser(app).send('POST', '/session/passkey', given))
})

test('a challenge that is not ours, is over, or was for a registration is refused', async () => {
  const { browser, authenticator } = await withPasskey()
  const send = (given: object) => openBrowser(app).send('POST', '/session/passkey', given)
  assertRefused(await send(authenticator.get({ challenge: 'x'.repeat(43) }, { origin })))
  const registration = await browser.send('POST', '/account/passkeys/options')
  assertRefused(await send(authenticator.get(registration.body, { origin })))
  const old = await challenge()
  clock.advance(5 * 60_000)
  assertRefused(await send(authenticator.get(old, { origin })))
})

test('a challenge of a registration is good for its person alone, and once', async () => {
  const [one, other] = [await signedIn(app), await signedIn(app)]
  const { body: options } = await one.send('POST', '/account/passkeys/options')
  const stolen = createAuthenticator().create(options, { origin })
  assertRefused(await other.send('POST', '/account/passkeys', stolen))
  const mine = createAuthenticator()
  const { body: fresh } = await one.send('POST', '/account/passkeys/options')
  assert.equal((await one.send('POST', '/account/passkeys', mine.create(fresh, { origin }))).status, 201)
  assertRefused(await one.send('POST', '/account/passkeys', createAuthenticator().create(fresh, { origin })))
})

test('an answer for another website, or with a changed byte, is refused', async () => {
  const { authenticator } = await withPasskey()
  assertRefused((await signIn(authenticator, { origin: 'https://elsewhere.example' })).answer, 'origin')
  assertRefused((await signIn(authenticator, { rpId: 'elsewhere.example' })).answer, 'domain')
  assertRefused(await register(await signedIn(app), createAuthenticator(), { origin: 'https://elsewhere.example' }))
  const send = async (change: (given: Record<string, string>) => object) => {
    const given = authenticator.get(await challenge(), { origin })
    return openBrowser(app).send('POST', '/session/passkey', { ...given, ...change({ ...given }) })
  }
  const changed = (text = '') => (text.startsWith('A') ? 'B' : 'A') + text.slice(1)
  assertRefused(await send(({ signature }) => ({ signature: changed(signature) })))
  assertRefused(await send(({ authenticator_data }) => ({ authenticator_data: changed(authenticator_data) })))
  assertRefused(await send(({ client_data }) => ({ client_data: changed(client_data) })))
  assertRefused(await send(() => ({ user_handle: 'AAAAAAAAAAAAAAAAAAAAAA' })), 'another person')
  assert.equal((await signIn(authenticator)).answer.status, 200)
})

test('a copy of an authenticator that has counted less is refused', async () => {
  const { authenticator } = await withPasskey()
  assert.equal((await signIn(authenticator)).answer.status, 200)
  assert.equal((await signIn(authenticator)).answer.status, 200)
  authenticator.counter = 1
  assertRefused((await signIn(authenticator)).answer)
})

test('an authenticator that does not count signs in again and again', async () => {
  const { authenticator } = await withPasskey()
  for (let use = 0; use < 3; use++) {
    authenticator.counter = -1
    assert.equal((await signIn(authenticator)).answer.status, 200)
  }
})

test('a deleted passkey is refused, and every other session has ended', async () => {
  const { browser, authenticator, id } = await withPasskey()
  const { browser: elsewhere } = await signIn(authenticator)
  assert.equal((await browser.send('DELETE', `/account/passkeys/${id}`)).status, 204)
  assert.equal((await elsewhere.get('/session')).status, 401)
  assert.equal((await browser.get('/session')).status, 200)
  assertRefused((await signIn(authenticator)).answer)
  assert.equal((await browser.send('DELETE', `/account/passkeys/${id}`)).status, 404)
})

test('a passkey is renamed by its person alone', async () => {
  const { browser, id } = await withPasskey()
  const stranger = await signedIn(app)
  assert.equal((await stranger.send('PATCH', `/account/passkeys/${id}`, { name: 'Mine' })).status, 404)
  assert.equal((await stranger.send('DELETE', `/account/passkeys/${id}`)).status, 404)
  assert.equal((await browser.send('PATCH', `/account/passkeys/${id}`, { name: ' ' })).status, 422)
  const renamed = await browser.send('PATCH', `/account/passkeys/${id}`, { name: ' Phone ' })
  assert.equal(renamed.body.name, 'Phone')
  const entries = await app.get(`/activity?subject=${id}`)
  assert.deepEqual(
    entries.body.data.map(({ operation, after }: { operation: string; after: object }) => [operation, after]),
    [
      ['renamePasskey', { name: 'Phone' }],
      ['addPasskey', { name: 'Sample passkey' }],
    ],
  )
})

test('a passkey is registered once, and a person has at most 20', async () => {
  const { browser, authenticator } = await withPasskey()
  const again = await register(browser, authenticator)
  assert.deepEqual([again.status, again.body.code], [409, 'conflict'])
  for (let count = 1; count < 20; count++) assert.equal((await register(browser)).status, 201)
  const further = await register(browser)
  assert.deepEqual([further.status, further.body.code], [409, 'quota_reached'])
})

test('an address has no passkeys, and the answer names the remedy', async (t) => {
  Object.assign(app.ctx.config, { publicUrl: app.url })
  t.after(() => void Object.assign(app.ctx.config, { publicUrl: origin }))
  const answer = await openBrowser(app).send('POST', '/session/passkey/options')
  assert.deepEqual([answer.status, answer.body.code], [409, 'conflict'])
  assert.match(answer.body.detail, /http:\/\/localhost/)
})

test('an attestation with certificates is refused before anything is asked of other servers', async () => {
  const browser = await signedIn(app)
  const { body: options } = await browser.send('POST', '/account/passkeys/options')
  const given = createAuthenticator().create(options, { origin })
  const attestation = Buffer.from(given.attestation, 'base64url')
  // The formats have names of the same length.
  attestation.write('tpm_', attestation.indexOf('none'))
  assertRefused(
    await browser.send('POST', '/account/passkeys', { ...given, attestation: attestation.toString('base64url') }),
  )
  assert(app.logLines.some((line) => line.includes('attestation of the format')))
})

test('a passkey confirms its person alone, past the second factor, with a new token', async () => {
  const { browser, authenticator } = await withPasskey()
  await turnOnSecondFactor(app, browser)
  const other = await signedIn(app)
  clock.advance(6 * 60_000)
  const confirm = async (who: TestBrowser, extra = {}) => {
    const passkey = authenticator.get(await challenge(who), { origin })
    return who.send('POST', '/session/step-up', { passkey, ...extra })
  }
  assertRefused(await confirm(other), 'another person')
  assert.equal((await confirm(browser, { code: '123456' })).status, 422)
  const former = browser.cookie
  assert.equal((await confirm(browser)).status, 200)
  assert.notEqual(browser.cookie, former)
  assert.equal((await browser.send('POST', '/account/recovery-codes')).status, 200)
  const touched = authenticator.get(await challenge(browser), { origin, isVerified: false })
  assertRefused(await browser.send('POST', '/session/step-up', { passkey: touched }), 'without verification')
})

test('passkeys of a person are found by nobody else', async () => {
  const { person } = await withPasskey()
  const other: TestBrowser & { person: TestPerson } = await signedIn(app)
  assert.notEqual(other.person.id, person.id)
  assert.deepEqual((await other.get('/account/passkeys')).body.data, [])
})
