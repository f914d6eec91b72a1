// Races at the till over real HTTP, between two LoyaPro processes on one database: a code is
// redeemed once, and no unit is spent twice.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ManualClock } from '../../src/kernel/clock.ts'
import { releaseClaims } from '../../src/worker/claims.ts'
import { type Answer, testApp } from '../support/app.ts'
import { codesOf, secondServer } from '../support/codes.ts'
import { runs } from '../support/runs.ts'
import { openTill } from '../support/till.ts'

const PRICE = 20
const AT_ONCE = 50
/** The number of repetitions of each story. */
const rounds = runs(100)

const clock = new ManualClock('2026-01-15T12:00:00Z')
const app = await testApp(undefined, { clock })
const { db } = app.ctx

async function twoServers(t: { after(end: () => Promise<void>): void }) {
  const till = await openTill(app)
  const second = await secondServer(t, app)
  return { till, second, codes: codesOf(app, till.business, [app.url, second.url]) }
}

/** How often each answer was given, as `200` or `409 reward_used`. */
function tally(answers: readonly Answer[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { status, body } of answers) {
    const words = status < 300 ? `${status}` : `${status} ${body.code}`
    counts[words] = (counts[words] ?? 0) + 1
  }
  return counts
}

function atOnce<T>(count: number, one: (n: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, n) => one(n)))
}

async function made(claim: Promise<Answer>): Promise<{ id: string; code: string }> {
  const { status, body } = await claim
  assert.equal(status, 201, JSON.stringify(body))
  return body
}

/** Available, held and redeemed points of a business's only customer. */
async function pointsOf(businessId: string): Promise<number[]> {
  const [row] = await db.query<{ available: number; held: number; redeemed: number }>(
    'select available, held, redeemed from accounts where business_id = $1 and (available, held, redeemed) <> (0, 0, 0)',
    [businessId],
  )
  return row ? [row.available, row.held, row.redeemed] : []
}

async function statusOf(claimId: string, key: string): Promise<string> {
  return (await app.get(`/claims/${claimId}`, key)).body.status
}

test('L7: 50 redemptions of one code at once: one order gets it and 49 get reward_used; one order 50 times gets one response', async (t) => {
  const { till, codes } = await twoServers(t)
  // Four times as many as of the other races: this is the one that money hangs on.
  const redeemings = 4 * rounds
  const { id, phone } = await codes.customer(redeemings * PRICE)
  for (let round = 0; round < redeemings; round++) {
    const { code } = await made(codes.claim(id, round))
    const sameOrder = round % 2 === 1
    const answers = await atOnce(AT_ONCE, (n) =>
      codes.redeem({ code, phone, order: sameOrder ? `r-${round}` : `r-${round}-${n}` }, n),
    )
    if (sameOrder) {
      assert.deepEqual(tally(answers), { 200: AT_ONCE })
      for (const { body } of answers) assert.deepEqual(body, answers[0]?.body)
    } else assert.deepEqual(tally(answers), { 200: 1, '409 reward_used': AT_ONCE - 1 })
  }
  assert.deepEqual(await pointsOf(till.business.businessId), [0, 0, redeemings * PRICE])
  await till.assertProven()
})

test('50 claims at once against units for 7: seven codes, all different, and held is their price', async (t) => {
  const { till, codes } = await twoServers(t)
  const { id } = await codes.customer(7 * PRICE + 19)
  const answers = await atOnce(AT_ONCE, (n) => codes.claim(id, n))
  assert.deepEqual(tally(answers), { 201: 7, '409 insufficient_units': 43 })
  const claimed = answers.filter(({ status }) => status === 201)
  assert.equal(new Set(claimed.map(({ body }) => body.code)).size, 7)
  assert.deepEqual(await pointsOf(till.business.businessId), [19, 7 * PRICE, 0])
  await till.assertProven()
})

test('100 redemptions of different codes at once wait for one another, and none is turned away', async (t) => {
  const { till, codes } = await twoServers(t)
  const { id, phone } = await codes.customer(100 * PRICE)
  const claims = await atOnce(100, (n) => made(codes.claim(id, n)))
  const answers = await atOnce(100, (n) => codes.redeem({ code: claims[n]?.code ?? '', phone, order: `h-${n}` }, n))
  assert.deepEqual(tally(answers), { 200: 100 })
  await till.assertProven()
})

test('a code that is concurrently cancelled and redeemed has one result, which both callers get', async (t) => {
  const { till, codes } = await twoServers(t)
  const { id, phone } = await codes.customer(rounds * PRICE)
  let spent = 0
  for (let round = 0; round < rounds; round++) {
    const claim = await made(codes.claim(id, round))
    const redeem = () => codes.redeem({ code: claim.code, phone, order: `c-${round}` }, round)
    const cancel = () => codes.cancel(claim.id, round + 1)
    const answers =
      round % 2 === 0 ? await Promise.all([redeem(), cancel()]) : (await Promise.all([cancel(), redeem()])).reverse()
    const [redeemed, cancelled] = answers.map((answer) => Object.keys(tally([answer]))[0])
    const status = await statusOf(claim.id, till.business.apiKey)
    assert.deepEqual(
      [redeemed, cancelled, status],
      status === 'redeemed' ? ['200', '409 conflict', 'redeemed'] : ['409 reward_cancelled', '200', 'cancelled'],
    )
    if (status === 'redeemed') spent += PRICE
  }
  assert.deepEqual(await pointsOf(till.business.businessId), [rounds * PRICE - spent, 0, spent])
  await till.assertProven()
})

test('a code that runs out while it is redeemed ends in one of the two', async (t) => {
  const { till, second, codes } = await twoServers(t)
  const { id, phone } = await codes.customer(rounds * PRICE)
  let spent = 0
  for (let round = 0; round < rounds; round++) {
    const claim = await made(codes.claim(id, round))
    const redeeming = codes.redeem({ code: claim.code, phone, order: `e-${round}` }, round)
    // From before the request is heard to after it is answered.
    for (let turn = 0; turn < round % 8; turn++) await new Promise(setImmediate)
    clock.advance(10 * 60_000)
    const [answer] = await Promise.all([redeeming, releaseClaims(app.ctx), releaseClaims(second.ctx)])
    await releaseClaims(app.ctx)
    const status = await statusOf(claim.id, till.business.apiKey)
    const told = Object.keys(tally([answer]))[0]
    assert.deepEqual([told, status], status === 'redeemed' ? ['200', 'redeemed'] : ['409 reward_expired', 'expired'])
    if (status === 'redeemed') spent += PRICE
  }
  assert.deepEqual(await pointsOf(till.business.businessId), [rounds * PRICE - spent, 0, spent])
  await till.assertProven()
})

test('an order that is voided while a code is redeemed for it restores the reward, in both sequences', async (t) => {
  const { till, codes } = await twoServers(t)
  const { id, phone } = await codes.customer(PRICE)
  for (let round = 0; round < rounds; round++) {
    const sale = { id: `v-${round}`, customer: { phone: phone.slice(1) }, updatedAt: '2023-01-01 15:06:16' }
    await till.send(sale)
    const claim = await made(codes.claim(id, round))
    const [redeemed, voided] = await Promise.all([
      codes.redeem({ code: claim.code, phone, order: sale.id }, round),
      app.post(till.body({ ...sale, status: 7, updatedAt: '2023-01-01 15:10:00' })),
    ])
    assert.deepEqual([redeemed.status, voided.status], [200, 200], JSON.stringify([redeemed.body, voided.body]))
    assert.equal(await statusOf(claim.id, till.business.apiKey), 'restored')
    assert.deepEqual(await pointsOf(till.business.businessId), [PRICE, 0, 0])
  }
  await till.assertProven()
})
