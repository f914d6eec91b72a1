// The second factor: turning it on and off, signing in with codes and recovery codes, and the limits of
// attempts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../../../test/support/app.ts'
import {
  createTestPerson,
  openBrowser,
  PASSWORD,
  signedIn,
  type TestBrowser,
  turnOnSecondFactor,
} from '../../../../test/support/staff.ts'
import { openPools } from '../../../db/pools.ts'
import { createSignInUrl } from '../../../demo/demo-owner.ts'
import { ManualClock } from '../../../kernel/clock.ts'
import { formatId } from '../../../kernel/ids.ts'
import { type ClaimedMail, openContent } from '../../../mail/outbox.ts'
import { awaitSecondFactor, signInBySecondFactor } from '../../../staff/sign-in-second-factor.ts'
import { createToken } from '../../../staff/tokens.ts'

const MINUTE_MS = 60_000
const clock = new ManualClock('2026-03-01T12:00:00Z')
const app = await testApp(undefined, { clock })

/** A browser in which the password of the person was right, and the code is awaited. */
async function halfWay(email: string): Promise<TestBrowser> {
  const browser = openBrowser(app)
  const answer = await browser.send('POST', '/session', { email, password: PASSWORD })
  assert.deepEqual([answer.status, answer.body], [200, { second_factor_required: true, session: null }])
  return browser
}

async function withFactor() {
  const browser = await signedIn(app)
  return {
    browser,
    email: browser.person.email,
    staffId: browser.person.id,
    ...(await turnOnSecondFactor(app, browser)),
  }
}

test('it is on once a code has confirmed the secret, and ends every other session', async () => {
  const browser = await signedIn(app)
  const elsewhere = openBrowser(app)
  await elsewhere.send('POST', '/session', { email: browser.person.email, password: PASSWORD })
  const off = { is_on: false, since: null, recovery_codes_left: 0 }
  assert.deepEqual((await browser.get('/account/second-factor')).body, off)
  const early = await browser.send('POST', '/account/second-factor/confirm', { code: '123456' })
  assert.deepEqual([early.status, early.body.code], [409, 'conflict'])

  const begun = await browser.send('POST', '/account/second-factor')
  assert.match(begun.body.secret, /^[A-Z2-7]{32}$/)
  assert(begun.body.uri.startsWith(`otpauth://totp/LoyaPro:${encodeURIComponent(browser.person.email)}?secret=`))
  assert.deepEqual((await browser.get('/account/second-factor')).body, off, 'it does not count yet')
  const wrong = await browser.send('POST', '/account/second-factor/confirm', { code: '12345' })
  assert.deepEqual([wrong.status, wrong.body.errors[0].pointer], [422, '/code'])

  const { recoveryCodes } = await turnOnSecondFactor(app, browser)
  assert.equal(new Set(recoveryCodes).size, 10)
  for (const code of recoveryCodes) assert.match(code, /^([0-9a-z]{4}-){3}[0-9a-z]{4}$/)
  const on = { is_on: true, since: '2026-03-01T12:00:00.000Z', recovery_codes_left: 10 }
  assert.deepEqual((await browser.get('/account/second-factor')).body, on)
  assert.equal((await elsewhere.get('/session')).status, 401)
  assert.equal((await browser.send('POST', '/account/second-factor')).status, 409, 'a second app needs it off')
})

test('a secret that was not confirmed within 15 minutes is not valid any more', async () => {
  const browser = await signedIn(app)
  await browser.send('POST', '/account/second-factor')
  clock.advance(15 * MINUTE_MS)
  await stepUp(browser)
  assert.equal((await browser.send('POST', '/account/second-factor/confirm', { code: '123456' })).status, 409)
})

test('the secret is sealed for its person, and recovery codes are stored as hashes', async () => {
  const [one, other] = [await withFactor(), await withFactor()]
  const [stored] = await app.ctx.db.query<{ text: string }>(
    `select string_agg(concat(t, r), ' ') as text from staff_totp t join staff_recovery_codes r using (staff_id)`,
  )
  for (const hidden of [one.secret.toString('hex'), one.secret.toString('base64'), ...one.recoveryCodes]) {
    assert(!stored?.text.includes(hidden))
  }
  // Moved to another person, it does not open.
  await app.ctx.db.query(
    'update staff_totp set secret = (select secret from staff_totp where staff_id = $1) where staff_id = $2',
    [one.staffId, other.staffId],
  )
  const browser = await halfWay(other.email)
  assert.equal((await browser.send('POST', '/session/second-factor', { code: one.code() })).status, 500)
})

test('signing in needs a code after the password; what is awaited is in a cookie alone', async () => {
  const { email, code, staffId } = await withFactor()
  const browser = openBrowser(app)
  const answer = await browser.send('POST', '/session', { email, password: PASSWORD })
  const [cookie] = answer.headers.getSetCookie()
  assert.match(
    cookie ?? '',
    /^__Host-loyapro-second-factor=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=600$/,
  )
  assert.deepEqual(answer.body, { second_factor_required: true, session: null })
  assert.equal((await browser.get('/session')).status, 401, 'the password alone signs nobody in')
  const wrong = await browser.send('POST', '/session/second-factor', { code: '000000' })
  assert.deepEqual([wrong.status, wrong.body.code], [401, 'wrong_second_factor'])
  const right = await browser.send('POST', '/session/second-factor', { code: code() })
  assert.equal(right.status, 200, JSON.stringify(right.body))
  assert.equal(right.body.session.person.id, formatId('staff', staffId))
  assert.equal(browser.awaited, null)
  assert.equal((await browser.get('/session')).status, 200)
})

test('a code is taken with Arabic digits and in groups', async () => {
  const { email, code } = await withFactor()
  const browser = await halfWay(email)
  const arabic = code().replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)))
  const typed = `${arabic.slice(0, 3)} ${arabic.slice(3)}`
  assert.equal((await browser.send('POST', '/session/second-factor', { code: typed })).status, 200)
})

test('what is awaited is used once, for ten minutes, and for nothing else', async () => {
  const { email, code } = await withFactor()
  const browser = await halfWay(email)
  const copy = openBrowser(app)
  copy.awaited = browser.awaited
  assert.equal((await browser.send('POST', '/session/second-factor', { code: code() })).status, 200)
  const again = await copy.send('POST', '/session/second-factor', { code: code(1) })
  assert.deepEqual([again.status, again.body.code, copy.awaited], [401, 'sign_in_expired', null])
  const late = await halfWay(email)
  clock.advance(10 * MINUTE_MS)
  assert.equal((await late.send('POST', '/session/second-factor', { code: code() })).body.code, 'sign_in_expired')
  const stranger = openBrowser(app)
  stranger.cookie = (await halfWay(email)).awaited?.replace('-second-factor', '') ?? null
  assert.equal((await stranger.get('/session')).status, 401, 'it is no session')
})

test('a code works once, also at the same time', async () => {
  const { email, code } = await withFactor()
  const [first, second] = [await halfWay(email), await halfWay(email)]
  const used = code()
  assert.equal((await first.send('POST', '/session/second-factor', { code: used })).status, 200)
  assert.equal((await second.send('POST', '/session/second-factor', { code: used })).status, 401)
  assert.equal(
    (await second.send('POST', '/session/second-factor', { code: code(-1) })).status,
    401,
    'nor an earlier one',
  )
  assert.equal((await second.send('POST', '/session/second-factor', { code: code(1) })).status, 200)
})

test('four uses of one code at once, by two processes, start one session; so do four of one recovery code', async (t) => {
  const { staffId, code, recoveryCodes } = await withFactor()
  const { use } = twoProcesses(t)
  for (const proof of [
    { kind: 'code', code: code() },
    { kind: 'recovery_code', code: recoveryCodes[0] ?? '' },
  ] as const) {
    const awaited = await Promise.all([0, 1, 2, 3].map(() => awaitSecondFactor(app.ctx.db, staffId, app.ctx)))
    const outcomes = await Promise.all(awaited.map((token, index) => use(index, token, proof)))
    assert.deepEqual(outcomes.sort(), ['signed_in', 'wrong', 'wrong', 'wrong'])
  }
})

test('four recovery codes for one awaited sign-in spend one code', async (t) => {
  const { browser, staffId, recoveryCodes } = await withFactor()
  const { use } = twoProcesses(t)
  const awaited = await awaitSecondFactor(app.ctx.db, staffId, app.ctx)
  const codes = recoveryCodes.slice(0, 4)
  const outcomes = await Promise.all(codes.map((code, index) => use(index, awaited, { kind: 'recovery_code', code })))
  assert.deepEqual(outcomes.sort(), ['expired', 'expired', 'expired', 'signed_in'])
  assert.equal((await browser.get('/account/second-factor')).body.recovery_codes_left, 9)
})

test('a recovery code replaces the code once, however it is typed', async () => {
  const { browser, email, recoveryCodes } = await withFactor()
  const typed = ` ${recoveryCodes[0]?.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O').replaceAll('1', 'I')}`
  const send = async (recovery_code: string) =>
    (await (await halfWay(email)).send('POST', '/session/second-factor', { recovery_code })).status
  assert.equal(await send(typed), 200)
  assert.equal(await send(typed), 401)
  assert.equal(await send('0000-0000-0000-0000'), 401)
  assert.equal((await browser.get('/account/second-factor')).body.recovery_codes_left, 9)
  const fresh = await browser.send('POST', '/account/recovery-codes')
  assert.equal(fresh.body.codes.length, 10)
  assert.equal(await send(recoveryCodes[1] ?? ''), 401, 'a new set replaces the former one')
  assert.equal(await send(fresh.body.codes[0]), 200)
  const both = await (await halfWay(email)).send('POST', '/session/second-factor', { code: '1', recovery_code: '2' })
  assert.equal(both.status, 422)
})

test('after five wrong codes the password is needed again, exactly, by two processes', async (t) => {
  const { email, staffId, recoveryCodes } = await withFactor()
  const { use } = twoProcesses(t)
  const awaited = await awaitSecondFactor(app.ctx.db, staffId, app.ctx)
  const outcomes = await Promise.all(
    Array.from({ length: 12 }, (_, index) => use(index, awaited, { kind: 'recovery_code', code: 'wrong' })),
  )
  assert.equal(outcomes.filter((kind) => kind === 'wrong').length, 5)
  assert.equal(outcomes.filter((kind) => kind === 'expired').length, 7)
  assert.equal(await use(0, awaited, { kind: 'recovery_code', code: recoveryCodes[0] ?? '' }), 'expired')
  const again = await halfWay(email)
  const answer = await again.send('POST', '/session/second-factor', { recovery_code: recoveryCodes[0] })
  assert.equal(answer.status, 200, 'the code was not spent')
})

test('an account takes five codes, then one a minute, however often the password is given', async (t) => {
  const { staffId, code } = await withFactor()
  const { use } = twoProcesses(t)
  const attempt = async (index: number, given: string, network?: string) =>
    use(index, await awaitSecondFactor(app.ctx.db, staffId, app.ctx), { kind: 'code', code: given }, network)
  const outcomes = await Promise.all(Array.from({ length: 20 }, (_, index) => attempt(index, '000000')))
  assert.equal(outcomes.filter((kind) => kind === 'wrong').length, 5)
  assert.equal(outcomes.filter((kind) => kind === 'too_many_attempts').length, 15)
  assert.equal(await attempt(0, code(), 'another'), 'too_many_attempts', 'from every unknown address')
  clock.advance(MINUTE_MS)
  assert.equal(await attempt(0, code()), 'signed_in')
})

test('who has the password cannot lock the person out: a recovery code and a known address still work', async (t) => {
  const { email, staffId, code, recoveryCodes } = await withFactor()
  const { use } = twoProcesses(t)
  const exhaust = () =>
    Promise.all(
      Array.from({ length: 6 }, async (_, index) =>
        use(index, await awaitSecondFactor(app.ctx.db, staffId, app.ctx), { kind: 'code', code: '000000' }),
      ),
    )
  await exhaust()
  // The person has signed in from 127.0.0.1 before.
  assert.equal((await (await halfWay(email)).send('POST', '/session/second-factor', { code: code() })).status, 200)
  await exhaust()
  const awaited = await awaitSecondFactor(app.ctx.db, staffId, app.ctx)
  assert.equal(await use(0, awaited, { kind: 'recovery_code', code: recoveryCodes[0] ?? '' }, 'elsewhere'), 'signed_in')
})

test('with a wrong password an account with a second factor answers as an unknown address does', async () => {
  const { email } = await withFactor()
  const answers = []
  for (const address of [email, 'nobody@example.com']) {
    const { status, body, headers } = await openBrowser(app).send('POST', '/session', { email: address, password: 'x' })
    answers.push([status, { ...body, request_id: '' }, headers.getSetCookie()])
  }
  assert.deepEqual(answers[0], answers[1])
  assert.equal(answers[0]?.[0], 401)
})

test('turned off, the password alone signs in, and every other session has ended', async () => {
  const { browser, email, recoveryCodes, code } = await withFactor()
  const elsewhere = await halfWay(email)
  await elsewhere.send('POST', '/session/second-factor', { code: code() })
  const begun = await halfWay(email)
  assert.equal((await browser.send('DELETE', '/account/second-factor')).status, 204)
  assert.equal((await elsewhere.get('/session')).status, 401)
  assert.equal((await browser.get('/session')).status, 200)
  const late = await begun.send('POST', '/session/second-factor', { recovery_code: recoveryCodes[0] })
  assert.equal(late.status, 401, 'recovery codes are gone too')
  const answer = await openBrowser(app).send('POST', '/session', { email, password: PASSWORD })
  assert.equal(answer.body.second_factor_required, false)
  for (const [method, path] of [
    ['DELETE', '/account/second-factor'],
    ['POST', '/account/recovery-codes'],
  ] as const) {
    assert.equal((await browser.send(method, path)).status, 409, path)
  }
})

test('every act on factors asks for a recent proof, and is in the activity log without a secret', async () => {
  const { browser, code, staffId, secret, recoveryCodes } = await withFactor()
  clock.advance(5 * MINUTE_MS + 1)
  for (const [method, path, body] of [
    ['POST', '/account/second-factor', undefined],
    ['POST', '/account/second-factor/confirm', { code: code() }],
    ['DELETE', '/account/second-factor', undefined],
    ['POST', '/account/recovery-codes', undefined],
    ['POST', '/account/passkeys/options', undefined],
    ['DELETE', '/account/passkeys/psk_none', undefined],
    ['PATCH', '/account/passkeys/psk_none', { name: 'Sample' }],
  ] as const) {
    const answer = await browser.send(method, path, body)
    assert.deepEqual([answer.status, answer.body.code], [403, 'step_up_required'], path)
  }
  await stepUp(browser)
  await browser.send('POST', '/account/recovery-codes')
  await browser.send('DELETE', '/account/second-factor')
  const entries = await app.get(`/activity?limit=50&actor=staff:${formatId('staff', staffId)}`)
  assert.deepEqual(
    entries.body.data.map(({ operation }: { operation: string }) => operation),
    ['turnOffSecondFactor', 'replaceRecoveryCodes', 'confirmSecondFactor', 'beginSecondFactor'],
  )
  const text = JSON.stringify(entries.body)
  for (const hidden of [secret.toString('base64'), code(-1), ...recoveryCodes]) assert(!text.includes(hidden))
})

test('the person is told by mail of every change, and of the use of a recovery code', async () => {
  const { browser, email, recoveryCodes } = await withFactor()
  await (await halfWay(email)).send('POST', '/session/second-factor', { recovery_code: recoveryCodes[0] })
  await (await halfWay(email)).send('POST', '/session/second-factor', { recovery_code: 'wrong' })
  await browser.send('POST', '/account/recovery-codes')
  await browser.send('DELETE', '/account/second-factor')
  const mails = await app.ctx.db.query<ClaimedMail>('select * from mails where recipient = $1 order by id', [email])
  assert.deepEqual(
    mails.map((mail) => openContent(app.ctx.seal, mail)),
    [
      { what: 'second_factor_on' },
      { what: 'recovery_code_used', left: 9 },
      { what: 'recovery_codes_replaced' },
      { what: 'second_factor_off' },
    ].map((change) => ({ kind: 'factors_changed', change })),
  )
})

test('a link skips no second factor, save that of the demo', async () => {
  const { email, staffId, code } = await withFactor()
  const other = await createToken(app.ctx.db, { purpose: 'link', staffId, validMs: MINUTE_MS }, { clock })
  const browser = openBrowser(app)
  const answer = await browser.send('POST', '/session/link', { token: other })
  assert.deepEqual(answer.body, { second_factor_required: true, session: null })
  assert.equal((await browser.get('/session')).status, 401)
  assert.equal((await browser.send('POST', '/session/second-factor', { code: code() })).status, 200)
  const url = await createSignInUrl(app.ctx.db, { email }, app.url, clock)
  const demo = await openBrowser(app).send('POST', '/session/link', { token: url?.split('#')[1] })
  assert.equal(demo.body.second_factor_required, false)
})

test('without a password that was right the second step gives nothing', async () => {
  await createTestPerson(app)
  for (const awaited of [null, `__Host-loyapro-second-factor=${'x'.repeat(43)}`]) {
    const browser = openBrowser(app)
    browser.awaited = awaited
    const answer = await browser.send('POST', '/session/second-factor', { code: '123456' })
    assert.deepEqual([answer.status, answer.body.code], [401, 'sign_in_expired'])
  }
})

test('the password confirms a person with a second factor only together with a code or a recovery code', async () => {
  const { browser, code, recoveryCodes } = await withFactor()
  const confirm = (proof: object) => browser.send('POST', '/session/step-up', { password: PASSWORD, ...proof })
  const codeOf = async (proof: object) => (await confirm(proof)).body.code
  assert.equal(await codeOf({ password: 'wrong', code: code() }), 'wrong_password')
  assert.equal(await codeOf({}), 'second_factor_required')
  assert.equal(await codeOf({ code: '000000' }), 'wrong_second_factor')
  assert.equal(await codeOf({ code: code(-1) }), 'wrong_second_factor', 'it confirmed the secret')
  const former = browser.cookie
  assert.equal((await confirm({ code: code() })).status, 200)
  assert.notEqual(browser.cookie, former)
  assert.equal(await codeOf({ code: code() }), 'wrong_second_factor', 'a code works once')
  assert.equal((await confirm({ recovery_code: recoveryCodes[0] })).status, 200)
  assert.equal(await codeOf({ recovery_code: recoveryCodes[0] }), 'wrong_second_factor')
  assert.equal((await confirm({ code: '1', recovery_code: '2' })).status, 422)
  assert.equal((await browser.send('POST', '/session/step-up', { code: code(1) })).status, 422)
})

test('a step-up that lost its session spends no recovery code', async () => {
  const { browser, recoveryCodes, email } = await withFactor()
  const [first, second] = recoveryCodes
  const confirm = (recovery_code = '') =>
    browser.send('POST', '/session/step-up', { password: PASSWORD, recovery_code })
  const answers = await Promise.all([confirm(first), confirm(second)])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401])
  const other = await halfWay(email)
  const lost = answers[0]?.status === 200 ? second : first
  assert.equal((await other.send('POST', '/session/second-factor', { recovery_code: lost })).status, 200)
})

/** Makes the session fresh, as a proof does. */
async function stepUp(browser: TestBrowser & { person: { id: string } }): Promise<void> {
  await app.ctx.db.query('update staff_sessions set authenticated_at = $2::timestamptz where staff_id = $1', [
    browser.person.id,
    new Date(clock.now()).toISOString(),
  ])
}

/** The second step of signing in, in two processes by turns, from an address that nobody knows. */
function twoProcesses(t: { after(end: () => Promise<void>): void }) {
  const other = openPools(app.ctx.config.databaseUrl ?? '')
  t.after(() => other.close())
  return {
    async use(
      index: number,
      awaited: string,
      proof: { kind: 'code' | 'recovery_code'; code: string },
      network = 'far',
    ) {
      const deps = { ...app.ctx, db: index % 2 === 0 ? app.ctx.db : other.db }
      const browser = { origin: { address: '192.0.2.1', network, userAgent: 'test' }, former: null }
      return (await signInBySecondFactor(deps, { awaited, proof, browser })).kind
    },
  }
}
