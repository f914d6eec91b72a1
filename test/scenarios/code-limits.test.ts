// The limits of wrong codes over real HTTP: one counter for the till and for orders, and an order
// is no way to try codes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { standardBody } from '../../src/integrations/standard/fixtures/body.ts'
import { ManualClock } from '../../src/kernel/clock.ts'
import { testApp } from '../support/app.ts'
import { codesOf } from '../support/codes.ts'
import { openTill } from '../support/till.ts'

const MINUTE = 60_000

const clock = new ManualClock('2026-01-15T12:00:00Z')
const app = await testApp(undefined, { clock })
let orders = 0

async function openShop() {
  const till = await openTill(app)
  const codes = codesOf(app, till.business)
  const customer = await codes.customer(1_000)
  const claim = await codes.claim(customer.id)
  const code: string = claim.body.code
  /** An order of 15.00 after 5.00 off, that names these codes. */
  const order = (
    names: readonly string[],
    { id = `limits-${++orders}`, phone = customer.phone, at = 0, branch = 'b-1' } = {},
  ) => {
    const time = new Date(clock.now() + at).toISOString()
    const discounts = names.map((name, n) => ({ amount: n === 0 ? 5 : 0, reason: 'Loyalty Redemption', code: name }))
    return app.post(
      standardBody({
        id,
        timestamp: time,
        business: { reference: till.business.reference },
        order: {
          updated_at: time,
          opened_at: time,
          closed_at: time,
          business_date: '2026-01-15',
          branch: { id: branch, name: 'Sample Branch' },
          discounts,
          total: 15,
          customer: { name: 'Sample Guest', dial_code: 966, phone },
        },
        lines: [{ price: 20, quantity: 1 }],
      }),
      { pos: 'standard' },
    )
  }
  const flags = async (answer: Awaited<ReturnType<typeof order>>) =>
    (await app.get(`/orders/${answer.body.order.id}`, till.business.apiKey)).body.flags.map(
      (flag: { code: string }) => flag.code,
    )
  const status = async () => (await app.get(`/claims/${claim.body.id}`, till.business.apiKey)).body.status
  return { till, codes, customer, code, order, flags, status }
}

/** An unknown code, different for each `n`. */
function wrong(code: string, n: number): string {
  return String((Number(code) + 1 + n) % 100_000_000).padStart(8, '0')
}

function pointsOf(answer: { body: { movements: { program_type: string; units: number }[] } }) {
  return answer.body.movements.filter((one) => one.program_type === 'points').map((one) => one.units)
}

test('an order with 1,000 codes is accepted, earns and is flagged; its codes are ignored, also later', async () => {
  const { till, code, order, flags, status } = await openShop()
  const names = [...Array.from({ length: 999 }, (_, n) => wrong(code, n)), code]
  const sent = await order(names, { id: 'thousand' })
  assert.deepEqual([sent.status, sent.body.result, pointsOf(sent)], [200, 'processed', [15]])
  assert.deepEqual(await flags(sent), ['codes_ignored'])
  assert.equal(await status(), 'held')
  // The same order with the one code that is right: it has been ignored once and stays so.
  const again = await order([code], { id: 'thousand', at: 1_000 })
  assert.deepEqual([again.body.result, await flags(again), await status()], ['processed', ['codes_ignored'], 'held'])
  await till.assertProven()
})

test('five codes in an order are accepted, six are ignored', async () => {
  const five = await openShop()
  const heard = await five.order([...[0, 1, 2, 3].map((n) => wrong(five.code, n)), five.code])
  assert.deepEqual([await five.flags(heard), await five.status()], [['code_unknown'], 'redeemed'])
  const six = await openShop()
  const ignored = await six.order([...[0, 1, 2, 3, 4].map((n) => wrong(six.code, n)), six.code])
  assert.deepEqual([await six.flags(ignored), await six.status()], [['codes_ignored'], 'held'])
})

test('wrong codes in orders and at the till share one count: after ten no code of the customer is accepted', async () => {
  const { till, codes, customer, code, order, flags, status } = await openShop()
  for (let n = 0; n < 5; n++) {
    const sent = await order([wrong(code, n)])
    assert.deepEqual([sent.body.result, await flags(sent)], ['processed', ['code_unknown']])
  }
  for (let n = 5; n < 10; n++) {
    assert.equal((await codes.check({ code: wrong(code, n), phone: customer.phone })).status, 404)
  }
  const right = await order([code])
  assert.deepEqual([right.body.result, pointsOf(right)], ['processed', [15]])
  assert.deepEqual([await flags(right), await status()], [['codes_ignored'], 'held'])
  assert.equal((await codes.redeem({ code, phone: customer.phone, order: 'o-1' })).status, 429)
  clock.advance(10 * MINUTE)
  const later = await order([(await codes.claim(customer.id)).body.code])
  assert.deepEqual(await flags(later), [], 'heard again')
  await till.assertProven()
})

test('a code counts once for its order, however often the order is sent', async () => {
  const { code, order, status } = await openShop()
  for (let n = 0; n < 20; n++) await order([wrong(code, 0)], { id: `often-${code}`, at: n * 1_000 })
  await order([code])
  assert.equal(await status(), 'redeemed')
})

test('an order without codes, and one whose code is right, count nothing', async () => {
  const { till, code, order } = await openShop()
  await order([])
  await order([code])
  const counted = await app.ctx.db.query('select wrong from wrong_codes where business_id = $1', [
    till.business.businessId,
  ])
  assert.deepEqual(counted, [])
})

test('changing branch_id does not evade the limit: eleven wrong codes from invented branches are too many', async () => {
  const { codes, customer, code } = await openShop()
  for (let n = 0; n < 10; n++) {
    const { status } = await codes.check({ code: wrong(code, n), phone: `05900000${10 + n}`, branch: `made-up-${n}` })
    assert.equal(status, 404)
  }
  const eleventh = await codes.check({ code: wrong(code, 10), phone: '0590000099', branch: 'made-up-11' })
  assert.deepEqual(
    [eleventh.status, eleventh.body.code, eleventh.headers.get('retry-after')],
    [429, 'too_many_attempts', '600'],
  )
  assert.equal(
    (await codes.check({ code, phone: customer.phone, branch: 'made-up-12' })).status,
    429,
    'also the right one',
  )
})

test('a token has 30 wrong codes over all branches that the business has', async () => {
  const { till, codes, customer, code } = await openShop()
  const branches: string[] = []
  for (const n of [1, 2, 3, 4]) {
    const body = till.body({ reference: n })
    body.order.branch = { ...body.order.branch, id: `b-${n}` }
    await till.send(body)
    branches.push(`b-${n}`)
  }
  const tries = Array.from({ length: 31 }, (_, n) => ({ n, branch: branches[n % branches.length] as string }))
  const statuses: number[] = []
  for (const { n, branch } of tries) {
    statuses.push((await codes.check({ code: wrong(code, n), phone: `05910000${10 + n}`, branch })).status)
  }
  assert.deepEqual(statuses, [...Array(30).fill(404), 429])
  assert.equal((await codes.check({ code, phone: customer.phone, branch: 'b-1' })).status, 429)
})
