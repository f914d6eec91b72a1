// A person changes their own password: the proof, the rules, what ends with it, races, and who is told.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Answer, testApp } from '../../../../test/support/app.ts'
import { untilWaiting } from '../../../../test/support/database.ts'
import { mailsTo, tokenFor } from '../../../../test/support/mails.ts'
import { openBrowser, PASSWORD, signedIn, turnOnSecondFactor } from '../../../../test/support/staff.ts'
import { ManualClock } from '../../../kernel/clock.ts'
import { formatId } from '../../../kernel/ids.ts'
import { startSession } from '../../../staff/sessions.ts'
import { createToken, takeToken } from '../../../staff/tokens.ts'

const MINUTE_MS = 60_000
const NEW_PASSWORD = 'plenty of sample words'
const clock = new ManualClock('2026-03-01T12:00:00Z')
const app = await testApp(undefined, { clock })
const { db } = app.ctx

type Browser = ReturnType<typeof openBrowser>

const change = (browser: Browser, password: string) => browser.send('POST', '/account/password', { password })
const told = ({ status, body }: Answer) => [status, body?.code]

async function signIn(email: string, password = PASSWORD) {
  const browser = openBrowser(app)
  const { status } = await browser.send('POST', '/session', { email, password })
  return Object.assign(browser, { status })
}

test('the new password signs in and the former one does not; other sessions end, this one stays, and a mail tells', async () => {
  const browser = await signedIn(app)
  const { email } = browser.person
  const other = await signIn(email)
  assert.equal((await change(browser, NEW_PASSWORD)).status, 204)
  assert.equal((await browser.get('/session')).status, 200)
  assert.equal((await other.get('/session')).status, 401)
  assert.equal((await signIn(email)).status, 401)
  assert.equal((await signIn(email, NEW_PASSWORD)).status, 200)
  const mails = await mailsTo(app, email)
  assert.deepEqual(
    mails.map(({ subject }) => subject),
    ['Your LoyaPro password was changed'],
  )
  assert.match(mails[0]?.text ?? '', /all other devices/)
})

test('a password that is weak, or the one that the person has, is refused at its field with what to do', async () => {
  const browser = await signedIn(app)
  for (const [password, problem] of [
    ['short', /at least 10 characters/],
    ['1234567890', /choose another one/],
    [`${browser.person.email}!`, /must not consist of your name or email/],
    ['x'.repeat(201), /at most 200 characters/],
    [PASSWORD, /is the password that you have; choose another one/],
  ] as const) {
    const answer = await change(browser, password)
    assert.deepEqual([...told(answer), answer.body.errors[0].pointer], [422, 'invalid_request', '/password'], password)
    assert.match(answer.body.errors[0].message, problem)
    assert(answer.body.errors[0].message_ar)
  }
  const unnamed = await browser.send('POST', '/account/password', {})
  assert.deepEqual([unnamed.status, unnamed.body.errors[0].pointer], [422, '/password'])
  assert.deepEqual(await mailsTo(app, browser.person.email), [])
  assert.equal((await signIn(browser.person.email)).status, 200)
})

test('it needs a proof of the last five minutes, whose guesses are limited as those of signing in', async () => {
  const browser = await signedIn(app)
  clock.advance(5 * MINUTE_MS + 1)
  assert.deepEqual(told(await change(browser, NEW_PASSWORD)), [403, 'step_up_required'])
  for (let i = 0; i < 5; i++) {
    const wrong = await browser.send('POST', '/session/step-up', { password: `wrong ${i}` })
    assert.deepEqual(told(wrong), [422, 'wrong_password'])
  }
  assert.deepEqual(told(await browser.send('POST', '/session/step-up', { password: PASSWORD })), [
    429,
    'too_many_attempts',
  ])
  assert.equal((await signIn(browser.person.email)).status, 429)
  clock.advance(5 * MINUTE_MS)
  assert.equal((await browser.send('POST', '/session/step-up', { password: PASSWORD })).status, 200)
  assert.equal((await change(browser, NEW_PASSWORD)).status, 204)
})

test('of changes at the same time one wins; the others are told, and nothing of theirs stays', async () => {
  for (let round = 0; round < 5; round++) {
    const browser = await signedIn(app)
    const { email } = browser.person
    const passwords = [0, 1, 2].map((index) => `${NEW_PASSWORD} ${index}`)
    const browsers = [browser, browser, await signIn(email)]
    const answers = await Promise.all(passwords.map((password, index) => change(browsers[index] ?? browser, password)))
    const outcomes = answers.map(({ status }) => status)
    assert.equal(outcomes.filter((status) => status === 204).length, 1, outcomes.join())
    // One whose session the winner has ended already is not signed in.
    for (const { status, body } of answers) {
      if (status !== 204) assert(['conflict', 'unauthenticated'].includes(body.code), JSON.stringify(body))
    }
    for (const [index, password] of passwords.entries()) {
      assert.equal((await signIn(email, password)).status, outcomes[index] === 204 ? 200 : 401)
    }
    assert.equal((await mailsTo(app, email)).length, 1)
    // The failures of this round fill the allowance of the network.
    clock.advance(30 * MINUTE_MS)
  }
})

test('of a change and a reset at the same time one wins, and the other is refused', async () => {
  for (let round = 0; round < 5; round++) {
    const browser = await signedIn(app)
    const { email } = browser.person
    await openBrowser(app).send('POST', '/session/password-reset', { email, language: 'en' })
    const token = await tokenFor(app, email)
    const reset = () =>
      openBrowser(app).send('POST', '/session/password-reset/complete', { token, password: `${NEW_PASSWORD} reset` })
    const [changed, wasReset] = await Promise.all([change(browser, NEW_PASSWORD), reset()])
    if (changed.status === 204) assert.deepEqual(told(wasReset), [410, 'link_invalid'])
    else {
      assert.equal(wasReset.status, 204)
      assert(['conflict', 'unauthenticated'].includes(changed.body.code), JSON.stringify(changed.body))
    }
    assert.equal((await signIn(email, NEW_PASSWORD)).status, changed.status === 204 ? 200 : 401)
    clock.advance(30 * MINUTE_MS)
  }
})

test('what was handed out before the change is good for nothing: a link, and a code that is awaited', async () => {
  const browser = await signedIn(app)
  const { email, id } = browser.person
  const { code } = await turnOnSecondFactor(app, browser)
  const half = await signIn(email)
  assert(half.awaited !== null)
  const link = await createToken(db, { purpose: 'link', staffId: id, validMs: MINUTE_MS }, { clock })
  await openBrowser(app).send('POST', '/session/password-reset', { email, language: 'en' })
  const token = await tokenFor(app, email)
  assert.equal((await change(browser, NEW_PASSWORD)).status, 204)
  assert.equal((await half.send('POST', '/session/second-factor', { code: code() })).status, 401)
  assert.equal((await openBrowser(app).send('POST', '/session/link', { token: link })).status, 410)
  const reset = { token, password: `${NEW_PASSWORD} reset` }
  assert.equal((await openBrowser(app).send('POST', '/session/password-reset/complete', reset)).status, 410)
})

test('a session that begins with a code during a change or a reset ends with it', async () => {
  for (const kind of ['change', 'reset']) {
    const browser = await signedIn(app)
    const { email, id } = browser.person
    await turnOnSecondFactor(app, browser)
    const half = await signIn(email)
    const awaited = half.awaited?.split('=')[1] ?? ''
    await openBrowser(app).send('POST', '/session/password-reset', { email, language: 'en' })
    const reset = { token: await tokenFor(app, email), password: NEW_PASSWORD }
    const origin = { address: '127.0.0.1', network: '127.0.0.1', userAgent: 'test' }
    const { setting, session } = await db.transaction(async (tx) => {
      assert(await takeToken(tx, awaited, 'second_factor', clock.now()))
      const session = await startSession(tx, { staffId: id, former: null, origin }, app.ctx)
      const setting =
        kind === 'change'
          ? change(browser, NEW_PASSWORD)
          : openBrowser(app).send('POST', '/session/password-reset/complete', reset)
      await untilWaiting(db)
      return { setting, session }
    })
    assert.equal((await setting).status, 204, kind)
    half.cookie = `__Host-loyapro=${session}`
    assert.equal((await half.get('/session')).status, 401, kind)
    assert.equal((await browser.get('/session')).status, kind === 'change' ? 200 : 401)
  }
})

test('each business of the person has an entry in its activity log, without values; neither log has the password', async () => {
  const second = await app.newBusiness('550922')
  const browser = await signedIn(app, {
    memberships: [
      { businessId: app.business.businessId, role: 'owner' },
      { businessId: second.businessId, role: 'owner' },
    ],
  })
  assert.equal((await change(browser, NEW_PASSWORD)).status, 204)
  const staff = formatId('staff', browser.person.id)
  for (const { businessId } of [app.business, second]) {
    const headers = { 'loyapro-business': formatId('business', businessId) }
    const [entry] = (await browser.get('/activity?limit=1', headers)).body.data
    assert.deepEqual(
      [entry.operation, entry.actor, entry.subject, entry.before, entry.after],
      ['changePassword', { kind: 'staff', id: staff }, staff, null, null],
    )
  }
  assert(!app.logLines.join('').includes(NEW_PASSWORD))
})

test('a password that is set with the link of a mail is in the activity log, too', async () => {
  const browser = await signedIn(app)
  const { email, id } = browser.person
  await openBrowser(app).send('POST', '/session/password-reset', { email, language: 'en' })
  const reset = { token: await tokenFor(app, email), password: NEW_PASSWORD }
  assert.equal((await openBrowser(app).send('POST', '/session/password-reset/complete', reset)).status, 204)
  const again = await signIn(email, NEW_PASSWORD)
  const [entry] = (await again.get('/activity?limit=1')).body.data
  const staff = formatId('staff', id)
  assert.deepEqual(
    [entry.operation, entry.actor, entry.subject],
    ['resetPassword', { kind: 'staff', id: staff }, staff],
  )
})

test('it needs a session, and our own origin', async () => {
  assert.equal((await change(openBrowser(app), NEW_PASSWORD)).status, 401)
  const browser = await signedIn(app)
  const foreign = { origin: 'https://elsewhere.example' }
  const answer = await browser.send('POST', '/account/password', { password: NEW_PASSWORD }, foreign)
  assert.deepEqual(told(answer), [403, 'wrong_origin'])
})
