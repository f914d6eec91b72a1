// Stories of a customer who proves at the till that they want to spend: with their card, or with a
// password sent to their phone.
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import type { Proof } from '../../../../contract/api/cards.ts'
import type { Scope } from '../../../../contract/scopes.ts'
import { type Caller, callerOf } from '../../../../test/support/api.ts'
import { type Answer, testApp } from '../../../../test/support/app.ts'
import { createApiKey } from '../../../businesses/api-keys.ts'
import { verifyProof } from '../../../identity/verify-proof.ts'
import { ManualClock } from '../../../kernel/clock.ts'
import { derivedId, parseId, type Uuid } from '../../../kernel/ids.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const START = Date.parse('2026-03-01T12:00:00Z')

const clock = new ManualClock(START)
const app = await testApp(undefined, { clock })
const { businessId } = app.business
const owner = callerOf(app)
const cashier = await keyWith('claims:cashier')
const memberApp = await keyWith('claims:write')

beforeEach(() => clock.advance(60 * MINUTE))

async function keyWith(scope: Scope): Promise<Caller> {
  const { secret } = await createApiKey(
    app.ctx.db.by('system:test'),
    { businessId, name: 'Sample', scopes: [scope] },
    app.ctx,
  )
  return callerOf(app, { apiKey: secret })
}

let customers = 0

interface Sample {
  id: string
  uuid: Uuid
  phone: string
}

async function newCustomer(profile: object = {}): Promise<Sample> {
  const phone = `+96650000${String(1000 + ++customers)}`
  const { status, body } = await owner.send('POST', '/customers', { phone, ...profile })
  assert.equal(status, 201)
  return { id: body.id, uuid: parseId('customer', body.id) ?? '', phone }
}

function send({ id }: Sample, caller = cashier, headers: Record<string, string> = {}): Promise<Answer> {
  return caller.send('POST', `/customers/${id}/one-time-passwords`, undefined, headers)
}

/** Has a password sent, and reads it as the customer does. */
async function receive(customer: Sample): Promise<string> {
  assert.equal((await send(customer)).status, 201)
  return /\b\d{6}\b/.exec(app.messages.at(-1)?.text ?? '')?.[0] ?? ''
}

/** What a claim does with its proof; the answer is committed. */
function prove(customer: Sample, proof: Proof, business = businessId): Promise<string> {
  const question = { businessId: business, customerId: customer.uuid, proof }
  return app.ctx.db.asTenant(business, (tx) => verifyProof(tx, question, app.ctx))
}

const tryPassword = (customer: Sample, password: string) => prove(customer, { one_time_password: password })

/** Another password than this one. */
const wrong = (password: string, step = 1) => String((Number(password) + step) % 1_000_000).padStart(6, '0')

const cardOf = async ({ id }: Sample): Promise<string> => (await memberApp.get(`/customers/${id}/card`)).body.token

test('C61: who knows a phone number, and works at the till, learns neither the card nor the password of its owner', async () => {
  const customer = await newCustomer()
  for (const [method, path] of [
    ['GET', `/customers/${customer.id}/card`],
    ['POST', `/customers/${customer.id}/card/renew`],
  ] as const) {
    const answer = await cashier.send(method, path)
    assert.deepEqual([answer.status, answer.body.code], [403, 'forbidden_scope'], path)
  }
  const sent = await send(customer)
  assert.deepEqual(Object.keys(sent.body).sort(), ['expires_at', 'next_at'], 'the password goes to the phone alone')
  assert.equal(app.messages.at(-1)?.phone, customer.phone)
  const madeUp = [customer.phone, customer.id, `lpc_${'0'.repeat(48)}`, `lpc_${customer.id.slice(4)}${'0'.repeat(22)}`]
  for (const token of madeUp) {
    const answer = await cashier.send('POST', '/cards/read', { token })
    assert.deepEqual([answer.status, answer.body.code], [403, 'wrong_proof'], token)
    assert.equal(await prove(customer, { card_token: token }), 'wrong_proof')
  }
})

test('a cashier who scans a card learns whose it is, and the card proves its owner and nobody else', async () => {
  const [customer, other] = [await newCustomer({ name: 'Sample Customer' }), await newCustomer()]
  const { body, headers } = await memberApp.get(`/customers/${customer.id}/card`)
  assert.equal(body.serial, 1)
  assert.equal(headers.get('cache-control'), 'no-store')
  const read = await cashier.send('POST', '/cards/read', { token: body.token })
  assert.deepEqual([read.status, read.body], [200, { id: customer.id, name: 'Sample Customer' }])
  assert.equal(await prove(customer, { card_token: body.token }), 'proven')
  assert.equal(await prove(customer, { card_token: body.token }), 'proven', 'a card is for many visits')
  assert.equal(await prove(other, { card_token: body.token }), 'wrong_proof')
})

test('a card that was lost is worth nothing once another was given out, and a repeated renewal renews once', async () => {
  const customer = await newCustomer()
  const lost = await cardOf(customer)
  const renew = () =>
    memberApp.send('POST', `/customers/${customer.id}/card/renew`, undefined, { 'idempotency-key': 'renew-once' })
  const [first, again] = [await renew(), await renew()]
  assert.deepEqual([first.status, first.body.serial], [200, 2])
  assert.deepEqual(again.body, first.body)
  assert.equal(await cardOf(customer), first.body.token)
  assert.equal(await prove(customer, { card_token: lost }), 'wrong_proof')
  assert.equal(await prove(customer, { card_token: first.body.token }), 'proven')
  assert.equal((await cashier.send('POST', '/cards/read', { token: lost })).status, 403)
  const kept = await app.ctx.db.query('select from idempotency_keys where answer::text like $1', ['%lpc\\_%'])
  assert.deepEqual(kept, [], 'no token lies in the database')
})

test("another business reads nobody's card, proves nobody by it, and cannot tell it from a made-up one", async () => {
  const other = await app.newBusiness('550921')
  const customer = await newCustomer()
  const token = await cardOf(customer)
  const foreign = await callerOf(app, other).send('POST', '/cards/read', { token })
  const madeUp = await callerOf(app, other).send('POST', '/cards/read', { token: 'lpc_made-up' })
  const { request_id: _, ...told } = foreign.body
  const { request_id: __, ...toldOfNone } = madeUp.body
  assert.deepEqual([foreign.status, told], [403, toldOfNone])
  assert.equal(await prove(customer, { card_token: token }, other.businessId), 'wrong_proof')
  assert.equal(await prove(customer, { one_time_password: await receive(customer) }, other.businessId), 'proof_expired')
})

test('a password proves once, within five minutes, in either digits', async () => {
  const customer = await newCustomer()
  assert.equal(await tryPassword(customer, '000000'), 'proof_expired', 'none was sent')
  const password = await receive(customer)
  assert.equal(await tryPassword(customer, password), 'proven')
  assert.equal(await tryPassword(customer, password), 'proof_expired', 'it is used up')
  clock.advance(MINUTE)
  const inArabic = [...(await receive(customer))].map((digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)]).join('')
  clock.advance(5 * MINUTE - 1)
  assert.equal(await tryPassword(customer, inArabic), 'proven')
  const late = await receive(customer)
  clock.advance(5 * MINUTE)
  assert.equal(await tryPassword(customer, late), 'proof_expired', 'five minutes are over')
})

test('a claim that comes to nothing leaves the password as it was', async () => {
  const customer = await newCustomer()
  const password = await receive(customer)
  const question = { businessId, customerId: customer.uuid, proof: { one_time_password: password } }
  const failed = app.ctx.db.asTenant(businessId, async (tx) => {
    assert.equal(await verifyProof(tx, question, app.ctx), 'proven')
    throw new Error('the balance is too small')
  })
  await assert.rejects(failed, /too small/)
  assert.equal(await tryPassword(customer, password), 'proven')
})

test('after five wrong tries even the right password is not heard, and no other one is sent for 15 minutes', async () => {
  const customer = await newCustomer()
  const password = await receive(customer)
  for (let step = 1; step <= 5; step++)
    assert.equal(await tryPassword(customer, wrong(password, step)), 'wrong_proof', `try ${step}`)
  assert.equal(await tryPassword(customer, password), 'too_many_attempts')
  clock.advance(15 * MINUTE - 1)
  const refused = await send(customer)
  assert.deepEqual([refused.status, refused.body.code], [429, 'too_many_attempts'])
  assert.equal(refused.headers.get('retry-after'), '1')
  assert.equal(await tryPassword(customer, password), 'too_many_attempts')
  assert.equal(await prove(customer, { card_token: await cardOf(customer) }), 'proven', 'a card is heard all the same')
  clock.advance(1)
  assert.equal(await tryPassword(customer, password), 'proof_expired')
  assert.equal(await tryPassword(customer, await receive(customer)), 'proven')
})

test('another password does not give five more guesses, a right one does, and it ends the one before', async () => {
  const customer = await newCustomer()
  const first = await receive(customer)
  for (let step = 1; step <= 4; step++) await tryPassword(customer, wrong(first, step))
  clock.advance(MINUTE)
  const second = await receive(customer)
  assert.equal(await tryPassword(customer, second === first ? wrong(first) : first), 'wrong_proof', 'the fifth')
  assert.equal(await tryPassword(customer, second), 'too_many_attempts')

  const careful = await newCustomer()
  const password = await receive(careful)
  for (let step = 1; step <= 4; step++) await tryPassword(careful, wrong(password, step))
  assert.equal(await tryPassword(careful, password), 'proven')
  clock.advance(MINUTE)
  const next = await receive(careful)
  assert.equal(await tryPassword(careful, wrong(next)), 'wrong_proof')
  assert.equal(await tryPassword(careful, next), 'proven')
})

test('of 50 uses of one password at once one proves', async () => {
  const customer = await newCustomer()
  const password = await receive(customer)
  const verdicts = await Promise.all(Array.from({ length: 50 }, () => tryPassword(customer, password)))
  const counted = Object.fromEntries([...Map.groupBy(verdicts, (one) => one)].map(([one, all]) => [one, all.length]))
  assert.deepEqual(counted, { proven: 1, proof_expired: 49 })
})

test('of 20 wrong tries at once five are heard', async () => {
  const customer = await newCustomer()
  const password = await receive(customer)
  const tries = Array.from({ length: 20 }, (_, step) => tryPassword(customer, wrong(password, step + 1)))
  const heard = (await Promise.all(tries)).filter((verdict) => verdict === 'wrong_proof')
  assert.equal(heard.length, 5)
})

test('at most one password a minute is sent to a customer, however many ask, and whoever asks', async () => {
  const customer = await newCustomer()
  const before = app.messages.length
  const callers = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? cashier : memberApp))
  const answers = await Promise.all(callers.map((caller) => send(customer, caller)))
  const [sent, ...more] = answers.filter(({ status }) => status === 201)
  assert.deepEqual(more, [])
  assert.equal(app.messages.length, before + 1)
  const minute = [5 * MINUTE, MINUTE].map((ms) => new Date(clock.now() + ms).toISOString())
  assert.deepEqual([sent?.body.expires_at, sent?.body.next_at], minute)
  for (const refused of answers.filter(({ status }) => status !== 201)) {
    assert.deepEqual([refused.status, refused.body.code], [429, 'rate_limited'])
    assert.equal(refused.headers.get('retry-after'), '60')
  }
  clock.advance(MINUTE - 1)
  assert.equal((await send(customer)).headers.get('retry-after'), '1')
  clock.advance(1)
  assert.equal((await send(customer)).status, 201)
})

test('a request that is repeated with its Idempotency-Key is answered alike and sends nothing more', async () => {
  const customer = await newCustomer()
  const before = app.messages.length
  const again = { 'idempotency-key': 'send-once' }
  const [first, second] = [await send(customer, cashier, again), await send(customer, cashier, again)]
  assert.deepEqual([first.status, second.status, second.body], [201, 201, first.body])
  assert.equal(app.messages.length, before + 1)
})

test("the message is in the customer's language, else in the business's", async () => {
  for (const [language, expected] of [
    ['en', /^Sample North Coffee: \d{6} is your code/],
    ['ar', /رمز التحقق \d{6} لاستخدام رصيدك/],
  ] as const) {
    const customer = await newCustomer({ language })
    await receive(customer)
    assert.equal(app.messages.at(-1)?.language, language)
    assert.match(app.messages.at(-1)?.text ?? '', expected)
  }
  const [business] = await app.ctx.db.query<{ language: string }>('select language from businesses where id = $1', [
    businessId,
  ])
  await receive(await newCustomer())
  assert.equal(app.messages.at(-1)?.language, business?.language)
})

test('neither the database nor the log holds a password, nor the log a phone or a card', async () => {
  const customer = await newCustomer()
  const [password, token] = [await receive(customer), await cardOf(customer)]
  await cashier.send('POST', '/cards/read', { token })
  const log = app.logLines.join('')
  for (const secret of [customer.phone.slice(1), token.slice(4)]) assert.ok(!log.includes(secret))
  assert.doesNotMatch(log, new RegExp(`\\b${password}\\b`))
  const [row] = await app.ctx.db.query<{ hash: Buffer }>('select hash from one_time_passwords where customer_id = $1', [
    customer.uuid,
  ])
  assert.deepEqual(row?.hash, app.ctx.proofKeys.hashPassword(businessId, customer.uuid, password))
})

test('a message that cannot be sent is 503, with the remedy', async (t) => {
  const customer = await newCustomer()
  t.mock.method(app.ctx.messages, 'sendPassword', () => Promise.reject(new Error('the carrier is away')))
  const answer = await send(customer)
  assert.deepEqual([answer.status, answer.body.code], [503, 'unavailable'])
  assert.equal(answer.headers.get('retry-after'), '60')
})

test('a customer who does not exist has neither card nor password', async () => {
  const nobody = { id: 'cus_00000000000000000000000000', uuid: derivedId('nobody'), phone: '' }
  for (const answer of [
    await send(nobody),
    await memberApp.get(`/customers/${nobody.id}/card`),
    await memberApp.send('POST', `/customers/${nobody.id}/card/renew`),
  ])
    assert.deepEqual([answer.status, answer.body.code], [404, 'not_found'])
})
