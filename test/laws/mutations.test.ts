// Damaged orders: each is accepted or refused with a reason, and none breaks anything.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import fc from 'fast-check'
import { verifyBusiness } from '../../src/audit/verify.ts'
import { foodicsBody } from '../../src/integrations/foodics/fixtures/body.ts'
import { standardBody } from '../../src/integrations/standard/fixtures/body.ts'
import { type Answer, type TestPos, testApp } from '../support/app.ts'
import { runs } from '../support/runs.ts'

const app = await testApp()

const BODIES = runs(10_000)
const AT_ONCE = 32

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const nasty: fc.Arbitrary<Json | undefined> = fc.oneof(
  fc.constantFrom<(Json | undefined)[]>(
    undefined,
    null,
    true,
    false,
    0,
    -1,
    -24.5,
    0.1 + 0.2,
    1e18,
    1e308,
    5e-324,
    2 ** 53,
    'NaN',
    'Infinity',
    '-0',
    '1e400',
    '',
    ' ',
    '24,00',
    '٢٤',
    '2023-02-31',
    '0000-00-00',
    '9999-12-31 23:59:59',
    'now()',
    "'; drop table orders; --",
    '\0',
    'a\0b',
    '\ud800',
    '\udfff قهوة',
    'قهوة الشمال',
    '👍🏽',
    '0000-01-01 00:00:00',
    '+010000-01-01T00:00:00Z',
    '294277-01-01',
    '\u200b',
    '\uffff',
    'ﻣﻜﺎﻓﺂت',
    8.64e15,
    'x'.repeat(5_000),
    [],
    {},
    [[]],
    [null],
    { id: null },
    [{ id: {} }],
    { length: -1 },
    { toString: null },
  ),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
)

const mutation = fc.record({
  shape: fc.constantFrom('foodics' as const, 'standard' as const),
  order: fc.integer({ min: 1, max: 400 }),
  cuts: fc.array(fc.record({ path: fc.array(fc.nat(60), { minLength: 1, maxLength: 6 }), value: nasty }), {
    minLength: 1,
    maxLength: 4,
  }),
  poison: fc.constantFrom(null, null, null, '__proto__', 'constructor', 'prototype'),
})

test('damaged orders are accepted or refused with a pointer, never with a 5xx, and verify finds no difference', async () => {
  const seed = Number(process.env.LOYAPRO_SEED ?? Date.now() % 1_000_000)
  const cases = fc.sample(mutation, { numRuns: BODIES, seed })
  const seen = new Map<string, number>()
  await inParallel(cases, async ({ shape, order, cuts, poison }) => {
    const body = damaged(shape, order, cuts, poison)
    const answer = await post(body, shape)
    const outcome =
      answer.status === 200 || answer.status === 202 ? `${answer.status} ${answer.body.result}` : `${answer.status}`
    seen.set(outcome, (seen.get(outcome) ?? 0) + 1)
    const about = `seed ${seed}: ${outcome} to ${body.slice(0, 600)} was ${JSON.stringify(answer.body).slice(0, 600)}`
    assert.ok(['200', '202', '400', '422'].includes(String(answer.status)), about)
    assert.notEqual(answer.body.result, 'failed', about)
    if (answer.status === 422) {
      assert.ok(answer.body.errors.length > 0, about)
      for (const error of answer.body.errors) {
        assert.match(error.pointer, /^(\/[^/]*)*$/, about)
        assert.ok(error.message.length > 5 && error.message_ar.length > 5, about)
      }
    }
  })
  const taken = [...seen].filter(([outcome]) => outcome.startsWith('200')).reduce((sum, [, n]) => sum + n, 0)
  assert.ok(
    taken > BODIES / 20 && (seen.get('422') ?? 0) > BODIES / 20,
    `both must happen: ${JSON.stringify([...seen])}`,
  )
  const differences = []
  for await (const difference of verifyBusiness(app.ctx.db, app.business.businessId)) differences.push(difference)
  assert.deepEqual(differences, [])
})

/**
 * Sends as a POS does, again after 429, which a machine that is busy with other tests answers.
 */
async function post(body: string, pos: TestPos): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    const answer = await app.post(body, { pos })
    if (answer.status !== 429 || tries === 100) return answer
    assert(Number(answer.headers.get('retry-after')) > 0)
    await setTimeout(100)
  }
}

function damaged(
  shape: 'foodics' | 'standard',
  order: number,
  cuts: readonly { path: number[]; value: Json | undefined }[],
  poison: string | null,
): string {
  const reference = `m${order}`
  const body = (shape === 'foodics'
    ? foodicsBody({ reference, business: { reference: 440810 }, customer: { number: (order % 50) + 1 } })
    : standardBody({
        id: reference,
        business: { reference: 440810 },
        tips: 2,
        rounding: -0.05,
        giftCards: 10,
        charges: [{ name: 'Delivery', amount: 5, kind: 'delivery' }],
        discounts: [{ amount: 1, reason: 'Coupon', code: 'SAMPLE' }],
      })) as unknown as Json
  for (const { path, value } of cuts) cut(body, path, value)
  const text = JSON.stringify(body)
  return poison === null ? text : text.replace('{', `{"${poison}":{"admin":true,"total_price":1},`)
}

/** Follows the numbers of the path as far as possible, and puts the value there. */
function cut(root: Json, path: readonly number[], value: Json | undefined): void {
  let place = root
  for (const [depth, step] of path.entries()) {
    if (place === null || typeof place !== 'object') return
    const keys = Object.keys(place)
    const key = keys[step % Math.max(1, keys.length)]
    if (key === undefined) return
    const branch = place as Record<string, Json | undefined>
    const next = branch[key]
    if (depth === path.length - 1 || next === null || typeof next !== 'object') {
      if (value === undefined) delete branch[key]
      else branch[key] = structuredClone(value)
      return
    }
    place = next
  }
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values()
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const item of queue) await work(item)
    }),
  )
}
