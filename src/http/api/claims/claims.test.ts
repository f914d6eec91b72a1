// Claims over HTTP: each way to set units aside, each refusal in both languages, who must prove the
// customer, and how codes end.
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import type { Scope } from '../../../../contract/scopes.ts'
import { type Caller, callerOf, keyActor, OFFER } from '../../../../test/support/api.ts'
import { type Answer, type TestBusiness, testApp } from '../../../../test/support/app.ts'
import { assertProven } from '../../../../test/support/ledger.ts'
import { stateOf } from '../../../../test/support/state.ts'
import { createApiKey } from '../../../businesses/api-keys.ts'
import { standardBody } from '../../../integrations/standard/fixtures/body.ts'
import { ManualClock } from '../../../kernel/clock.ts'
import { formatId, parseId } from '../../../kernel/ids.ts'

const MINUTE = 60_000
const clock = new ManualClock('2026-03-01T12:00:00Z')
const app = await testApp(undefined, { clock })
const { business } = app
const other = await app.newBusiness('550921')
const owner = callerOf(app)
const stranger = callerOf(app, other)
const cashier = await keyWith('claims:cashier')
const memberApp = await keyWith('claims:write')

beforeEach(() => clock.advance(60 * MINUTE))

async function keyWith(...scopes: Scope[]): Promise<Caller> {
  const { secret } = await createApiKey(
    app.ctx.db.by('system:test'),
    { businessId: business.businessId, name: 'Sample', scopes },
    app.ctx,
  )
  return callerOf(app, { apiKey: secret })
}

const program = (type: keyof TestBusiness['programs'], of: TestBusiness = business) =>
  formatId('program', of.programs[type])
const reward = (name: keyof TestBusiness['rewards'], of: TestBusiness = business) =>
  formatId('reward', of.rewards[name])
const FIVE_OFF = { reward_id: reward('fiveOff') }

let guests = 0

/** A customer who bought six hot drinks at 12.00: 72 points, a full card, 3.60 of cashback. */
async function newGuest({ reference } = business): Promise<{ id: string; phone: string }> {
  const phone = `50000${1000 + ++guests}`
  const at = new Date(clock.now()).toISOString()
  const { status, body } = await app.post(
    standardBody({
      id: `sale-${guests}`,
      timestamp: clock.now() / 1000,
      business: { reference },
      lines: [{ category_id: '_7ad32937', quantity: 6 }],
      order: {
        updated_at: at,
        opened_at: at,
        closed_at: at,
        business_date: at.slice(0, 10),
        customer: { id: phone, name: 'Sample Guest', dial_code: 966, phone },
      },
    }),
    { pos: 'standard' },
  )
  assert.equal(status, 200, JSON.stringify(body))
  return { id: body.customer.id, phone: `+966${phone}` }
}

const claim = ({ id }: { id: string }, body: object, caller: Caller = owner, headers: Record<string, string> = {}) =>
  caller.send('POST', `/customers/${id}/claims`, body, headers)

async function claimed(guest: { id: string }, body: object = FIVE_OFF): Promise<Answer['body']> {
  const answer = await claim(guest, body)
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body
}

/** Available units, and those set aside, in the program of this type. */
async function has({ id }: { id: string }, type: string): Promise<[available: number, held: number]> {
  const { body } = await owner.get(`/customers/${id}`)
  const found = body.balances.find((balance: { program_type: string }) => balance.program_type === type)
  return [found?.available ?? 0, found?.held ?? 0]
}

/** The refusal is as expected, and says why in the language that is asked for. */
async function refused(
  ask: (headers: Record<string, string>) => Promise<Answer>,
  status: number,
  code: string,
  more: object = {},
): Promise<void> {
  const [english, arabic] = [await ask({ 'accept-language': 'en' }), await ask({ 'accept-language': 'ar' })]
  for (const { status: got, body } of [english, arabic]) {
    assert.deepEqual([got, body.code], [status, code], JSON.stringify(body))
    for (const [key, value] of Object.entries(more)) assert.deepEqual(body[key], value, key)
  }
  assert.match(english.body.message, /[a-z]{3}/)
  assert.match(arabic.body.message, /[\u0600-\u06ff]{3}/)
}

test('a reward: its price is set aside, and the claim says what, under which code and until when', async () => {
  const guest = await newGuest()
  const body = await claimed(guest)
  const { id, code, ...rest } = body
  assert.match(id, /^clm_[0-9a-z]{26}$/)
  assert.match(code, /^\d{8}$/)
  assert.deepEqual(rest, {
    customer_id: guest.id,
    kind: 'reward',
    status: 'held',
    ended_at: null,
    ended_by: null,
    redemption: null,
    created_at: new Date(clock.now()).toISOString(),
    created_by: await keyActor(app),
    expires_at: new Date(clock.now() + 10 * MINUTE).toISOString(),
    reward_id: reward('fiveOff'),
    reward_version: 1,
    name: { en: '5 SAR off', ar: 'خصم 5 ريالات' },
    program_id: program('points'),
    program_type: 'points',
    unit: 'point',
    units: 20,
  })
  assert.deepEqual(await has(guest, 'points'), [52, 20])
  assert.deepEqual((await owner.get(`/claims/${id}`)).body, body)
  await assertProven(app.ctx.db, business)
})

test('cashback, a full card and a use of a plan are claimed by their program', async () => {
  const guest = await newGuest()
  const cashback = await claimed(guest, { program_id: program('cashback'), amount: 300 })
  assert.deepEqual([cashback.kind, cashback.units, cashback.reward_id], ['cashback', 300, null])
  assert.deepEqual(await has(guest, 'cashback'), [60, 300])
  const card = await claimed(guest, { program_id: program('stamps') })
  assert.deepEqual([card.kind, card.units, card.name.en], ['card', 0, 'A hot drink'])
  const subscribed = await owner.send('POST', `/customers/${guest.id}/subscriptions`, {
    program_id: program('subscription'),
  })
  assert.equal(subscribed.status, 201)
  const use = await claimed(guest, { program_id: program('subscription') })
  assert.deepEqual([use.kind, use.units], ['use', 1])
  assert.deepEqual(await has(guest, 'subscription'), [29, 1])
  await assertProven(app.ctx.db, business)
})

const MISFITS: [what: string, body: object, pointer: string][] = [
  ['neither', {}, '/reward_id'],
  ['both', { ...FIVE_OFF, program_id: program('stamps') }, '/reward_id'],
  ['an amount with a reward', { ...FIVE_OFF, amount: 5 }, '/amount'],
  ['a points program', { program_id: program('points') }, '/program_id'],
  ['cashback without an amount', { program_id: program('cashback') }, '/amount'],
  ['a card with an amount', { program_id: program('stamps'), amount: 1 }, '/amount'],
  ['a part of a minor unit', { program_id: program('cashback'), amount: 1.5 }, '/amount'],
  ['a code for no time', { ...FIVE_OFF, valid_minutes: 0 }, '/valid_minutes'],
  ['a code for more than a day', { ...FIVE_OFF, valid_minutes: 1441 }, '/valid_minutes'],
  ['a field that nobody knows', { ...FIVE_OFF, price: 1 }, '/price'],
]

for (const [what, body, pointer] of MISFITS) {
  test(`422 names the field and the remedy: ${what}`, async () => {
    const answer = await claim(await newGuest(), body)
    assert.deepEqual([answer.status, answer.body.code], [422, 'invalid_request'], JSON.stringify(answer.body))
    const found = answer.body.errors.find((error: { pointer: string }) => error.pointer === pointer)
    assert(found, JSON.stringify(answer.body.errors))
    assert(found.message && /[\u0600-\u06ff]/.test(found.message_ar))
  })
}

test('what cannot be had is refused, and nothing is set aside', async () => {
  const guest = await newGuest()
  const made = async (more: object) => {
    const name = { en: 'A treat', ar: 'هدية' }
    const answer = await owner.send('POST', '/rewards', { name, program_id: program('points'), ...OFFER, ...more })
    assert.equal(answer.status, 201, JSON.stringify(answer.body))
    return answer.body.id
  }
  const ask = (body: object) => (headers: Record<string, string>) => claim(guest, body, owner, headers)
  await refused(ask({ reward_id: await made({ price: 73 }) }), 409, 'insufficient_units', { available: 72 })
  await refused(ask({ program_id: program('cashback'), amount: 361 }), 409, 'insufficient_units', { available: 360 })
  await refused(ask({ program_id: program('subscription') }), 409, 'insufficient_units', { available: 0 })
  const archived = await made({})
  assert.equal((await owner.send('POST', `/rewards/${archived}/archive`)).status, 200)
  await refused(ask({ reward_id: archived }), 409, 'reward_unavailable')
  await refused(ask({ reward_id: await made({ dates: { to: '2026-02-28' } }) }), 409, 'reward_unavailable')
  const once = await made({ price: 1, limits: { per_customer: 1 } })
  await claimed(guest, { reward_id: once })
  await refused(ask({ reward_id: once }), 409, 'limit_reached', { scope: 'per_customer', limit: 1 })
  const few = await made({ price: 1, limits: { in_all: 1 } })
  await claimed(await newGuest(), { reward_id: few })
  await refused(ask({ reward_id: few }), 409, 'limit_reached', { scope: 'in_all', limit: 1 })
  await claimed(guest, { program_id: program('stamps') })
  await refused(ask({ program_id: program('stamps') }), 409, 'no_card')
  for (const body of [
    { reward_id: reward('fiveOff', other) },
    { program_id: program('stamps', other) },
    { reward_id: 'x' },
  ])
    await refused(ask(body), 404, 'not_found')
  assert.deepEqual(await has(guest, 'points'), [71, 1])
  await assertProven(app.ctx.db, business)
})

test('a program that is not in force yet, a balance or a balance below its minimum, is refused', async () => {
  const shop = await app.newBusiness('660130')
  const caller = callerOf(app, shop)
  const guest = await newGuest(shop)
  const cashback = {
    type: 'cashback',
    minimum_to_redeem: 1000,
    rules: [{ id: 'share', earn: { kind: 'percent', basis_points: 500 } }],
  }
  const made = async (more: object) => {
    const name = { en: 'Sample', ar: 'تجريبي' }
    const answer = await caller.send('POST', '/programs', { type: 'cashback', name, definition: cashback, ...more })
    assert.equal(answer.status, 201, JSON.stringify(answer.body))
    return answer.body.id
  }
  const ask = (program_id: string) => (headers: Record<string, string>) =>
    claim(guest, { program_id, amount: 1 }, caller, headers)
  await refused(ask(await made({})), 409, 'reward_unavailable')
  const inForce = await made({ activate: true, effective_from: '2020-01-02T00:00:00Z' })
  await refused(ask(inForce), 409, 'below_minimum', { minimum: 1000, available: 0 })
  await assertProven(app.ctx.db, shop)
})

test('a claim with an Idempotency-Key is made once, and another body under that key is refused', async () => {
  const guest = await newGuest()
  const key = { 'idempotency-key': 'claim-once' }
  const [first, again] = [await claim(guest, FIVE_OFF, owner, key), await claim(guest, FIVE_OFF, owner, key)]
  assert.deepEqual([again.status, again.body], [201, first.body])
  const changed = await claim(guest, { reward_id: reward('tenPercent') }, owner, key)
  assert.deepEqual([changed.status, changed.body.code], [422, 'idempotency_key_reused'])
  assert.deepEqual(await has(guest, 'points'), [52, 20])
})

test('a code is good for as long as was asked; when it has run out its units can be claimed again', async () => {
  const guest = await newGuest()
  const all = { program_id: program('cashback'), amount: 360 }
  const short = await claimed(guest, { ...all, valid_minutes: 1 })
  assert.equal(short.expires_at, new Date(clock.now() + MINUTE).toISOString())
  clock.advance(MINUTE - 1)
  assert.equal((await claim(guest, all)).body.code, 'insufficient_units')
  clock.advance(1)
  const long = await claimed(guest, { ...all, valid_minutes: 1440 })
  assert.equal(long.expires_at, new Date(clock.now() + 1440 * MINUTE).toISOString())
  const before = await owner.get(`/claims/${short.id}`)
  assert.deepEqual([before.body.status, before.body.ended_at], ['expired', new Date(clock.now()).toISOString()])
  await assertProven(app.ctx.db, business)
})

test('the claims of a customer are listed newest first, by status, page by page', async () => {
  const guest = await newGuest()
  const made: string[] = []
  for (let at = 0; at < 3; at++) {
    made.unshift((await claimed(guest)).id)
    clock.advance(1_000)
  }
  assert.equal((await owner.send('POST', `/claims/${made[1]}/cancel`)).status, 200)
  const list = async (query = '') => (await owner.get(`/customers/${guest.id}/claims${query}`)).body
  const ids = ({ data }: { data: { id: string }[] }) => data.map(({ id }) => id)
  assert.deepEqual(ids(await list()), made)
  assert.deepEqual(ids(await list('?status=held')), [made[0], made[2]])
  assert.deepEqual(ids(await list('?status=cancelled')), [made[1]])
  assert.deepEqual(ids(await list('?status=redeemed')), [])
  const first = await list('?limit=2')
  assert.deepEqual(ids(first), made.slice(0, 2))
  const rest = await list(`?limit=2&cursor=${encodeURIComponent(first.next_cursor)}`)
  assert.deepEqual([ids(rest), rest.next_cursor], [[made[2]], null])
  assert.equal((await owner.get(`/customers/${guest.id}/claims?status=spent`)).status, 422)
})

test('a cancelled claim gives its units back, once', async () => {
  const guest = await newGuest()
  const { id } = await claimed(guest)
  const cancelled = await owner.send('POST', `/claims/${id}/cancel`)
  assert.deepEqual([cancelled.status, cancelled.body.status], [200, 'cancelled'])
  assert.equal(cancelled.body.ended_at, new Date(clock.now()).toISOString())
  assert.deepEqual(await has(guest, 'points'), [72, 0])
  const again = (headers: Record<string, string>) => owner.send('POST', `/claims/${id}/cancel`, undefined, headers)
  await refused(again, 409, 'conflict', { claim_status: 'cancelled' })
  assert.deepEqual(await has(guest, 'points'), [72, 0])
  await assertProven(app.ctx.db, business)
})

test('for another business there is no such customer and no such claim, and its key changes nothing', async () => {
  const guest = await newGuest()
  const { id } = await claimed(guest)
  const before = await stateOf(app, business.businessId)
  await refused((headers) => claim(guest, { reward_id: reward('fiveOff', other) }, stranger, headers), 404, 'not_found')
  for (const path of [`/claims/${id}`, `/customers/${guest.id}/claims`]) {
    assert.equal((await stranger.get(path)).status, 404, path)
  }
  assert.equal((await stranger.send('POST', `/claims/${id}/cancel`)).status, 404)
  assert.deepEqual(await stateOf(app, business.businessId), before)
  const visible = await app.ctx.db.asTenant(other.businessId, (tx) => tx.query('select id from claims'))
  assert.deepEqual(visible, [], 'the database itself hides them')
  const own = await app.ctx.db.asTenant(business.businessId, (tx) => tx.query<{ id: string }>('select id from claims'))
  assert(own.some((row) => row.id === parseId('claim', id)))
})

test('an app that knows its customers claims without a proof; a cashier never does', async () => {
  const guest = await newGuest()
  await refused((headers) => claim(guest, FIVE_OFF, cashier, headers), 403, 'proof_required')
  assert.deepEqual(await has(guest, 'points'), [72, 0])
  assert.equal((await claim(guest, FIVE_OFF, memberApp)).status, 201)
  const reader = await keyWith('claims:read')
  const answer = await claim(guest, FIVE_OFF, reader)
  assert.deepEqual([answer.status, answer.body.code, answer.body.scope], [403, 'forbidden_scope', 'claims:write'])
})

test('a card proves its customer to the cashier, and nobody else', async () => {
  const [guest, friend] = [await newGuest(), await newGuest()]
  const { token } = (await memberApp.get(`/customers/${guest.id}/card`)).body
  const proof = { card_token: token }
  await refused((headers) => claim(friend, { ...FIVE_OFF, proof }, cashier, headers), 403, 'wrong_proof')
  assert.equal((await claim(guest, { ...FIVE_OFF, proof }, cashier)).status, 201)
  assert.deepEqual(
    [await has(guest, 'points'), await has(friend, 'points')],
    [
      [52, 20],
      [72, 0],
    ],
  )
  const refusedToo = await claim(guest, { ...FIVE_OFF, proof: { card_token: 'lpc_0' } }, memberApp)
  assert.equal(refusedToo.body.code, 'wrong_proof', 'a proof that is sent is looked at, whoever sends it')
})

async function password(guest: { id: string }): Promise<string> {
  assert.equal((await cashier.send('POST', `/customers/${guest.id}/one-time-passwords`)).status, 201)
  return /\b\d{6}\b/.exec(app.messages.at(-1)?.text ?? '')?.[0] ?? ''
}

const withPassword = (guest: { id: string }, one_time_password: string, headers: Record<string, string> = {}) =>
  claim(guest, { ...FIVE_OFF, proof: { one_time_password } }, cashier, headers)

test('a one-time password is good for one claim; a claim that is refused does not use it up', async () => {
  const guest = await newGuest()
  const right = await password(guest)
  const proof = { one_time_password: right }
  const tooMuch = await claim(guest, { program_id: program('cashback'), amount: 999, proof }, cashier)
  assert.equal(tooMuch.body.code, 'insufficient_units')
  assert.equal((await withPassword(guest, right)).status, 201)
  await refused((headers) => withPassword(guest, right, headers), 403, 'proof_expired')
  clock.advance(2 * MINUTE)
  const late = await password(guest)
  clock.advance(5 * MINUTE)
  await refused((headers) => withPassword(guest, late, headers), 403, 'proof_expired')
})

test('wrong one-time passwords count although they are refused: after five, not even the right one is heard', async () => {
  const guest = await newGuest()
  const right = await password(guest)
  const wrong = String((Number(right) + 1) % 1_000_000).padStart(6, '0')
  for (let tries = 0; tries < 5; tries++) assert.equal((await withPassword(guest, wrong)).body.code, 'wrong_proof')
  const locked = await withPassword(guest, right)
  assert.deepEqual([locked.status, locked.body.code], [429, 'too_many_attempts'])
  assert(Number(locked.headers.get('retry-after')) > 0)
  assert.deepEqual(await has(guest, 'points'), [72, 0])
  clock.advance(15 * MINUTE)
  assert.equal((await withPassword(guest, await password(guest))).status, 201)
  await assertProven(app.ctx.db, business)
})
