// Limits of adjustments: in money, for each person and day, exact under concurrency.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerOf, POINTS_DEFINITION } from '../../../../test/support/api.ts'
import { type Answer, testApp } from '../../../../test/support/app.ts'
import { signedIn, type TestBrowser } from '../../../../test/support/staff.ts'
import { ManualClock } from '../../../kernel/clock.ts'
import { formatId } from '../../../kernel/ids.ts'

// 11:30 at night in Riyadh, the zone of the business: half an hour before the day ends.
const clock = new ManualClock('2026-03-01T20:30:00Z')
const app = await testApp(undefined, { clock })
const { businessId, programs } = app.business
const key = callerOf(app)
/** A unit is a halala. */
const cashback = formatId('program', programs.cashback)
const owner = await signedIn(app)

const member = (role: 'support' | 'manager') => signedIn(app, { memberships: [{ businessId, role }] })

const setLimits = async (body: object): Promise<void> => {
  // Only who has just signed in may set them.
  const answer = await (await signedIn(app)).send('PATCH', '/adjustment-limits', body)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
}

let phones = 0

async function someone(): Promise<string> {
  phones += 1
  return (await key.send('POST', '/customers', { phone: `05000${String(phones).padStart(5, '0')}` })).body.id
}

const customer = await someone()

const adjust = (person: Pick<TestBrowser, 'send'>, units: number, more: object = {}, headers = {}): Promise<Answer> =>
  person.send(
    'POST',
    `/customers/${customer}/adjustments`,
    { program_id: cashback, units, reason: 'Sample', ...more },
    headers,
  )

const allowance = async (person: TestBrowser) => (await person.get('/adjustment-allowance')).body

/** What a refusal says besides its words. */
const refusal = ({ status, body: { code, limit, amount, allowed, left, currency } }: Answer) => ({
  ...{ status, code, limit, amount, allowed, left, currency },
})

test('support may not adjust before an owner sets a limit', async () => {
  const support = await member('support')
  const refused = await adjust(support, 1)
  assert.deepEqual([refused.status, refused.body.code, refused.body.limit], [403, 'forbidden_scope', 0])
  const { limit, left_today } = await allowance(support)
  assert.deepEqual([limit, left_today], [{ per_adjustment: 0, per_day: 0 }, 0])
  assert.deepEqual((await owner.get('/adjustment-limits')).body, {
    currency: 'SAR',
    support: { per_adjustment: 0, per_day: 0, updated_at: null, updated_by: null },
    manager: null,
  })
})

test('a person adjusts up to the limit of one adjustment, and of a day', async () => {
  await setLimits({ support: { per_adjustment: 2000, per_day: 5000 } })
  const support = await member('support')
  const given = await adjust(support, 2000)
  assert.deepEqual([given.status, given.body.allowance], [201, { amount: 2000, left_today: 3000 }])
  const sar = { status: 409, code: 'adjustment_limit', currency: 'SAR' }
  const tooMuch = await adjust(support, 2001)
  assert.deepEqual(refusal(tooMuch), { ...sar, limit: 'per_adjustment', amount: 2001, allowed: 2000, left: 3000 })
  assert.equal(
    tooMuch.body.detail,
    'The adjustment is worth 20.01 SAR. Your limit for one adjustment is 20.00 SAR; 30.00 SAR are left today.',
  )
  // What was given and taken back counts twice.
  assert.deepEqual((await adjust(support, -2000)).body.allowance, { amount: 2000, left_today: 1000 })
  const overDay = { ...sar, limit: 'per_day', amount: 1001, allowed: 5000, left: 1000 }
  assert.deepEqual(refusal(await adjust(support, 1001)), overDay)
  assert.deepEqual(refusal(await adjust(support, -1001, { allow_debt: true })), overDay)
  assert.equal((await adjust(support, 1000)).status, 201)
  const { used_today, left_today, day_ends_at } = await allowance(support)
  assert.deepEqual([used_today, left_today, day_ends_at], [5000, 0, '2026-03-01T21:00:00.000Z'])
})

test('each person and each day has its own allowance', async () => {
  const [first, second] = await Promise.all([member('support'), member('support')])
  for (const units of [2000, 2000, 1000]) assert.equal((await adjust(first, units)).status, 201)
  assert.equal((await adjust(first, 1)).status, 409)
  assert.equal((await adjust(second, 2000)).status, 201)
  clock.advance(3_600_000)
  assert.deepEqual((await adjust(first, 2000)).body.allowance, { amount: 2000, left_today: 3000 })
})

test('concurrent adjustments in both directions do not exceed the day together', async () => {
  const support = await member('support')
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) => adjust(support, index % 2 === 0 ? 1000 : -1000, { allow_debt: true })),
  )
  const statuses = answers.map(({ status }) => status).sort()
  assert.deepEqual(statuses, [...Array(5).fill(201), ...Array(7).fill(409)])
  assert.equal((await allowance(support)).left_today, 0)
})

test('a preview, a repeated and a refused request count nothing', async () => {
  const support = await member('support')
  const path = `/customers/${customer}/adjustments`
  const body = { program_id: cashback, units: 1500, reason: 'Sample' }
  const preview = await support.send('POST', `${path}/preview`, body)
  assert.deepEqual(preview.body.allowance, { amount: 1500, left_today: 3500 })
  assert.equal((await support.send('POST', `${path}/preview`, { ...body, units: 2001 })).body.code, 'adjustment_limit')
  const headers = { 'idempotency-key': 'limits-once' }
  assert.equal((await adjust(support, 1500, {}, headers)).status, 201)
  assert.equal((await adjust(support, 1500, {}, headers)).headers.get('idempotency-hit'), 'true')
  const empty = await someone()
  const refused = await support.send('POST', `/customers/${empty}/adjustments`, { ...body, units: -1500 })
  assert.equal(refused.body.code, 'insufficient_units')
  assert.equal((await allowance(support)).used_today, 1500)
})

test('units are worth what can be had for them, rounded up; without a price they cannot be counted', async () => {
  const program = { type: 'points', name: { en: 'Sample', ar: 'نموذج' }, definition: POINTS_DEFINITION, activate: true }
  const points = (await key.send('POST', '/programs', program)).body.id
  const support = await member('support')
  const unknown = await adjust(support, 10, { program_id: points })
  assert.deepEqual([unknown.status, unknown.body.code, unknown.body.limit], [409, 'adjustment_limit', 'unit_value'])
  // 10.00 for 300 points: a point is worth 3.33 halalas.
  const offer = { kind: 'fixed_order', discount_amount: 1000, price: 300 }
  await key.send('POST', '/rewards', { name: { en: 'Off', ar: 'خصم' }, program_id: points, ...offer })
  assert.equal((await adjust(support, 10, { program_id: points })).body.allowance.amount, 34)
})

test('who has a limit cannot merge customers: it moves whole balances', async () => {
  const [support, manager, from] = await Promise.all([member('support'), member('manager'), someone()])
  for (const path of [`/customers/${from}/merge/preview`, `/customers/${from}/merge`]) {
    const refused = await support.send('POST', path, { into: customer, reason: 'Sample' })
    assert.deepEqual([refused.status, refused.body.code], [403, 'forbidden_scope'], path)
    assert.equal((await manager.send('POST', path, { into: customer, reason: 'Sample' })).status, 200)
  }
})

test('a manager has no limit until one is set; owners and keys never have one', async () => {
  const manager = await member('manager')
  assert.equal((await adjust(manager, 900_000)).body.allowance, null)
  await setLimits({ manager: { per_adjustment: 100, per_day: 100 } })
  assert.equal((await adjust(manager, 101)).status, 409)
  assert.equal((await adjust(manager, 100)).status, 201)
  await setLimits({ manager: null })
  assert.equal((await adjust(manager, 101)).status, 201)
  for (const caller of [owner, key]) assert.equal((await adjust(caller, 900_000)).body.allowance, null)
  assert.equal((await allowance(manager)).limit, null)
})

test('a limit that contradicts itself is refused; only a recent proof sets one', async () => {
  const { status, body } = await (await signedIn(app)).send('PATCH', '/adjustment-limits', {
    support: { per_adjustment: 200, per_day: 100 },
  })
  assert.deepEqual([status, body.errors[0].pointer], [422, '/support/per_day'])
  clock.advance(6 * 60_000)
  const stale = await owner.send('PATCH', '/adjustment-limits', { manager: null })
  assert.deepEqual([stale.status, stale.body.code], [403, 'step_up_required'])
})

test('the activity log says what a limit was before, also of one that is removed', async () => {
  await setLimits({ support: { per_adjustment: 100, per_day: 200 }, manager: { per_adjustment: 300, per_day: 400 } })
  await setLimits({ support: { per_adjustment: 150, per_day: 200 }, manager: null })
  const { data } = (await owner.get('/activity?operation=setAdjustmentLimits&limit=1')).body
  const { before, after } = data[0]
  assert.deepEqual(before, {
    manager: { per_day: 400, per_adjustment: 300 },
    support: { per_day: 200, per_adjustment: 100 },
  })
  assert.deepEqual(after, { manager: null, support: { per_day: 200, per_adjustment: 150 } })
})
