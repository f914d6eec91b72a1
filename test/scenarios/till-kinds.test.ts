// A reward from claim to void: what is taken off, what is spent for it, and what comes back with
// the order.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../support/app.ts'
import { addReward, ask, claimReward } from '../support/claims.ts'
import { openTill, type Till } from '../support/till.ts'

const app = await testApp()

const KINDS = [
  { kind: 'fixed_order', discount_amount: 500 },
  { kind: 'percent_order', percent: 10 },
  { kind: 'fixed_products', discount_amount: 300, categories: ['_7ad32937'] },
  { kind: 'percent_products', percent: 100, categories: ['_7ad32937'] },
]

/** Available and held. */
async function points({ business }: Till): Promise<number[]> {
  const { body } = await app.get('/customers?phone=%2B966500000001', business.apiKey)
  const of = body.data[0].balances.find((one: { program_type: string }) => one.program_type === 'points')
  return [of.available, of.held]
}

/** What moved in the points program, oldest first. */
async function ledger({ business }: Till, customerId: string): Promise<[string, number][]> {
  const { body } = await app.get(`/customers/${customerId}/ledger?limit=100`, business.apiKey)
  const entries = body.data.filter((one: { program_type: string }) => one.program_type === 'points')
  return entries.map(({ kind, units }: { kind: string; units: number }) => [kind, units]).reverse()
}

for (const terms of KINDS) {
  test(`${terms.kind}: claimed, checked, redeemed, sold, voided twice, and given back once`, async () => {
    const till = await openTill(app)
    const { customer } = await till.send({ reference: 1 })
    const reward = await addReward(app, till, 20, terms)
    const code = await claimReward(app, till, customer?.id ?? '', reward)
    assert.deepEqual(await points(till), [4, 20], 'held')
    assert.equal((await ask(app, till, 'reward', code)).status, 200)
    assert.deepEqual(await points(till), [4, 20], 'a check changes nothing')
    const sold = till.body({ reference: 2 })
    const redemption = { order_id: sold.order.id, discount_amount: 2, date: '2023-01-01 15:00:00' }
    assert.equal((await ask(app, till, 'redeem', code, redemption)).status, 200)
    assert.deepEqual(await points(till), [4, 0], 'spent')
    assert.equal((await till.send(sold)).units.points, 28)
    assert.deepEqual(await points(till), [28, 0], 'the order earned 24, and took nothing more')
    for (const minute of [1, 2]) {
      await till.send({ reference: 2, status: 7, updatedAt: `2023-01-02 10:0${minute}:00` })
      assert.deepEqual(await points(till), [24, 0], 'the 20 are back, and the 24 of the voided order are gone')
    }
    assert.deepEqual(await ledger(till, customer?.id ?? ''), [
      ['earn', 24],
      ['hold', -20],
      ['redeem', -20],
      ['earn', 24],
      ['restore', 20],
      ['reverse', -24],
    ])
    await till.assertProven()
  })
}

test('V10: when an order is returned after its points were spent, the customer has a debt of 20', async () => {
  const till = await openTill(app)
  const first = till.body({ reference: 1 })
  const { customer, units } = await till.send(first)
  assert.equal(units.points, 24)
  const reward = await addReward(app, till, 20, { kind: 'fixed_order', discount_amount: 500 })
  const code = await claimReward(app, till, customer?.id ?? '', reward)
  const redemption = { order_id: 'another-order', discount_amount: 5, date: '2023-01-01 15:00:00' }
  assert.equal((await ask(app, till, 'redeem', code, redemption)).status, 200)
  assert.equal((await till.balances()).points, 4)
  await till.send({ reference: 9, returns: { id: first.order.id }, updatedAt: '2023-01-02 10:00:00' })
  assert.equal((await till.balances()).points, -20)
  await till.assertProven()
})
