// Amounts that earn nothing, over real HTTP: charges, tips, rounding, gift cards sold, and payments
// with loyalty.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foodicsBody } from '../../src/integrations/foodics/fixtures/body.ts'
import { type StandardSpec, standardBody } from '../../src/integrations/standard/fixtures/body.ts'
import { testApp } from '../support/app.ts'
import { assertProven } from '../support/ledger.ts'

const app = await testApp()

let orders = 0

/** Points that a new customer has after one order: 1 per 1.00. */
async function pointsOf(spec: StandardSpec): Promise<number> {
  const id = `order-${++orders}`
  const phone = `5000${String(orders).padStart(5, '0')}`
  const body = standardBody({ ...spec, id, business: { reference: 440810 } })
  body.order.customer.phone = phone
  return post(body, 'standard')
}

async function post(body: unknown, pos: 'standard' | 'foodics'): Promise<number> {
  const answer = await app.post(body, { pos })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  const points = answer.body.balances.find((balance: { unit: string }) => balance.unit === 'point')
  return points?.available ?? 0
}

const LINE = { price: 20, quantity: 1 }

test('A7: a line of 20 and a charge of 15, total 35, earn 20 points', async () => {
  assert.equal(await pointsOf({ lines: [LINE], charges: [{ name: 'Delivery', amount: 15 }] }), 20)
})

test('A7: tips, rounding and gift cards sold earn nothing', async () => {
  assert.equal(await pointsOf({ lines: [LINE], tips: 15 }), 20)
  assert.equal(await pointsOf({ lines: [LINE], tips: 15, total: 35 }), 20)
  assert.equal(await pointsOf({ lines: [LINE], rounding: -0.5 }), 20)
  assert.equal(await pointsOf({ lines: [{ price: 19.5, quantity: 1 }], rounding: 0.5 }), 19)
  assert.equal(await pointsOf({ lines: [LINE], giftCards: 100 }), 20)
  assert.equal(await pointsOf({ lines: [], giftCards: 100 }), 0)
})

test('A7: a line of 20 with a total of 35 earns 20 points without a named charge, in both formats', async () => {
  assert.equal(await pointsOf({ lines: [LINE], total: 35 }), 20)
  const foodics = foodicsBody({
    reference: 'unnamed',
    business: { reference: 440810 },
    customer: { number: 77 },
    lines: [{ price: 20 }],
  })
  foodics.order.total_price = 35
  assert.equal(await post(foodics, 'foodics'), 20)
})

test('A14: payments with loyalty earn nothing, however the payment method is spelled', async () => {
  const paid = (payments: { method: string; amount: number }[]) =>
    pointsOf({ lines: [{ price: 30, quantity: 1 }], order: { payments } })
  for (const method of ['مكافآت', 'مكافات', 'مكافاة الراجحي', 'مكافآت'.normalize('NFD'), 'مُكـافآت', 'ﻣﻜﺎﻓﺂت']) {
    assert.equal(await paid([{ method, amount: 30 }]), 0, method)
    assert.equal(
      await paid([
        { method, amount: 10 },
        { method: 'نقدًا', amount: 20 },
      ]),
      20,
      method,
    )
  }
})

test('A7: returning the line of an order with a charge deducts the 20 points, and refunding the charge deducts none', async () => {
  const charged = { lines: [LINE], charges: [{ name: 'Delivery', amount: 15 }] }
  const sale = standardBody({ ...charged, id: 'charged', business: { reference: 440810 } })
  sale.order.customer.phone = '509000001'
  assert.equal(await post(sale, 'standard'), 20)
  const back = standardBody({
    ...charged,
    id: 'charged-back',
    status: 'Refunded',
    business: { reference: 440810 },
    order: { original_order_id: 'charged', customer: sale.order.customer },
  })
  assert.equal(await post(back, 'standard'), 0)
  await assertProven(app.ctx.db, app.business)
})
