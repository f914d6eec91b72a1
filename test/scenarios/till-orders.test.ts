// Redemptions and their orders, in either sequence of arrival, and the flags for what does not
// match.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatId } from '../../src/kernel/ids.ts'
import { testApp } from '../support/app.ts'
import { addReward, ask, type Claimed, claim, claimReward, orderOf } from '../support/claims.ts'
import { openTill, type Till } from '../support/till.ts'

const app = await testApp()

/** A customer with 24 points and 1.20 of cashback, who claims 5.00 off for 20 points. */
async function customerWithCode(): Promise<{ till: Till; customer: string; code: string }> {
  const till = await openTill(app)
  const { customer } = await till.send({ reference: 1 })
  const reward = await addReward(app, till, 20, { kind: 'fixed_order', discount_amount: 500 })
  const id = customer?.id ?? ''
  return { till, customer: id, code: await claimReward(app, till, id, reward) }
}

const redemption = (orderId: string, amount = 5) => ({ order_id: orderId, discount_amount: amount })

/** As Foodics writes times, in UTC. */
function today(): string {
  return new Date(app.ctx.clock.now()).toISOString().slice(0, 19).replace('T', ' ')
}

/** An order of now, as a till sends it that took 5.00 off for a code. */
const withCode = (code: string, more: object = {}) => ({
  reference: 2,
  discount: { amount: 5, type: 4, rewardCode: code },
  ...more,
})

test('redeemed before the order arrives: it matches, and nothing moves twice', async () => {
  const { till, code } = await customerWithCode()
  const order = till.body(withCode(code))
  assert.equal((await ask(app, till, 'redeem', code, redemption(order.order.id))).status, 200)
  // 19.00 was paid: 19 points.
  assert.equal((await till.send(order)).units.points, 23)
  const shown = await orderOf(app, till, order.order.id)
  assert.deepEqual(shown.flags, [])
  assert.deepEqual(
    shown.redemptions.map((one: Claimed) => [one.status, one.redemption?.discount, one.redemption?.by]),
    [['redeemed', 500, 'till']],
  )
  await till.assertProven()
})

test('redeemed after the order arrived: the same', async () => {
  const { till, code } = await customerWithCode()
  // Without a code in it: the till tells afterwards.
  const order = till.body({ reference: 2, discount: { amount: 5, type: 4 } })
  await till.send(order)
  assert.equal((await ask(app, till, 'redeem', code, redemption(order.order.id))).status, 200)
  assert.equal((await till.balances()).points, 23)
  assert.deepEqual((await orderOf(app, till, order.order.id)).flags, [])
  await till.assertProven()
})

test('redeemed after the order arrived: the maximum is that of the terms and of the goods before discounts', async () => {
  const tenth = { kind: 'percent_order', percent: 10 }
  const fifty = { kind: 'fixed_order', discount_amount: 5000 }
  const off = { amount: 10, type: 4 }
  // Of a percentage, a halala more for each line, as tills round.
  for (const [terms, order, allowed, refused] of [
    [tenth, {}, 1.21, 1.22],
    [tenth, { status: 7 }, 1.21, 1.22],
    [tenth, { discount: off }, 1.21, 1.22],
    [fifty, {}, 12, 12.01],
    [fifty, { status: 7 }, 12, 12.01],
    [fifty, { discount: off }, 12, 12.01],
    [fifty, { discount: { ...off, amount: 12 } }, 12, 12.01],
    // An order that is not paid yet may still grow.
    [fifty, { status: 2 }, 50, 50.01],
  ] as const) {
    const { till, customer } = await customerWithCode()
    const code = await claimReward(app, till, customer, await addReward(app, till, 1, terms))
    const body = till.body({ reference: 2, lines: [{ price: 12 }], ...order })
    await till.send(body)
    for (const amount of [9999, refused]) {
      const answer = await ask(app, till, 'redeem', code, redemption(body.order.id, amount))
      const told = [answer.status, answer.body.code]
      assert.deepEqual(told, [422, 'discount_too_high'], JSON.stringify([terms, order, amount]))
      assert.match(answer.body.detail, new RegExp(`${allowed.toFixed(2).replace('.', '\\.')} SAR`))
    }
    assert.equal((await ask(app, till, 'redeem', code, redemption(body.order.id, allowed))).status, 200)
    await till.assertProven()
  }
})

test('redeemed after the order arrived: a return does not lower the maximum', async () => {
  const { till, code } = await customerWithCode()
  const order = till.body({ reference: 2, lines: [{ price: 12 }] })
  await till.send(order)
  await till.send({ reference: 3, returns: { id: order.order.id }, lines: [{ price: 12 }] })
  assert.equal((await ask(app, till, 'redeem', code, redemption(order.order.id, 9999))).status, 422)
  assert.equal((await ask(app, till, 'redeem', code, redemption(order.order.id))).status, 200)
  await till.assertProven()
})

test('the till and the order disagree about the amount: the order is flagged and can be found', async () => {
  const { till, code } = await customerWithCode()
  const order = till.body(withCode(code))
  await ask(app, till, 'redeem', code, redemption(order.order.id, 4))
  await till.send(order)
  const [flag] = (await orderOf(app, till, order.order.id)).flags
  assert.equal(flag.code, 'discount_differs')
  assert.match(flag.ar, /المبلغ/)
  const flagged = await app.get('/orders?flagged=true', till.business.apiKey)
  assert.deepEqual(
    flagged.body.data.map((one: { pos_order_id: string }) => one.pos_order_id),
    [order.order.id],
  )
  await till.assertProven()
})

test('an order with an unknown code earns and is flagged', async () => {
  const { till } = await customerWithCode()
  const order = till.body(withCode('10000001'))
  await till.send(order)
  assert.deepEqual(
    (await orderOf(app, till, order.order.id)).flags.map((flag: { code: string }) => flag.code),
    ['code_unknown'],
  )
})

test('a code that was used elsewhere is named by a second order: one redemption, and a flag', async () => {
  const { till, code } = await customerWithCode()
  await ask(app, till, 'redeem', code, redemption('elsewhere'))
  const order = till.body(withCode(code))
  await till.send(order)
  assert.deepEqual(
    (await orderOf(app, till, order.order.id)).flags.map((flag: { code: string }) => flag.code),
    ['code_of_other_order'],
  )
  await till.assertProven()
})

test('only the order names the code: it is redeemed, restored by a void, and redeemed again with a paid snapshot', async () => {
  const { till, customer, code } = await customerWithCode()
  const now = today()
  const at = (second: number, more: object = {}) =>
    till.body({ ...withCode(code), reference: 2, closedAt: now, updatedAt: `${now.slice(0, -2)}${second}`, ...more })
  const paid = at(10)
  const heldBefore = await claim(app, till, customer)
  assert.equal(heldBefore.status, 'held')
  await till.send(paid)
  assert.deepEqual([(await claim(app, till, customer)).status, (await till.balances()).points], ['redeemed', 23])
  await till.send(at(20, { status: 7 }))
  assert.deepEqual([(await claim(app, till, customer)).status, (await till.balances()).points], ['restored', 24])
  await till.send(at(30))
  assert.deepEqual([(await claim(app, till, customer)).status, (await till.balances()).points], ['redeemed', 23])
  // A later snapshot without the code: it was never used.
  await till.send(at(40, { discount: undefined }))
  assert.deepEqual([(await claim(app, till, customer)).status, (await till.balances()).points], ['restored', 48])
  await till.assertProven()
})

test('a returned order that is the first to show a code, and is paid again, keeps the discount of its line', async () => {
  const till = await openTill(app)
  const { customer } = await till.send({ reference: 1 })
  const reward = await addReward(app, till, 20, { kind: 'percent_products', percent: 100, products: ['latte'] })
  const code = await claimReward(app, till, customer?.id ?? '', reward)
  const now = today()
  const lines = [{ price: 30 }, { product: 'latte', price: 10, discount: 10, rewardCode: code }]
  const at = (second: number, status: number) =>
    till.body({
      reference: 2,
      status,
      closedAt: now,
      updatedAt: `${now.slice(0, -2)}${second}`,
      lines: lines.map((line) => ({ ...line, status: status === 5 ? 6 : 3 })),
    })
  const paid = at(20, 4)
  await till.send(at(10, 5))
  assert.equal((await claim(app, till, customer?.id ?? '')).status, 'restored')
  await till.send(paid)
  assert.equal((await claim(app, till, customer?.id ?? '')).status, 'redeemed')
  const shown = await orderOf(app, till, paid.order.id)
  assert.deepEqual(
    shown.flags.map(({ code: flag }: { code: string }) => flag),
    ['void_before_sale'],
    'a return that is older than its sale is for the staff to apply',
  )
  assert.equal(shown.redemptions[0].redemption.discount, 1000)
  await till.assertProven()
})

test('the void arrives before the redeem request: redeemed and restored at once', async () => {
  const { till, customer, code } = await customerWithCode()
  const order = till.body({ reference: 2, status: 7 })
  await till.send(order)
  assert.equal((await ask(app, till, 'redeem', code, redemption(order.order.id))).status, 200)
  assert.deepEqual([(await claim(app, till, customer)).status, (await till.balances()).points], ['restored', 24])
  await till.assertProven()
})

test('a full return restores the reward, a partial one without the rewarded goods does not', async () => {
  const { till, customer, code } = await customerWithCode()
  const lines = [{ price: 20 }, { price: 10 }]
  const order = till.body(withCode(code, { lines }))
  await ask(app, till, 'redeem', code, redemption(order.order.id))
  await till.send(order)
  await till.send({ reference: 3, returns: { id: order.order.id }, lines: [{ price: 10 }] })
  assert.equal((await claim(app, till, customer)).status, 'redeemed')
  await till.send({ reference: 4, returns: { id: order.order.id }, lines: [{ price: 20 }] })
  assert.deepEqual([(await claim(app, till, customer)).status, (await till.balances()).points], ['restored', 24])
  await till.assertProven()
})

test('cashback: units that the order does not need are restored, and so are the spent ones when it is voided', async () => {
  const till = await openTill(app)
  const { customer } = await till.send({ reference: 1 })
  const id = customer?.id ?? ''
  const made = await app.call({
    method: 'POST',
    path: `/api/v1/customers/${id}/claims`,
    bearer: till.business.apiKey,
    body: { program_id: formatId('program', till.business.programs.cashback), amount: 120 },
  })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const check = await ask(app, till, 'reward', made.body.code)
  assert.deepEqual(
    [check.body.type, check.body.discount_amount, check.body.is_percent, check.body.max_discount_amount],
    [1, 1.2, false, 1.2],
  )
  const order = till.body({ reference: 2, status: 7 })
  assert.equal((await ask(app, till, 'redeem', made.body.code, redemption(order.order.id, 0.7))).status, 200)
  assert.equal((await till.balances()).cashback, 50)
  await till.send(order)
  assert.equal((await till.balances()).cashback, 120)
  await till.assertProven()
})

test('a completed stamp card: its reward is used once, and a void makes the card available again', async () => {
  const till = await openTill(app)
  // Of now: the reward of a card is good for 30 days.
  const { customer } = await till.send({ reference: 1, closedAt: today(), lines: [{ price: 10, quantity: 6 }] })
  const body = { program_id: formatId('program', till.business.programs.stamps) }
  const path = `/api/v1/customers/${customer?.id}/claims`
  const bearer = till.business.apiKey
  const made = await app.call({ method: 'POST', path, bearer, body })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  assert.equal((await app.call({ method: 'POST', path, bearer, body })).body.code, 'no_card')
  const check = await ask(app, till, 'reward', made.body.code)
  assert.deepEqual(check.body.allowed_products, [{ products_list: ['_7g3g8555'], quantity: 1 }])
  const order = till.body({ reference: 2, status: 7 })
  assert.equal((await ask(app, till, 'redeem', made.body.code, redemption(order.order.id, 10))).status, 200)
  assert.equal((await app.call({ method: 'POST', path, bearer, body })).body.code, 'no_card')
  await till.send(order)
  assert.equal((await app.call({ method: 'POST', path, bearer, body })).status, 201)
  await till.assertProven()
})

test('on_return never: a return restores nothing, a void does', async () => {
  const till = await openTill(app)
  const { customer } = await till.send({ reference: 1 })
  const id = customer?.id ?? ''
  const terms = { kind: 'fixed_order', discount_amount: 500, on_return: 'never' }
  const code = await claimReward(app, till, id, await addReward(app, till, 20, terms))
  const order = till.body(withCode(code))
  await ask(app, till, 'redeem', code, redemption(order.order.id))
  await till.send(order)
  await till.send({ reference: 3, returns: { id: order.order.id } })
  assert.deepEqual([(await claim(app, till, id)).status, (await till.balances()).points], ['redeemed', 4])
  await till.send({ ...withCode(code), status: 7, updatedAt: today() })
  assert.deepEqual([(await claim(app, till, id)).status, (await till.balances()).points], ['restored', 24])
  await till.assertProven()
})

test('cashback in proportion: when half of the goods are returned, half of the cashback is restored', async () => {
  const till = await openTill(app)
  const rules = [{ id: 'half', earn: { kind: 'percent', basis_points: 5_000 } }]
  const program = await till.addProgram({
    type: 'cashback',
    rules,
    on_return: 'pro_rata',
    maximum_share_basis_points: 5_000,
  })
  const { customer } = await till.send({ reference: 1, lines: [{ price: 20 }] })
  const bearer = till.business.apiKey
  const path = `/api/v1/customers/${customer?.id}/claims`
  const made = await app.call({ method: 'POST', path, bearer, body: { program_id: program, amount: 1_000 } })
  const check = await ask(app, till, 'reward', made.body.code)
  // At most half of an order, up to the 10.00 that were claimed.
  assert.deepEqual([check.body.discount_amount, check.body.is_percent, check.body.max_discount_amount], [50, true, 10])
  const lines = [
    { price: 20, id: 'a' },
    { price: 20, id: 'b', product: 'other' },
  ]
  const order = till.body({
    ...withCode(made.body.code),
    lines,
    discount: { amount: 10, type: 4, rewardCode: made.body.code },
  })
  await ask(app, till, 'redeem', made.body.code, redemption(order.order.id, 10))
  await till.send(order)
  const spent = async () => {
    const { body } = await app.get(`/customers/${customer?.id}/claims`, bearer)
    const { units, restored_units: restored } = body.data[0].redemption
    return units - restored
  }
  assert.equal(await spent(), 1_000)
  await till.send({ reference: 3, returns: { id: order.order.id }, lines: [{ price: 20, id: 'a' }] })
  assert.equal(await spent(), 500)
  await till.send({ reference: 4, returns: { id: order.order.id }, lines: [{ price: 20, id: 'b', product: 'other' }] })
  assert.equal(await spent(), 0)
  await till.assertProven()
})

test('the till names what the reward was used on when that is back already: given back, as in the other order', async () => {
  for (const late of [true, false]) {
    const till = await openTill(app)
    const { customer } = await till.send({ reference: 1 })
    const id = customer?.id ?? ''
    const terms = { kind: 'fixed_products', discount_amount: 500, products: ['tea', 'cake'] }
    const code = await claimReward(app, till, id, await addReward(app, till, 20, terms))
    const tea = { product: 'tea', price: 10, id: 'a' }
    const sale = till.body(withCode(code, { closedAt: today(), lines: [tea, { product: 'cake', price: 20, id: 'b' }] }))
    const back = till.body({ reference: 3, closedAt: today(), returns: { id: sale.order.id }, lines: [tea] })
    const named = { ...redemption(sale.order.id), redeemed_products: [{ product_id: 'tea', quantity: 1 }] }
    if (!late) await ask(app, till, 'redeem', code, named)
    await till.send(sale)
    await till.send(back)
    // Of two products that it is good for one was kept: only the till knows that it was not used on
    // that one.
    if (late) assert.equal((await claim(app, till, id)).status, 'redeemed')
    if (late) assert.equal((await ask(app, till, 'redeem', code, named)).status, 200)
    assert.equal((await claim(app, till, id)).status, 'restored', late ? 'named late' : 'named first')
    await till.assertProven()
  }
})

test("a code of one customer on another customer's order: the discount was given, and the order is flagged", async () => {
  const { till, customer, code } = await customerWithCode()
  const order = till.body(withCode(code, { customer: { number: 2 } }))
  assert.equal((await ask(app, till, 'redeem', code, redemption(order.order.id))).status, 200)
  await till.send(order)
  assert.deepEqual(await flagCodes(till, order.order.id), ['redeemed_for_other'])
  assert.equal((await claim(app, till, customer)).status, 'redeemed')
  // The order turns out to be the first customer's.
  await till.send(till.body(withCode(code, { updatedAt: today() })))
  assert.deepEqual(await flagCodes(till, order.order.id), [])
  await till.assertProven()
})

async function flagCodes(till: Till, posOrderId: string): Promise<string[]> {
  return (await orderOf(app, till, posOrderId)).flags.map((flag: { code: string }) => flag.code)
}
