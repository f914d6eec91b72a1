// Manual adjustments: never below 0 unless debt is allowed, with correct stamp cards and ledger.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerOf, keyActor, POINTS_DEFINITION } from '../../../../test/support/api.ts'
import { type Answer, testApp } from '../../../../test/support/app.ts'
import { proveBusiness } from '../../../audit/verify.ts'
import { standardBody } from '../../../integrations/standard/fixtures/body.ts'
import { ManualClock } from '../../../kernel/clock.ts'
import { formatId } from '../../../kernel/ids.ts'

const clock = new ManualClock('2026-03-01T12:00:00Z')
const app = await testApp(undefined, { clock })
const { get, send } = callerOf(app)
const points = formatId('program', app.business.programs.points)
const stamps = formatId('program', app.business.programs.stamps)

let phones = 0

async function someone(): Promise<string> {
  phones += 1
  const made = await send('POST', '/customers', { phone: `05000${String(phones).padStart(5, '0')}` })
  return made.body.id
}

const adjust = (customer: string, units: number, more: object = {}): Promise<Answer> =>
  send('POST', `/customers/${customer}/adjustments`, { program_id: points, units, reason: 'Sample', ...more })

test('added units are available immediately, with the reason', async () => {
  const customer = await someone()
  const given = await adjust(customer, 50, { reason: 'اعتذار عن تأخر الطلب' })
  assert.equal(given.status, 201)
  const { entries, balance } = given.body
  assert.deepEqual([balance.program_id, balance.unit, balance.available, balance.debt], [points, 'point', 50, 0])
  assert.equal(entries.length, 1)
  const { id, ...entry } = entries[0]
  assert.deepEqual(entry, {
    program_id: points,
    program_type: 'points',
    unit: 'point',
    kind: 'adjust',
    units: 50,
    balance: 50,
    why: {
      en: 'Manual adjustment, 50 points added: اعتذار عن تأخر الطلب',
      ar: 'تعديل يدوي، إضافة 50 نقطة: اعتذار عن تأخر الطلب',
    },
    order_id: null,
    occurred_at: '2026-03-01T12:00:00.000Z',
    created_at: '2026-03-01T12:00:00.000Z',
    actor: await keyActor(app),
  })
  assert.deepEqual((await get(`/customers/${customer}/ledger`)).body, { data: [{ id, ...entry }], next_cursor: null })
})

test('no more is deducted than is available', async () => {
  const customer = await someone()
  await adjust(customer, 50)
  const refused = await adjust(customer, -51)
  assert.deepEqual([refused.status, refused.body.code, refused.body.available], [409, 'insufficient_units', 50])
  const taken = await adjust(customer, -50)
  assert.deepEqual([taken.status, taken.body.entries[0].units, taken.body.balance.available], [201, -50, 0])
  assert.equal((await get(`/customers/${customer}/ledger`)).body.data.length, 2, 'a refusal leaves no trace')
})

test('C49: with allow_debt the balance becomes negative, and the next units repay it first', async () => {
  const customer = await someone()
  const owing = await adjust(customer, -20, { allow_debt: true })
  assert.deepEqual([owing.body.balance.available, owing.body.balance.debt], [-20, 20])
  const repaid = await adjust(customer, 30)
  assert.deepEqual([repaid.body.balance.available, repaid.body.balance.debt], [10, 0])
})

test('L7: of ten concurrent deductions of 10 from 50, five succeed', async () => {
  const customer = await someone()
  await adjust(customer, 50)
  const answers = await Promise.all(Array.from({ length: 10 }, () => adjust(customer, -10)))
  const statuses = answers.map((answer) => answer.status).sort()
  assert.deepEqual(statuses, [...Array(5).fill(201), ...Array(5).fill(409)])
  const { body } = await get(`/customers/${customer}`)
  assert.equal(body.balances[0].available, 0)
})

test('concurrent requests with one Idempotency-Key adjust once', async () => {
  const customer = await someone()
  const path = `/customers/${customer}/adjustments`
  const body = { program_id: points, units: 7, reason: 'Sample' }
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => send('POST', path, body, { 'idempotency-key': 'once' })),
  )
  for (const { status, body: answer } of answers) {
    assert(status === 201 || (status === 409 && answer.code === 'idempotency_in_progress'), JSON.stringify(answer))
  }
  assert.equal((await get(`/customers/${customer}`)).body.balances[0].available, 7)
})

test('added stamps fill cards, and deducted ones reopen them', async () => {
  const customer = await someone()
  const cards = async () => (await get(`/customers/${customer}`)).body.stamp_cards.length
  const given = await adjust(customer, 7, { program_id: stamps })
  // The goal is 6: one card is full and one stamp is on the next.
  assert.deepEqual(
    given.body.entries.map((entry: { kind: string; units: number }) => [entry.kind, entry.units]),
    [
      ['adjust', 7],
      ['redeem', -6],
    ],
  )
  assert.deepEqual([given.body.balance.available, await cards()], [1, 1])
  const refused = await adjust(customer, -2, { program_id: stamps })
  assert.deepEqual([refused.status, refused.body.available], [409, 1], 'the stamps of a full card are spent')
  const reopened = await adjust(customer, -2, { program_id: stamps, allow_debt: true })
  assert.deepEqual([reopened.body.balance.available, await cards()], [5, 0], '7 − 2 are 5 stamps and no full card')
  const filled = await adjust(customer, 1, { program_id: stamps })
  assert.deepEqual([filled.body.balance.available, await cards()], [0, 1])
})

test('expired units cannot be deducted, whether the job has run or not', async () => {
  const made = await send('POST', '/programs', {
    type: 'points',
    name: { en: 'Fading', ar: 'متلاشية' },
    activate: true,
    definition: { ...POINTS_DEFINITION, expiry: { kind: 'after', days: 1 } },
  })
  const customer = await someone()
  await adjust(customer, 10, { program_id: made.body.id })
  clock.advance(3 * 24 * 3_600_000)
  const refused = await adjust(customer, -1, { program_id: made.body.id })
  assert.deepEqual([refused.status, refused.body.available], [409, 0])
  const owed = await adjust(customer, -1, { program_id: made.body.id, allow_debt: true })
  assert.deepEqual(
    owed.body.entries.map((entry: { kind: string; units: number }) => [entry.kind, entry.units]),
    [
      ['expire', -10],
      ['adjust', -1],
    ],
  )
})

test('an ended program can be adjusted; one that was never in force cannot', async () => {
  const program = { type: 'points', name: { en: 'Short', ar: 'قصير' }, definition: POINTS_DEFINITION }
  const ended = (await send('POST', '/programs', { ...program, activate: true })).body.id
  clock.advance(60_000)
  await send('POST', `/programs/${ended}/end`)
  const customer = await someone()
  assert.equal((await adjust(customer, 5, { program_id: ended })).status, 201)
  const draft = (await send('POST', '/programs', program)).body.id
  const refused = await adjust(customer, 5, { program_id: draft })
  assert.deepEqual([refused.status, refused.body.code], [409, 'conflict'])
})

test('added units do not count towards a cap', async () => {
  const made = await send('POST', '/programs', {
    type: 'points',
    name: { en: 'Capped', ar: 'محدود' },
    activate: true,
    definition: { ...POINTS_DEFINITION, caps: { per_customer: { day: 30 } } },
  })
  const customer = await someone()
  await adjust(customer, 25, { program_id: made.body.id })
  const { phone } = (await get(`/customers/${customer}`)).body
  const at = new Date(clock.now()).toISOString()
  const business_date = at.slice(0, 10)
  const sell = (id: string) =>
    app.post(
      standardBody({
        id,
        business: { reference: '440810' },
        timestamp: clock.now() / 1000,
        order: {
          updated_at: at,
          opened_at: at,
          closed_at: at,
          business_date,
          customer: { id: '1', name: 'Sample Customer', dial_code: 966, phone: phone.slice(4) },
        },
      }),
      { pos: 'standard' },
    )
  const earned = async (id: string) =>
    (await sell(id)).body.movements.find((one: { program_id: string }) => one.program_id === made.body.id)?.units
  // Two sales of 24.00 under a cap of 30 a day: 24, then the remaining 6.
  assert.deepEqual([await earned('capped-1'), await earned('capped-2')], [24, 6])
})

test('an invalid adjustment is refused with its fields', async () => {
  const customer = await someone()
  const pointer = async (units: unknown, more: object = {}) => {
    const { status, body } = await send('POST', `/customers/${customer}/adjustments`, {
      program_id: points,
      units,
      reason: 'Sample',
      ...more,
    })
    return [status, body.errors?.[0]?.pointer]
  }
  assert.deepEqual(await pointer(0), [422, '/units'])
  assert.deepEqual(await pointer(1.5), [422, '/units'])
  assert.deepEqual(await pointer('5'), [422, '/units'])
  assert.deepEqual(await pointer(2_000_000_000), [422, '/units'])
  assert.deepEqual(await pointer(5, { reason: '  ' }), [422, '/reason'])
  assert.deepEqual(await pointer(5, { program_id: 5 }), [422, '/program_id'])
})

test('the ledger is consistent afterwards', async () => {
  assert.deepEqual(await proveBusiness(app.ctx.db, app.business.businessId), [])
})

test('added units can have their own expiry', async () => {
  const customer = await someone()
  const made = await adjust(customer, 30, { expires_at: '2026-03-05T10:00:00+03:00' })
  assert.deepEqual([made.status, made.body.balance.available], [201, 30])
  await adjust(customer, 20)
  const balance = async () => {
    const { body } = await get(`/customers/${customer}`)
    return body.balances.find((one: { program_id: string }) => one.program_id === points)
  }
  assert.deepEqual((await balance()).expiring, [{ units: 30, expires_at: '2026-03-05T07:00:00.000Z' }])
  // Units that expire first are deducted first.
  await adjust(customer, -25)
  assert.deepEqual((await balance()).expiring, [{ units: 5, expires_at: '2026-03-05T07:00:00.000Z' }])
  clock.set('2026-03-05T07:00:00Z')
  const taken = await adjust(customer, -20)
  assert.deepEqual([taken.status, taken.body.balance.available], [201, 0], 'the 5 are gone, the 20 were for ever')
  clock.set('2026-03-01T12:00:00Z')
  assert.deepEqual(await proveBusiness(app.ctx.db, app.business.businessId), [])
})

test('an expiry in the past, too far ahead, for a deduction or of a wrong format is refused at its field', async () => {
  const customer = await someone()
  const wrong: [number, string][] = [
    [30, '2026-03-01T12:00:00Z'],
    [30, '2036-03-01T12:00:01Z'],
    [-30, '2026-04-01T00:00:00Z'],
    [30, 'tomorrow'],
  ]
  for (const [units, expires_at] of wrong) {
    const refused = await adjust(customer, units, { expires_at, allow_debt: true })
    assert.equal(refused.status, 422, expires_at)
    assert.deepEqual(
      refused.body.errors.map((error: { pointer: string }) => error.pointer),
      ['/expires_at'],
    )
  }
  assert.equal((await adjust(customer, 30, { expires_at: '2036-03-01T12:00:00Z' })).status, 201)
})
