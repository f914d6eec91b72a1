// A person changes their own email address: the mail to the new one, the link, what ends with it, races,
// and what nobody can find out.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Answer, testApp } from '../../../../test/support/app.ts'
import { costOf } from '../../../../test/support/cost.ts'
import { untilWaiting } from '../../../../test/support/database.ts'
import { mailsTo, tokenFor } from '../../../../test/support/mails.ts'
import { createTestPerson, openBrowser, PASSWORD, signedIn } from '../../../../test/support/staff.ts'
import { ManualClock } from '../../../kernel/clock.ts'
import { formatId } from '../../../kernel/ids.ts'
import { createPerson } from '../../../staff/people.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const clock = new ManualClock('2026-03-01T12:00:00Z')
const app = await testApp(undefined, { clock })

type Browser = ReturnType<typeof openBrowser>

let addresses = 0
const newAddress = () => `new${++addresses}@example.com`
const ask = (browser: Browser, email: string) => browser.send('POST', '/account/email-change', { email })
/** From a browser in which nobody is signed in, as a mail program opens it. */
const confirm = (token: string) => openBrowser(app).send('POST', '/account/email-change/confirm', { token })
const told = ({ status, body }: Answer) => [status, body?.code]

async function signIn(email: string) {
  const browser = openBrowser(app)
  const { status } = await browser.send('POST', '/session', { email, password: PASSWORD })
  return Object.assign(browser, { status })
}

async function askedBy(browser: Browser, email = newAddress()) {
  const answer = await ask(browser, email)
  assert.equal(answer.status, 204, JSON.stringify(answer.body))
  return { email, token: await tokenFor(app, email) }
}

test('the address changes once the link that was sent to the new one is confirmed; the former one is told', async () => {
  const browser = await signedIn(app)
  const former = browser.person.email
  const other = await signIn(former)
  const { email, token } = await askedBy(browser)
  const [mail] = await mailsTo(app, email)
  assert.match(mail?.text ?? '', new RegExp(`${app.url}/app/email-change#${token}`))
  assert.equal((await browser.get('/account')).body.email, former, 'it stays until then')
  assert.equal((await other.get('/session')).status, 200)

  const answer = await confirm(token)
  assert.deepEqual([answer.status, answer.body], [200, { email }])
  assert.equal((await browser.get('/account')).body.email, email)
  assert.equal((await other.get('/session')).status, 401)
  assert.equal((await signIn(former)).status, 401)
  assert.equal((await signIn(email)).status, 200)
  const news = await mailsTo(app, former)
  assert.deepEqual(
    news.map(({ subject }) => subject),
    ['The email address of your LoyaPro account was changed'],
  )
  assert(!news[0]?.text.includes(email), 'the former mailbox may belong to somebody else')
  assert.deepEqual(told(await confirm(token)), [410, 'link_invalid'], 'once')
})

test('an address is stored in one form, and one that is none, or the own one, is refused at its field', async () => {
  const browser = await signedIn(app)
  for (const [email, problem] of [
    ['not an address', /must be an email address/],
    [`  ${browser.person.email.toUpperCase()} `, /is the address that you have; enter another one/],
  ] as const) {
    const answer = await ask(browser, email)
    assert.deepEqual([...told(answer), answer.body.errors[0].pointer], [422, 'invalid_request', '/email'])
    assert.match(answer.body.errors[0].message, problem)
  }
  assert.equal((await ask(browser, ' Noura.NEW@Example.COM ')).status, 204)
  assert.deepEqual((await confirm(await tokenFor(app, 'noura.new@example.com'))).body, {
    email: 'noura.new@example.com',
  })
})

test('it needs a proof of the last five minutes, a session, and our own origin', async () => {
  const browser = await signedIn(app)
  const body = { email: newAddress() }
  assert.equal((await ask(openBrowser(app), body.email)).status, 401)
  const headers = { origin: 'https://elsewhere.example' }
  assert.deepEqual(told(await browser.send('POST', '/account/email-change', body, headers)), [403, 'wrong_origin'])
  const { token } = await askedBy(browser)
  const confirmed = await openBrowser(app).send('POST', '/account/email-change/confirm', { token }, headers)
  assert.deepEqual(told(confirmed), [403, 'wrong_origin'])
  clock.advance(5 * MINUTE_MS + 1)
  assert.deepEqual(told(await ask(browser, body.email)), [403, 'step_up_required'])
  assert.deepEqual(await mailsTo(app, body.email), [])
})

test('a link is valid for an hour, and until the next one; a token of another purpose is no link', async () => {
  const browser = await signedIn(app)
  const first = await askedBy(browser)
  const second = await askedBy(browser)
  assert.deepEqual(told(await confirm(first.token)), [410, 'link_invalid'])
  clock.advance(HOUR_MS - 1)
  assert.equal((await confirm(second.token)).status, 200)
  const late = await askedBy(await signedIn(app))
  clock.advance(HOUR_MS)
  assert.deepEqual(told(await confirm(late.token)), [410, 'link_invalid'])
  const { email } = await createTestPerson(app)
  await openBrowser(app).send('POST', '/session/password-reset', { email, language: 'en' })
  assert.deepEqual(told(await confirm(await tokenFor(app, email))), [410, 'link_invalid'])
  assert.deepEqual(told(await confirm('x')), [410, 'link_invalid'])
})

test('a link ends with the session that asked for it, and with the password', async () => {
  const stranger = await signedIn(app)
  const owner = await signIn(stranger.person.email)
  const { token } = await askedBy(stranger)
  await owner.send('POST', '/account/sessions/end-others')
  assert.deepEqual(told(await confirm(token)), [410, 'link_invalid'])
  assert.equal((await owner.get('/account')).body.email, stranger.person.email)

  const other = await askedBy(owner)
  assert.equal((await owner.send('POST', '/account/password', { password: 'plenty of sample words' })).status, 204)
  assert.deepEqual(told(await confirm(other.token)), [410, 'link_invalid'])
})

test('what was sent to the former address is good for nothing afterwards', async () => {
  const browser = await signedIn(app)
  const { email: former } = browser.person
  await openBrowser(app).send('POST', '/session/password-reset', { email: former, language: 'en' })
  const reset = { token: await tokenFor(app, former), password: 'plenty of sample words' }
  assert.equal((await confirm((await askedBy(browser)).token)).status, 200)
  const answer = await openBrowser(app).send('POST', '/session/password-reset/complete', reset)
  assert.deepEqual(told(answer), [410, 'link_invalid'])
})

test('asking tells nobody whether another account has the address: same answer, work and mail; its mailbox learns it', async () => {
  const { email: known } = await createTestPerson(app)
  const unknown = newAddress()
  const costs = []
  for (const email of [known, unknown]) {
    const browser = await signedIn(app)
    const { result, cost } = await costOf(() => ask(browser, email))
    assert.deepEqual([result.status, result.body], [204, ''], email)
    costs.push(cost)
  }
  assert.equal(costs[0]?.statements, costs[1]?.statements)
  const subjects = await Promise.all([known, unknown].map(async (email) => (await mailsTo(app, email)).at(-1)?.subject))
  assert.deepEqual(subjects, Array(2).fill('Confirm your new email address for LoyaPro'))
  const answer = await confirm(await tokenFor(app, known))
  assert.deepEqual(told(answer), [409, 'conflict'])
  assert.match(answer.body.detail, new RegExp(`${known} has an account of its own`))
  assert.equal((await signIn(known)).status, 200, 'the account that has it is as it was')
})

test('an address that is taken meanwhile is refused, and nothing changes', async () => {
  const browser = await signedIn(app)
  const { email, token } = await askedBy(browser)
  await createTestPerson(app, { email })
  assert.deepEqual(told(await confirm(token)), [409, 'conflict'])
  assert.equal((await browser.get('/account')).body.email, browser.person.email)
  assert.deepEqual(await mailsTo(app, browser.person.email), [])
})

test('of several people who confirm the same address at the same time, one gets it', async () => {
  for (let round = 0; round < 5; round++) {
    const email = newAddress()
    const people = [await signedIn(app), await signedIn(app), await signedIn(app)]
    const tokens: string[] = []
    for (const one of people) tokens.push((await askedBy(one, email)).token)
    const answers = await Promise.all(tokens.map(confirm))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409])
    const owns = await Promise.all(people.map(async (one) => (await one.get('/account')).body.email === email))
    assert.deepEqual(
      owns,
      answers.map(({ status }) => status === 200),
    )
  }
})

test('an address that an account gets while the link is used is refused as one that was taken before', async () => {
  const browser = await signedIn(app)
  const { email, token } = await askedBy(browser)
  const { db, ids } = app.ctx
  const { confirming } = await db.write('system:test', async (tx) => {
    await createPerson(tx, { email, name: 'Sample Person', language: 'en', password_hash: 'none' }, { ids, clock })
    // The address is not visible yet, and the confirmation waits for it.
    const confirming = confirm(token)
    await untilWaiting(db)
    return { confirming }
  })
  assert.deepEqual(told(await confirming), [409, 'conflict'])
  assert.equal((await browser.get('/account')).body.email, browser.person.email)
})

test('of one link that is used several times at the same time, one use counts', async () => {
  const browser = await signedIn(app)
  const { token } = await askedBy(browser)
  const answers = await Promise.all([confirm(token), confirm(token), confirm(token)])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 410, 410])
  assert.equal((await mailsTo(app, browser.person.email)).length, 1)
})

test('links are limited for each person and each address', async () => {
  const browser = await signedIn(app)
  const target = newAddress()
  for (let i = 0; i < 3; i++) assert.equal((await ask(browser, target)).status, 204)
  const refused = await ask(browser, target)
  assert.deepEqual([...told(refused), refused.headers.get('retry-after')], [429, 'too_many_attempts', '1200'])
  assert.deepEqual(told(await ask(await signedIn(app), target)), [429, 'too_many_attempts'], 'whoever asks')
  for (let i = 0; i < 2; i++) assert.equal((await ask(browser, newAddress())).status, 204)
  const exhausted = await ask(browser, newAddress())
  assert.deepEqual([...told(exhausted), exhausted.headers.get('retry-after')], [429, 'too_many_attempts', '600'])
})

test('each business of the person has entries in its activity log, without the address; no log has it or the token', async () => {
  const second = await app.newBusiness('550923')
  const browser = await signedIn(app, {
    memberships: [
      { businessId: app.business.businessId, role: 'owner' },
      { businessId: second.businessId, role: 'analyst' },
    ],
  })
  const { email, token } = await askedBy(browser)
  assert.equal((await confirm(token)).status, 200)
  const id = formatId('staff', browser.person.id)
  for (const { businessId } of [app.business, second]) {
    const entries = await app.ctx.db.query(
      `select operation, actor, subject, before, after from activity
       where business_id = $1 and actor = $2 order by id`,
      [businessId, `staff:${id}`],
    )
    const entry = { actor: `staff:${id}`, subject: id, before: null, after: null }
    assert.deepEqual(entries, [
      { operation: 'requestEmailChange', ...entry },
      { operation: 'confirmEmailChange', ...entry },
    ])
  }
  for (const hidden of [email, token]) assert(!app.logLines.join('').includes(hidden))
})
