// Wrong clocks of tills: a void that is older than its sale, and orders stamped after their
// receipt.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BodySpec } from '../../src/integrations/foodics/fixtures/spec.ts'
import { standardBody } from '../../src/integrations/standard/fixtures/body.ts'
import { ManualClock } from '../../src/kernel/clock.ts'
import { testApp } from '../support/app.ts'
import { orderOf } from '../support/claims.ts'
import { openTill, type Till } from '../support/till.ts'

const START = '2023-01-01T16:00:00Z'
const clock = new ManualClock(START)
const app = await testApp(undefined, { clock })

const SALE: BodySpec = { id: 'sale', lines: [{ price: 24 }] }
/** Stamped seven minutes before the sale, whose `updated_at` is 15:07:05. */
const VOID: BodySpec = { ...SALE, status: 7, updatedAt: '2023-01-01 15:00:05' }

const flagsOf = async (till: Till, id: string) =>
  (await orderOf(app, till, id)).flags.map((flag: { code: string }) => flag.code) as string[]

const apply = (till: Till, id: string, bearer = till.business.apiKey) =>
  app.call({ method: 'POST', path: `/api/v1/orders/${id}/apply-void`, bearer })

for (const order of [
  ['sale', 'void'],
  ['void', 'sale'],
]) {
  test(`A6: a void stamped before its sale, ${order.join(' first, then ')}: flagged, and applied by one call`, async () => {
    clock.set(START)
    const till = await openTill(app)
    const bodies: Record<string, BodySpec> = { sale: SALE, void: VOID }
    const answers = []
    for (const one of order) answers.push(await till.send(bodies[one]))
    assert.equal((await till.balances()).points, 24, 'the void has no effect')
    assert.deepEqual(await flagsOf(till, 'sale'), ['void_before_sale'])
    const found = await orderOf(app, till, 'sale')
    for (const flag of found.flags) assert.ok(flag.en && flag.ar)
    // Repetitions change nothing.
    for (const one of order) await till.send(bodies[one])
    assert.deepEqual([(await till.balances()).points, await flagsOf(till, 'sale')], [24, ['void_before_sale']])

    const applied = await apply(till, found.id)
    assert.deepEqual([applied.status, applied.body.status, applied.body.flags], [200, 'void', []])
    assert.equal((await till.balances()).points, 0)
    const again = await apply(till, found.id)
    assert.deepEqual([again.status, again.body], [200, applied.body])
    const [row] = await app.ctx.db.query<{ by: string }>(
      `select clock->'applied'->>'by' as by from orders where clock ? 'applied' and business_id = $1`,
      [till.business.businessId],
    )
    assert.match(row?.by ?? '', /^key:key_/)
    // Repetitions, and a late snapshot of the sale, leave it voided.
    for (const one of order) await till.send(bodies[one])
    await till.send({ ...SALE, updatedAt: '2023-01-01 15:08:00' })
    assert.deepEqual([(await till.balances()).points, await flagsOf(till, 'sale')], [0, []])
    await till.assertProven()
  })
}

for (const order of permutations(['paid', 'void', 'again'])) {
  test(`A6: an order that was voided and paid again is not flagged: ${order.join(', ')}`, async () => {
    clock.set(START)
    const till = await openTill(app)
    const bodies: Record<string, BodySpec> = {
      paid: SALE,
      void: { ...SALE, status: 7, updatedAt: '2023-01-01 15:07:30' },
      again: { ...SALE, updatedAt: '2023-01-01 15:08:00' },
    }
    for (const one of order) await till.send(bodies[one])
    assert.deepEqual([(await till.balances()).points, await flagsOf(till, 'sale')], [24, []])
    await till.assertProven()
  })
}

function permutations(list: string[]): string[][] {
  if (list.length < 2) return [list]
  return list.flatMap((one) => permutations(list.filter((other) => other !== one)).map((rest) => [one, ...rest]))
}

test('A6: a refund under the same id stamped before its sale is flagged, and applied as a refund', async () => {
  clock.set(START)
  const till = await openTill(app)
  await till.send(SALE)
  await till.send({ ...SALE, status: 5, updatedAt: '2023-01-01 15:00:05' })
  assert.deepEqual([(await till.balances()).points, await flagsOf(till, 'sale')], [24, ['void_before_sale']])
  const applied = await apply(till, (await orderOf(app, till, 'sale')).id)
  assert.deepEqual([applied.body.status, (await till.balances()).points], ['refunded', 0])
  await till.assertProven()
})

test('A6: a void can be applied only to an order of the business that has one, with a key of the right scope', async () => {
  clock.set(START)
  const [till, other] = [await openTill(app), await openTill(app)]
  await till.send(SALE)
  const { id } = await orderOf(app, till, 'sale')
  const refused = await apply(till, id)
  assert.deepEqual([refused.status, refused.body.code], [409, 'conflict'])
  await till.send(VOID)
  assert.equal((await apply(other, id)).status, 404)
  assert.equal((await till.balances()).points, 24)
})

test('A6: when both snapshots have a version, the version decides and nothing is flagged', async () => {
  clock.set(START)
  const till = await openTill(app)
  const send = (spec: object) =>
    app.post({ ...standardBody(spec), business: { reference: till.business.reference } }, { pos: 'standard' })
  await send({ id: 'v', order: { version: 2 } })
  await send({ id: 'v', status: 'Void', order: { version: 1 } })
  assert.deepEqual([(await till.balances()).points, await flagsOf(till, 'v')], [24, []])
  await send({ id: 'v', status: 'Void', order: { version: 3, updated_at: '2023-01-01T17:00:00+03:00' } })
  assert.equal((await till.balances()).points, 0)
  await till.assertProven()
})

const AHEAD = {
  openedAt: '2024-01-01 15:00:00',
  closedAt: '2024-01-01 15:06:16',
  updatedAt: '2024-01-01 15:07:05',
  businessDate: '2024-01-01',
}

test('A6: an order stamped a year ahead is flagged, and its later void takes effect', async () => {
  clock.set(START)
  const till = await openTill(app)
  await till.send({ ...SALE, ...AHEAD })
  assert.deepEqual([(await till.balances()).points, await flagsOf(till, 'sale')], [24, ['clock_ahead']])
  const found = await orderOf(app, till, 'sale')
  assert.deepEqual([found.occurred_at, found.business_date], ['2023-01-01T16:00:00.000Z', '2023-01-01'])
  clock.advance(3_600_000)
  const undone = await till.send({ ...SALE, status: 7, updatedAt: '2023-01-01 16:30:00' })
  assert.deepEqual([undone.result, (await till.balances()).points], ['processed', 0])
  // The sale sent again, with the same bytes or others, stays older than the void; a replay changes
  // nothing.
  await till.send({ ...SALE, ...AHEAD })
  const later = await till.send({ ...SALE, ...AHEAD, updatedAt: '2024-01-01 15:07:06' })
  assert.deepEqual([later.result, (await till.balances()).points], ['stale', 0])
  await till.assertProven()
})

test('A6: a void with a correct stamp that repeats the wrong times of a sale a year ahead takes effect', async () => {
  clock.set(START)
  const till = await openTill(app)
  await till.send({ ...SALE, ...AHEAD })
  clock.advance(60_000)
  const undone = await till.send({ ...SALE, ...AHEAD, status: 7, updatedAt: '2023-01-01 16:00:30' })
  assert.deepEqual([undone.result, (await till.balances()).points], ['processed', 0])
  clock.advance(3_600_000)
  const later = await till.send({ ...SALE, ...AHEAD, updatedAt: '2024-01-01 15:07:06' })
  assert.deepEqual([later.result, (await till.balances()).points], ['stale', 0])
  await till.assertProven()
})

test('A6: an order ten minutes ahead is not flagged, one second more is', async () => {
  for (const [at, expected] of [
    ['2023-01-01 16:10:00', []],
    ['2023-01-01 16:10:01', ['clock_ahead']],
  ] as const) {
    clock.set(START)
    const till = await openTill(app)
    await till.send({ ...SALE, closedAt: at, updatedAt: at })
    assert.deepEqual(await flagsOf(till, 'sale'), expected)
  }
})

test('A6: expiry is never counted from a time after the receipt, even when the order is sent again months later', async () => {
  clock.set(START)
  const till = await openTill(app)
  const spend = (expiry: object) => ({
    type: 'points',
    rules: [{ id: 'r', earn: { kind: 'per_amount', units: 1, per: 100 } }],
    expiry,
  })
  const programs = [
    await till.addProgram(spend({ kind: 'after', days: 30 })),
    await till.addProgram(spend({ kind: 'sliding', days: 10 })),
  ]
  await till.send({ ...SALE, ...AHEAD })
  const expiries = async () => {
    const rows = await app.ctx.db.query<{ at: number }>(
      `select l.expires_at as at from lots l where l.business_id = $1 and l.expires_at is not null order by 1`,
      [till.business.businessId],
    )
    return rows.map(({ at }) => new Date(at).toISOString())
  }
  // 1 January and 10, or 30, days, to the end of the day in Riyadh.
  assert.equal(programs.length, 2)
  assert.deepEqual(await expiries(), ['2023-01-11T21:00:00.000Z', '2023-01-31T21:00:00.000Z'])
  clock.advance(5 * 24 * 3_600_000)
  await till.send({ ...SALE, ...AHEAD, updatedAt: '2024-01-01 15:09:00' })
  assert.deepEqual(await expiries(), ['2023-01-11T21:00:00.000Z', '2023-01-31T21:00:00.000Z'])
  await till.assertProven()
})
