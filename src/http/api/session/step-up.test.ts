// Step-up: proving again who one is, the new token of the session, and the limits of wrong proofs.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../../../test/support/app.ts'
import { openBrowser, PASSWORD, signedIn, type TestBrowser } from '../../../../test/support/staff.ts'
import { ManualClock } from '../../../kernel/clock.ts'

const MINUTE_MS = 60_000
const clock = new ManualClock('2026-03-01T12:00:00Z')
const app = await testApp(undefined, { clock })
const NEW_KEY = { name: 'Sample', scopes: ['business:read'] }

const confirm = (browser: TestBrowser, password = PASSWORD) => browser.send('POST', '/session/step-up', { password })

/** Another browser with the same cookie, such as that of a thief. */
function copyOf({ cookie }: TestBrowser): TestBrowser {
  return Object.assign(openBrowser(app), { cookie })
}

test('the password makes the session fresh for five minutes, with a new token; the old one is dead', async () => {
  const browser = await signedIn(app)
  const { body: before } = await browser.get('/session')
  clock.advance(5 * MINUTE_MS + 1)
  assert.equal((await browser.send('POST', '/keys', NEW_KEY)).body.code, 'step_up_required')
  const former = copyOf(browser)
  const answer = await confirm(browser)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  assert.match(answer.headers.getSetCookie()[0] ?? '', /^__Host-loyapro=[\w-]{43}; .*HttpOnly; SameSite=Lax/)
  const { fresh_until, ...rest } = answer.body
  assert.equal(fresh_until, new Date(clock.now() + 5 * MINUTE_MS).toISOString())
  assert.deepEqual({ ...rest, fresh_until: before.fresh_until }, before, 'it is the same session, with the same end')
  assert.notEqual(browser.cookie, former.cookie)
  assert.equal((await former.get('/session')).status, 401)
  assert.equal((await former.get('/programs')).status, 401)
  assert.equal((await confirm(former)).status, 401)
  assert.equal((await browser.send('POST', '/keys', NEW_KEY)).status, 201)
  clock.advance(5 * MINUTE_MS)
  assert.equal((await browser.send('POST', '/keys', NEW_KEY)).status, 201)
  clock.advance(1)
  assert.equal((await browser.send('POST', '/keys', NEW_KEY)).body.code, 'step_up_required')
})

test('a step-up does not prolong the 30 days of a session', async () => {
  const start = clock.now()
  const browser = await signedIn(app)
  for (let day = 1; day < 60; day++) {
    clock.set(start + day * 12 * 60 * MINUTE_MS - day)
    assert.equal((await confirm(browser)).status, 200, `half day ${day}`)
  }
  clock.set(start + 30 * 24 * 60 * MINUTE_MS)
  assert.equal((await confirm(browser)).status, 401)
})

test('a wrong password changes nothing, and is counted with those of signing in', async () => {
  const browser = await signedIn(app)
  const { cookie, person } = browser
  clock.advance(6 * MINUTE_MS)
  const wrong = await confirm(browser, 'wrong')
  assert.deepEqual([wrong.status, wrong.body.code, wrong.body.errors[0].pointer], [422, 'wrong_password', '/password'])
  assert.equal(wrong.headers.getSetCookie().length, 0)
  assert.equal(browser.cookie, cookie)
  assert.equal((await browser.send('POST', '/keys', NEW_KEY)).body.code, 'step_up_required')
  const signIn = (password: string) => openBrowser(app).send('POST', '/session', { email: person.email, password })
  for (let i = 0; i < 2; i++) assert.equal((await confirm(browser, 'wrong')).status, 422)
  for (let i = 0; i < 2; i++) assert.equal((await signIn('wrong')).status, 401)
  const refused = await confirm(browser)
  assert.deepEqual(
    [refused.status, refused.body.code, refused.headers.get('retry-after')],
    [429, 'too_many_attempts', '60'],
  )
  assert.equal((await signIn(PASSWORD)).status, 429)
  clock.advance(MINUTE_MS)
  assert.equal((await confirm(browser)).status, 200)
  assert.equal((await confirm(browser, 'wrong')).status, 422, 'a right one cleared the count')
})

test('of 40 wrong passwords at once, five are tried', async () => {
  const browser = await signedIn(app)
  const answers = await Promise.all(Array.from({ length: 40 }, () => confirm(copyOf(browser), 'wrong')))
  assert.equal(answers.filter(({ status }) => status === 422).length, 5)
  assert.equal(answers.filter(({ status }) => status === 429).length, 35)
  // Until attempts from this address are possible again.
  clock.advance(10 * MINUTE_MS)
})

test('of several step-ups with one token at the same time, one gets the new token', async () => {
  const browser = await signedIn(app)
  const copies = Array.from({ length: 4 }, () => copyOf(browser))
  const answers = await Promise.all(copies.map((copy) => confirm(copy)))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401, 401, 401])
  const alive = await Promise.all(copies.map((copy) => copy.get('/session')))
  assert.equal(alive.filter(({ status }) => status === 200).length, 1)
})

test('a step-up needs a session, exactly one proof, and our own origin', async () => {
  const browser = await signedIn(app)
  assert.equal((await confirm(openBrowser(app))).status, 401)
  for (const body of [{}, { password: '' }, { password: PASSWORD, extra: 1 }, { email: 'x@example.com' }, [], null]) {
    assert.equal((await browser.send('POST', '/session/step-up', body)).status, 422, JSON.stringify(body))
  }
  for (const origin of ['', 'null', 'https://elsewhere.example']) {
    const answer = await browser.send('POST', '/session/step-up', { password: PASSWORD }, { origin })
    assert.deepEqual([answer.status, answer.body.code], [403, 'wrong_origin'])
  }
  assert.equal((await browser.get('/session')).status, 200)
})

test('the log tells no password and no token', async () => {
  const browser = await signedIn(app)
  await confirm(browser)
  const log = app.logLines.join('\n')
  assert(!log.includes(PASSWORD) && !log.includes(browser.cookie?.split('=')[1] ?? 'token'))
})
