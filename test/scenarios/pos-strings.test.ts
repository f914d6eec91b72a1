// Text and times that cannot be stored, in every field that a POS sends: cleaned, or 422 with the
// pointer, and never a 5xx.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foodicsBody } from '../../src/integrations/foodics/fixtures/body.ts'
import { standardBody } from '../../src/integrations/standard/fixtures/body.ts'
import { formatId } from '../../src/kernel/ids.ts'
import { testApp } from '../support/app.ts'
import { addReward, ask, claimReward } from '../support/claims.ts'
import { edit } from '../support/pos.ts'
import { isFullSize } from '../support/runs.ts'
import { openTill } from '../support/till.ts'

const app = await testApp()

const NASTY: readonly unknown[] = [
  '\0',
  'a\0b',
  '\ud800',
  'a\udc00b',
  '\u0001\u001f\u007f\u0085',
  'a\nb\r\n',
  '\u200b',
  '\u202e\u2066',
  '\ufeff',
  '\uffff',
  '\ufdfa'.repeat(100),
  'ﻣﻜﺎﻓﺂت',
  'x'.repeat(100_000),
  '👍🏽'.repeat(300),
  '%00',
  '\\u0000',
  '{}',
  "'--",
  '0000-00-00',
  '0000-01-01 00:00:00',
  '0000-01-01T00:00:00Z',
  '-000001-01-01T00:00:00Z',
  '+010000-01-01T00:00:00Z',
  '9999-12-31 23:59:59',
  '294277-01-01T00:00:00Z',
  '0001-01-01',
  'infinity',
  '-infinity',
  'now',
  'epoch',
  -62_167_219_200,
  253_402_300_800,
  8.64e15,
  9.3e12,
  1e300,
  -1,
  0,
  0.5,
  Number.MAX_SAFE_INTEGER + 1,
  null,
  true,
  [],
  {},
  ['\0'],
  { id: '\0' },
]

/**
 * One pair of a field and a value in so many, spread over all fields and all values, because few
 * functions read them all.
 */
const ONE_IN = isFullSize ? 9 : 26

/** Every place of a value, whole objects and lists included. */
function pointersIn(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [at]
  return [at, ...Object.entries(value).flatMap(([key, part]) => pointersIn(part, `${at}/${key}`))]
}

/** Checks the response: no 5xx, no failed delivery, and a 422 has a pointer. */
function assertTaken(
  answer: { status: number; body: { result?: string; errors?: { pointer: string }[] } },
  about: string,
) {
  assert.ok(
    [200, 202, 404, 409, 422, 429].includes(answer.status),
    `${about}: ${JSON.stringify(answer)}`.slice(0, 1000),
  )
  assert.notEqual(answer.body.result, 'failed', about)
  if (answer.status === 422) assert.ok((answer.body.errors?.length ?? 0) > 0, about)
}

test('D24: text and times that cannot be stored, in every field of an order of either format', async () => {
  const till = await openTill(app)
  const business = { reference: till.business.reference }
  const bodies = {
    foodics: foodicsBody({ reference: 'nasty', business, lines: [{ price: 20, options: [{ price: 2 }] }], tips: 1 }),
    standard: standardBody({
      id: 'nasty',
      business,
      charges: [{ name: 'Delivery', amount: 1 }],
      tips: 1,
      rounding: 0.5,
      giftCards: 5,
      discounts: [{ amount: 1, reason: 'Coupon', code: 'SAMPLE' }],
      order: { refunds: [{ id: 'r1', amount: 1, at: 1672585625, lines: [{ line_id: '1', quantity: 1 }] }] },
    }),
  }
  const taken = new Set<string>()
  for (const [pos, body] of Object.entries(bodies) as ['foodics' | 'standard', unknown][]) {
    const pointers = pointersIn(body).filter((pointer) => pointer !== '')
    const jobs = pointers.flatMap((pointer) => NASTY.map((value) => ({ pointer, value })))
    const chosen = jobs.filter((_, index) => index % ONE_IN === 0)
    await inParallel(chosen, async ({ pointer, value }) => {
      const answer = await app.post(edit(body, pointer, value), { pos })
      assertTaken(answer, `${pos} ${pointer} ${JSON.stringify(value).slice(0, 60)}`)
      taken.add(`${pos} ${answer.status}`)
    })
  }
  for (const outcome of ['foodics 200', 'foodics 422', 'standard 200', 'standard 422'])
    assert.ok(taken.has(outcome), outcome)
  await till.assertProven()
})

test('D24: text and times that cannot be stored, in every field of /reward and /redeem', async () => {
  const till = await openTill(app)
  const { customer } = await till.send({ reference: 1, lines: [{ price: 20 }] })
  const reward = await addReward(app, till, 1, { kind: 'fixed_order', discount_amount: 500 })
  const points = { program_id: formatId('program', till.business.programs.points), units: 1_000, reason: 'Sample' }
  const path = `/api/v1/customers/${customer?.id}/adjustments`
  const given = await app.call({ method: 'POST', path, bearer: till.business.apiKey, body: points })
  assert.equal(given.status, 201, JSON.stringify(given.body))
  let code = await claimReward(app, till, customer?.id ?? '', reward)
  const sent = {
    order_id: 'order',
    branch_id: 'b1',
    user_id: 'u1',
    date: '2026-01-01 10:00:00',
    discount_amount: 5,
    redeemed_products: [{ product_id: 'latte', quantity: 1 }],
    customer_name: 'Sample Customer',
    mobile_country_code: 966,
    customer_mobile_number: '500000001',
    reward_code: '',
    business_reference: '',
  }
  let redeemed = 0
  for (const [place, pointer] of pointersIn(sent)
    .filter((each) => each !== '')
    .entries()) {
    for (const [index, value] of NASTY.entries()) {
      if (!isFullSize && (index + place) % 3 !== 0) continue
      const right = { ...sent, reward_code: code, business_reference: till.business.reference }
      const order = { ...right, order_id: `${pointer} ${index}` }
      const body = edit(order, pointer, value) as { [key: string]: unknown }
      const about = `${pointer} ${JSON.stringify(value).slice(0, 60)}`
      assertTaken(await ask(app, till, 'reward', code, body), `reward ${about}`)
      const answer = await ask(app, till, 'redeem', code, body)
      assertTaken(answer, `redeem ${about}`)
      if (answer.status !== 200) continue
      redeemed += 1
      code = await claimReward(app, till, customer?.id ?? '', reward)
    }
  }
  assert.ok(
    redeemed > (isFullSize ? 50 : 15),
    `${redeemed} were redeemed: fields that are not needed are left out when they cannot be used`,
  )
  await till.assertProven()
})

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values()
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      for (const item of queue) await work(item)
    }),
  )
}
