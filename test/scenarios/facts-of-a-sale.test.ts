// What a sale is judged by: its own facts, and those of the customer's other orders, never of the sale itself.
import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { testApp } from '../support/app.ts'
import { openStandardShop, type StandardOrder } from '../support/standard-shop.ts'

const app = await testApp()

const spend = { id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }

test('payments of 0.00 decide nothing: cash 30 and a gift card of 0 earn 30 where gift cards are excluded', async () => {
  const notByGift = { ...spend, when: { payments: { exclude: ['gift_card'] } } }
  const shop = await openStandardShop(app, { type: 'points', rules: [notByGift] })
  const paid = (id: string, ...payments: [method: string, kind: string, amount: number][]): StandardOrder => ({
    ...{ id, price: 30 },
    more: { payments: payments.map(([method, kind, amount]) => ({ method, kind, amount })) },
  })
  assert.equal(await shop.earn(paid('a', ['Cash', 'cash', 30], ['Gift', 'gift_card', 0])), 30)
  assert.equal(
    await shop.earn(paid('b', ['Cash', 'cash', 29], ['Gift', 'gift_card', 1])),
    30,
    'a real gift card: nothing',
  )
  await shop.assertProven()
})

test('a card payment of 0.00 gives no card bonus, and amounts are summed for each kind', async () => {
  const byCard = { id: 'card', when: { payments: { include: ['card'] } }, earn: { kind: 'per_order', units: 100 } }
  const shop = await openStandardShop(app, { type: 'points', rules: [spend, byCard] })
  const paid = (id: string, ...payments: [kind: string, amount: number][]): StandardOrder => ({
    ...{ id, price: 30 },
    more: { payments: payments.map(([kind, amount]) => ({ method: kind, kind, amount })) },
  })
  assert.equal(await shop.earn(paid('a', ['cash', 30], ['card', 0])), 30)
  assert.equal(await shop.earn(paid('b', ['cash', 20], ['card', 0], ['card', 10])), 160)
  await shop.assertProven()
})

test('dates with hours over midnight: 01:00 on 18 February belongs to the 17th, 01:00 on 20 March to the 19th', async () => {
  const ramadan = {
    ...{ id: 'ramadan', earn: { kind: 'per_order', units: 10 } },
    when: { dates: { from: '2026-02-18', to: '2026-03-19' }, hours: [{ from: '21:00', to: '03:00' }] },
  }
  const shop = await openStandardShop(app, { type: 'points', rules: [ramadan] })
  // The shop is in Riyadh, three hours before UTC.
  const at = (id: string, local: string) => ({ id, at: `${local}:00+03:00` })
  assert.equal(await shop.earn(at('a', '2026-02-18T01:00')), 0)
  assert.equal(await shop.earn(at('b', '2026-02-18T21:00')), 10)
  assert.equal(await shop.earn(at('c', '2026-03-20T01:00')), 20)
  assert.equal(await shop.earn(at('d', '2026-03-20T21:00')), 20)
  // A POS whose day ends at 05:00 says itself that 01:00 on the 20th is the business day of the 19th.
  const said = (id: string, local: string, day: string) => ({ ...at(id, local), more: { business_date: day } })
  assert.equal(await shop.earn(said('e', '2026-03-20T01:00', '2026-03-19')), 30)
  assert.equal(await shop.earn(said('f', '2026-02-18T01:00', '2026-02-17')), 30)
  assert.equal(await shop.earn(said('g', '2026-02-19T01:00', '2026-02-18')), 40)
  await shop.assertProven()
})

test('step: 5 per full 2.50 gives 5 for 3.00, of the order or of each line alone', async () => {
  const five = (step?: string) => ({
    type: 'points',
    rules: [{ ...spend, earn: { ...spend.earn, units: 5, per: 250, step } }],
  })
  const [proportional, order, line] = await Promise.all(
    [undefined, 'order', 'line'].map((step) => openStandardShop(app, five(step))),
  )
  const sums = async (id: string, ...prices: number[]) =>
    Promise.all([proportional, order, line].map((shop) => shop?.earn({ id, prices })))
  assert.deepEqual(await sums('a', 3), [6, 5, 5])
  assert.deepEqual(await sums('b', 2, 3), [16, 15, 10], '5.00: 10, two full steps, one line with one')
  const said = await line?.send({ id: 'c', prices: [2, 3] })
  const why = said?.movements.find((movement) => movement.program_id === line?.programId)?.why
  assert.equal(why?.en, '5.00 SAR × 5 points per full 2.50 SAR in each line (count: 1) = 5 points')
  assert.equal(why?.ar, '5.00 ريال × 5 نقاط لكل 2.50 ريال مكتملة في كل بند (العدد: 1) = 5 نقاط')
  await Promise.all([proportional, order, line].map((shop) => shop?.assertProven()))
})
