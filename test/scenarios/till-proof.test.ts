// What the proof finds when something of a claim is not what it should be, what the jobs do with
// codes, and news in the wrong order.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verifyClaims } from '../../src/audit/verify-claims.ts'
import { ManualClock } from '../../src/kernel/clock.ts'
import { releaseClaims } from '../../src/worker/claims.ts'
import { purgeWrongCodes } from '../../src/worker/retention.ts'
import { testApp } from '../support/app.ts'
import { addReward, ask, claim, claimReward } from '../support/claims.ts'
import { openTill, type Till } from '../support/till.ts'

const clock = new ManualClock('2026-01-14T09:00:00Z')
const app = await testApp(undefined, { clock })

const FREE_CAKE = { kind: 'percent_products', percent: 100, products: ['cake'] }

async function customerWithCode(terms: object): Promise<{ till: Till; customer: string; code: string }> {
  const till = await openTill(app)
  const { customer } = await till.send({ reference: 1 })
  const id = customer?.id ?? ''
  return { till, customer: id, code: await claimReward(app, till, id, await addReward(app, till, 20, terms)) }
}

test('expired codes are released by the job, once; wrong codes are deleted when they no longer count', async () => {
  const { till, customer } = await customerWithCode(FREE_CAKE)
  await ask(app, till, 'reward', '10000001')
  assert.equal((await releaseClaims(app.ctx)).done, 0)
  clock.advance(10 * 60_000)
  assert.equal((await releaseClaims(app.ctx)).done, 1)
  assert.equal((await releaseClaims(app.ctx)).done, 0)
  assert.deepEqual([(await claim(app, till, customer)).status, (await till.balances()).points], ['expired', 24])
  clock.advance(1)
  // The customer's count and the till's.
  // The customer, the branch, the token and the business.
  assert.equal((await purgeWrongCodes(app.ctx)).done, 4)
  assert.equal((await purgeWrongCodes(app.ctx)).done, 0)
  await till.assertProven()
})

for (const [damage, found] of [
  ["update claims set units = units + 1, lot_units = array[21] where status = 'held'", ['account.held', 'claim.held']],
  [
    "update claims set status = 'cancelled', lots = '{}', lot_units = '{}' where status = 'held'",
    ['account.held', 'claim.held', 'reward.taken'],
  ],
  ['update rewards set taken = 5 where taken = 1', ['reward.taken']],
  ["update claims set lot_units = array[19] where status = 'held'", ['claim.lots']],
] as const) {
  test(`the proof finds what is wrong after: ${damage}`, async () => {
    const { till } = await customerWithCode(FREE_CAKE)
    const { businessId } = till.business
    const { db } = app.ctx
    assert.deepEqual(await verifyClaims(db, businessId), [])
    await db.query(`${damage} and business_id = '${businessId}'`)
    const differences = await verifyClaims(db, businessId)
    assert.deepEqual(
      differences.map(({ what }) => what),
      found,
    )
  })
}

test('a return that arrives before the sale with the code restores the reward, as in the other order of arrival', async () => {
  const now = new Date(clock.now()).toISOString().slice(0, 19).replace('T', ' ')
  for (const early of [true, false]) {
    const { till, customer, code } = await customerWithCode(FREE_CAKE)
    const lines = [{ price: 30 }, { product: 'cake', price: 10, discount: 10, rewardCode: code }]
    const sale = till.body({ reference: 2, closedAt: now, lines })
    const back = till.body({
      reference: 3,
      closedAt: now,
      returns: { id: sale.order.id },
      lines: [{ product: 'cake', price: 10, discount: 10 }],
    })
    for (const body of early ? [back, sale] : [sale, back]) await till.send(body)
    assert.deepEqual([(await claim(app, till, customer)).status, (await till.balances()).points], ['restored', 54])
    await till.assertProven()
  }
})
