// Trying programs on sample orders: what they would earn and why, and that nothing is written.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerOf } from '../../../../test/support/api.ts'
import { testApp } from '../../../../test/support/app.ts'
import { stateOf } from '../../../../test/support/state.ts'
import { formatId } from '../../../kernel/ids.ts'

const app = await testApp()
const { send, get } = callerOf(app)
const attempt = (body: object) => send('POST', '/programs/try', body)
const points = formatId('program', app.business.programs.points)

const HOT = 'hot-drinks'
/** The sample order of a Tuesday in Riyadh, 11:20: two lattes and a date cake, 8.00 off. */
const order = {
  paid_at: '2026-11-24T08:20:00Z',
  lines: [
    { product_id: 'latte', category_id: HOT, quantity: 2, total: 3600 },
    { product_id: 'cake', category_id: 'food', quantity: 1, total: 1400 },
  ],
  discount: 800,
}
const perRiyal = {
  id: 'spend',
  when: { categories: { include: [HOT] } },
  earn: { kind: 'per_amount', units: 1, per: 100 },
}
const draft = { type: 'points', rules: [perRiyal], expiry: { kind: 'after', months: 12 } }

test('a draft is tried: the units, the sentence, which lines count, when they expire', async () => {
  const { status, body } = await attempt({ definition: draft, order })
  assert.equal(status, 200, JSON.stringify(body))
  // 8.00 × 36 / 50 = 5.76 of the discount belong to the lattes: 30.24 remain.
  assert.equal(body.units, 30)
  assert.equal(body.why.en, '30.24 SAR × 1 point per 1.00 SAR = 30.24 points, rounded down to 30 points')
  assert.match(body.why.ar, /30 نقطة/)
  assert.deepEqual(body.lines, [{ counts: true }, { counts: false }])
  assert.deepEqual([body.reason, body.waiting, body.after_return], [null, 0, null])
  assert.equal(body.available_at, '2026-11-24T08:20:00.000Z')
  assert.equal(body.expires_at, '2027-11-24T21:00:00.000Z', 'the end of 24 November in Riyadh')
})

test('what comes back takes its part with it', async () => {
  const one = await attempt({ definition: draft, order: { ...order, returned: [{ line: 0, quantity: 1 }] } })
  assert.deepEqual([one.body.units, one.body.after_return.units], [30, 15])
  const returned = order.lines.map(({ quantity }, line) => ({ line, quantity }))
  const all = await attempt({ definition: draft, order: { ...order, returned } })
  assert.deepEqual(all.body.after_return, {
    units: 0,
    why: { en: 'Everything in the order was returned', ar: 'أُرجع كل ما في الطلب' },
  })
})

test('conditions of the customer and the limits that are used up count', async () => {
  const welcome = {
    ...draft,
    rules: [{ id: 'w', when: { first_order: true }, earn: { kind: 'per_order', units: 50 } }],
  }
  const repeat = await attempt({ definition: welcome, order })
  assert.deepEqual([repeat.body.units, repeat.body.reason], [0, 'rules_not_met'])
  assert.match(repeat.body.why.en, /No rule applied: only valid for a customer's first order/)
  assert.equal((await attempt({ definition: welcome, order, customer: { first_order: true } })).body.units, 50)
  const capped = { ...draft, caps: { per_customer: { day: 40 }, budget: 100 } }
  const used = (used: object) => attempt({ definition: capped, order, customer: { used } })
  assert.equal((await used({})).body.units, 30)
  assert.equal((await used({ day: 25 })).body.units, 15)
  const full = await used({ day: 25, budget: 100 })
  assert.deepEqual([full.body.units, full.body.reason], [0, 'cap_reached'])
  const guarded = await attempt({ definition: { ...draft, order_ceiling: 10 }, order })
  assert.deepEqual([guarded.body.units, guarded.body.waiting], [10, 20])
})

test('a branch gives its zone; a plan is counted by its products', async () => {
  const sunday = {
    ...draft,
    rules: [{ ...perRiyal, when: { weekdays: ['tue'], hours: [{ from: '11:00', to: '12:00' }] } }],
  }
  assert.equal((await attempt({ definition: sunday, order })).body.units, 42)
  const plan = formatId('program', app.business.programs.subscription)
  const { body: shown } = await get(`/programs/${plan}`)
  const [product_id] = shown.versions[0].definition.plan.products_bought
  const bought = await attempt({ program_id: plan, order: { lines: [{ product_id, quantity: 2, total: 100 }] } })
  assert.deepEqual([bought.body.units, bought.body.unit, bought.body.expires_at], [2, 'use', null])
})

test('a stored version is tried, a draft of a program needs no type, and nothing is written', async () => {
  const before = await stateOf(app, app.business.businessId)
  assert.equal((await attempt({ program_id: points, order })).body.units, 42)
  assert.equal((await attempt({ program_id: points, version: 1, order })).body.units, 42)
  const double = { rules: [{ id: 'spend', earn: { kind: 'per_amount', units: 2, per: 100 } }] }
  assert.equal((await attempt({ program_id: points, definition: double, order })).body.units, 84)
  assert.deepEqual(await stateOf(app, app.business.businessId), before)
})

test('what cannot be tried is refused with the field', async () => {
  const pointers = ({ body }: Awaited<ReturnType<typeof attempt>>) =>
    body.errors.map(({ pointer }: { pointer: string }) => pointer)
  assert.deepEqual(pointers(await attempt({ order })), ['/definition'])
  assert.deepEqual(pointers(await attempt({ definition: draft })), ['/order'])
  assert.deepEqual(pointers(await attempt({ definition: { ...draft, rules: [] }, order })), ['/definition/rules'])
  assert.deepEqual(pointers(await attempt({ definition: draft, order: { lines: [] } })), ['/order/lines'])
  assert.deepEqual(pointers(await attempt({ program_id: points, version: 1, definition: draft, order })), ['/version'])
  assert.equal((await attempt({ program_id: points, version: 9, order })).status, 404)
  assert.equal((await attempt({ definition: draft, order: { ...order, branch_id: 'brn_x' } })).status, 404)
})
