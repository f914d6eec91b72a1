// Traps C1-C20: known bugs of other systems with returns, voids and exchanges (docs/traps.md).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OrderAnswer } from '../../contract/pos-answer.ts'
import { standardBody } from '../../src/integrations/standard/fixtures/body.ts'
import { formatId } from '../../src/kernel/ids.ts'
import { endProgram, newVersion } from '../../src/programs/lifecycle.ts'
import { testApp } from '../support/app.ts'
import { adjustBy, assertProven, balancesOf } from '../support/ledger.ts'
import { type LineStory, orderOf } from '../support/orders.ts'
import { openShop, type Shop } from '../support/shop.ts'
import { NOTHING, openTill } from '../support/till.ts'

const app = await testApp()
const { db } = app.ctx

const spend = { id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }
const POINTS = { points: { type: 'points', rules: [spend] } }

const sale = (id: string, lines: LineStory[], more: Partial<Parameters<typeof orderOf>[0]> = {}) =>
  orderOf({ id, lines, ...more })

/** A return names its sale and no customer, as in most POS systems. */
const back = (of: string, lines: LineStory[], more: Partial<Parameters<typeof orderOf>[0]> = {}) =>
  orderOf({ id: `${of}-back`, at: 60, returns: of, lines, phone: null, ...more })

async function wonCards({ businessId }: Shop): Promise<string[]> {
  const cards = await db.query<{ id: string }>(
    `select id from awards where business_id = $1 and status = 'won' order by number`,
    [businessId],
  )
  return cards.map((card) => card.id)
}

const movedUnits = (answer: { movements: readonly { units: number }[] }) => answer.movements.map(({ units }) => units)

test('C1: repeated purchases and returns leave no units', async () => {
  const shop = await openShop(db)
  const drinks = [{ pieces: 6, total: 14_400 }]
  for (const round of [0, 1, 2]) {
    const id = `round-${round}`
    await shop.deliver(sale(id, drinks, { at: round * 100 }))
    // 144.00: 144 points and 7.20; the six stamps fill a card and are spent on it
    assert.deepEqual(await balancesOf(db, shop), { points: 144, cashback: 720 })
    assert.equal((await wonCards(shop)).length, 1)
    await shop.deliver(back(id, drinks, { at: round * 100 + 60 }))
    assert.deepEqual(await balancesOf(db, shop), {})
    assert.deepEqual(await wonCards(shop), [])
  }
  await assertProven(db, shop)
})

test('C2: a return deducts in both forms: as a separate order, or as a new status of the same order', async () => {
  const till = await openTill(app)
  const first = till.body({ reference: 1 })
  await till.send(first)
  await till.send({ reference: 2 })
  assert.deepEqual(await till.balances(), { points: 48, stamps: 2, cashback: 240 }, 'two hot drinks at 24.00')
  const own = await till.send({ reference: 3, returns: { id: first.order.id }, updatedAt: '2023-01-02 10:00:00' })
  assert.deepEqual(own.units, { points: 24, stamps: 1, cashback: 120 })
  const same = await till.send({ reference: 2, status: 5, updatedAt: '2023-01-02 10:00:00' })
  assert.deepEqual(same.units, NOTHING)
  assert.deepEqual(movedUnits(same), [-24, -1, -120])
  await till.assertProven()
})

test('C3: returning an order that was paid with points deducts what it earned, and never the points that paid', async () => {
  const shop = await openShop(db, { programs: POINTS })
  // given 50 points, of which 10 are spent: they pay 10.00 of an order of 24.00
  await shop.deliver(sale('earlier', [{ total: 5000 }]))
  assert.equal(await adjustBy(db, shop, 'points', -10), 'adjusted')
  const payments = [
    { method: 'Points', kind: 'loyalty' as const, amount: 1000 },
    { method: 'Cash', kind: 'cash' as const, amount: 1400 },
  ]
  await shop.deliver(sale('s', [{ total: 2400 }], { at: 10, more: { payments } }))
  assert.deepEqual(await balancesOf(db, shop), { points: 54 }, '50 − 10 spent + 14 for the 14.00 paid in cash')
  // when it is returned, with the same payments, twice
  const returned = back('s', [{ total: 2400 }], { more: { payments } })
  assert.deepEqual(movedUnits(await shop.deliver(returned)), [-14])
  assert.equal((await shop.deliver(returned)).result, 'duplicate')
  assert.deepEqual(await balancesOf(db, shop), { points: 40 }, 'the 10 were taken once')
  await assertProven(db, shop)
})

test('C4: a return without the free line deducts only what its own lines earned', async () => {
  const till = await openTill(app)
  const free = { product: 'latte', price: 18, discount: 18, rewardCode: 'SAMPLE-1' }
  const cake = (quantity: number) => ({ product: 'cake', category: 'food', price: 10, quantity })
  const order = till.body({ lines: [free, cake(2)] })
  // 20.00 was paid, all for cake: the free hot drink earns no stamp
  assert.deepEqual((await till.send(order)).units, { points: 20, stamps: 0, cashback: 100 })
  const one = (reference: number) =>
    till.send({
      reference,
      lines: [cake(1)],
      returns: { id: order.order.id },
      updatedAt: `2023-01-02 10:00:0${reference}`,
    })
  const first = await one(1)
  assert.deepEqual(movedUnits(first), [-10, -50])
  assert.deepEqual(first.units, { points: 10, stamps: 0, cashback: 50 })
  assert.deepEqual((await one(2)).units, NOTHING)
  await till.assertProven()
})

test('C5: in an exchange the return and the new sale are assessed separately', async () => {
  const till = await openTill(app)
  const latte = { product: 'latte', price: 18 }
  const beans = { product: 'beans', category: 'food', price: 30 }
  const first = till.body({ reference: 1, lines: [latte] })
  assert.deepEqual((await till.send(first)).units, { points: 18, stamps: 1, cashback: 90 })
  // when the latte is returned and beans are bought, as two orders
  await till.send({ reference: 2, lines: [latte], returns: { id: first.order.id }, updatedAt: '2023-01-01 15:30:00' })
  const exchanged = await till.send({ reference: 3, lines: [beans], updatedAt: '2023-01-01 15:31:00' })
  assert.deepEqual(exchanged.units, { points: 30, stamps: 0, cashback: 150 })
  // when the till marks a returned line in a valid sale, that line is not sold
  const mixed = till.body({ reference: 4, lines: [beans, { ...latte, status: 6 }] })
  mixed.order.total_price = 30
  assert.deepEqual((await till.send(mixed)).units, { points: 60, stamps: 0, cashback: 300 })
  await till.assertProven()
})

/**
 * A sale of beans for 30.00 and a latte for 18.00; then the latte is exchanged for a cake of 12.00,
 * in one order that is paid.
 */
async function exchange(
  shape: 'foodics' | 'standard',
  { total = 12, originalFirst = true, event = 'order.updated' } = {},
) {
  const till = await openTill(app)
  const [beans, latte, cake] = [
    { id: 'beans', product: 'beans', category: 'food', price: 30 },
    { id: 'latte', product: 'latte', price: 18 },
    { id: 'cake', product: 'cake', category: 'food', price: 12 },
  ]
  const { reference } = till.business
  const lineOf = ({ id, product, price }: typeof latte, status = 'Paid') => ({
    id,
    product_id: product,
    category_id: product === 'latte' ? '_7ad32937' : 'food',
    price,
    quantity: 1,
    status,
  })
  const sold =
    shape === 'foodics'
      ? till.body({ id: 'first', lines: [beans, latte] })
      : standardBody({ id: 'first', business: { reference }, lines: [lineOf(beans), lineOf(latte)] })
  const lines = [cake, { ...latte, status: 6 }]
  const changed =
    shape === 'foodics'
      ? till.body({
          id: 'second',
          status: 4,
          lines,
          returns: { id: 'first' },
          event,
          updatedAt: '2023-01-02 10:00:00',
        })
      : standardBody({
          id: 'second',
          business: { reference },
          lines: [lineOf(cake), lineOf(latte, 'Refunded')],
          total,
          event,
          order: { original_order_id: 'first', updated_at: '2023-01-02T13:00:00+03:00' },
        })
  if ('total_price' in changed.order) changed.order.total_price = total
  const answers = new Map<string, OrderAnswer>()
  for (const one of originalFirst ? [sold, changed] : [changed, sold]) {
    const { status, body } = await app.post(one, { pos: shape })
    assert.equal(status, 200, JSON.stringify(body))
    answers.set(one.order.id, body)
  }
  await till.assertProven()
  return { till, changed, first: answers.get('first'), second: answers.get('second') }
}

for (const shape of ['foodics', 'standard'] as const) {
  test(`C5: one paid order that sells and returns from an earlier sale does both (${shape})`, async () => {
    const { till, second } = await exchange(shape)
    // 48.00 and a stamp were earned; the latte takes 18, its stamp and 0.90; the cake earns 12 and
    // 0.60
    assert.deepEqual(movedUnits(second ?? { movements: [] }), [-18, -1, -90, 12, 60])
    assert.deepEqual([second?.result, second?.reason], ['processed', null])
    assert.deepEqual(await till.balances(), { points: 42, stamps: 0, cashback: 210 })
    const { body: found } = await app.get('/orders?pos_order_id=first', till.business.apiKey)
    const { body: original } = await app.get(`/orders/${found.data[0].id}`, till.business.apiKey)
    assert.deepEqual(
      original.returns.map((one: { pos_order_id: string; kind: string }) => [one.pos_order_id, one.kind]),
      [['second', 'sale']],
    )
    const { body: shown } = await app.get(`/orders/${original.returns[0].id}`, till.business.apiKey)
    assert.equal(shown.original_id, original.id)
    assert.deepEqual(
      shown.movements.map((one: { units: number }) => one.units).sort(),
      [-1, -18, -90, 1, 12, 240, 48, 60],
    )
  })

  test(`C5: an exchange that arrives before its original earns at once, and deducts when the original arrives (${shape})`, async () => {
    const { till, first, second } = await exchange(shape, { originalFirst: false })
    assert.deepEqual([second?.result, second && movedUnits(second)], ['processed', [12, 60]], 'its sale does not wait')
    assert.deepEqual(first && movedUnits(first), [30, 150], 'of the 48.00, 30.00 are kept')
    assert.deepEqual(await till.balances(), { points: 42, stamps: 0, cashback: 210 })
  })

  test(`C5: the sold lines of an exchange earn, even when its total is a negative difference (${shape})`, async () => {
    // the cake of 12.00 less the latte of 18.00, exactly or limited to 0
    for (const total of [-6, 0]) {
      const { till } = await exchange(shape, { total })
      assert.deepEqual(await till.balances(), { points: 42, stamps: 0, cashback: 210 }, `${total}`)
    }
  })

  test(`C5, C20: a deleted exchange neither earns nor deducts (${shape})`, async () => {
    const { till, changed } = await exchange(shape)
    const gone = { ...changed, event: 'order.deleted', timestamp: Date.parse('2023-01-03T10:00:00Z') / 1000 }
    const { status, body } = await app.post(gone, { pos: shape })
    assert.deepEqual([status, body.result, body.order.status], [200, 'processed', 'void'])
    assert.deepEqual(await till.balances(), { points: 48, stamps: 1, cashback: 240 })
    await till.assertProven()
  })
}

test('C5: an exchange of an exchange deducts from the exchange, and frees room under limits at once', async () => {
  const shop = await openShop(db, { programs: { points: { ...POINTS.points, caps: { per_customer: { month: 24 } } } } })
  const cake = { product: 'cake', total: 2400 }
  await shop.deliver(sale('s', [{ total: 2400 }]))
  const one = { at: 60, exchanges: 's' }
  // the cap of 24 is used up until the latte is returned
  assert.deepEqual(
    movedUnits(await shop.deliver(sale('x', [cake, { total: 2400, status: 'refunded' }], one))),
    [-24, 24],
  )
  const tea = { product: 'tea', total: 1000 }
  const two = sale('y', [tea, { ...cake, status: 'refunded' }], { at: 120, exchanges: 'x' })
  assert.deepEqual(movedUnits(await shop.deliver(two)), [-24, 10])
  assert.deepEqual(await balancesOf(db, shop), { points: 10 })
  await assertProven(db, shop)
})

test('C5: a paid order that only returns is not a sale, and not a first order', async () => {
  const welcome = { id: 'welcome', when: { first_order: true }, earn: { kind: 'per_order', units: 100 } }
  const shop = await openShop(db, { programs: { points: { type: 'points', rules: [spend, welcome] } } })
  await shop.deliver(sale('s', [{ total: 2400 }]))
  const answer = await shop.deliver(sale('x', [{ total: 2400, status: 'refunded' }], { at: 60, exchanges: 's' }))
  assert.deepEqual([answer.reason, movedUnits(answer)], ['returned', [-124]])
  assert.deepEqual(await balancesOf(db, shop), {})
  await assertProven(db, shop)
})

test('C6: the type of the POS decides whether an order is a return, never the signs of amounts', async () => {
  const till = await openTill(app)
  // given a sale of 24.00 with a payment of −6.00, which is change
  const order = till.body({ payments: [{ amount: 30 }, { amount: -6 }] })
  assert.deepEqual((await till.send(order)).units, { points: 24, stamps: 1, cashback: 120 })
  // when the return arrives with amounts and payments that are all positive
  const returned = await till.send({
    reference: 2,
    returns: { id: order.order.id },
    payments: [{ amount: 24 }],
    updatedAt: '2023-01-02 10:00:00',
  })
  assert.deepEqual(returned.units, NOTHING)
  await till.assertProven()
})

test('C7: units that a return deducted cannot be redeemed', async () => {
  const shop = await openShop(db, { programs: POINTS })
  await shop.deliver(sale('s', [{ total: 2400 }]))
  await shop.deliver(back('s', [{ total: 2400 }]))
  assert.equal(await adjustBy(db, shop, 'points', -1), 'insufficient')
  await shop.deliver(back('s', [{ total: 2400 }], { version: 1, status: 'void' }))
  assert.equal(await adjustBy(db, shop, 'points', -24), 'adjusted', 'the return was voided: the 24 are there again')
  assert.equal(await adjustBy(db, shop, 'points', -1), 'insufficient')
  await assertProven(db, shop)
})

test('C8: returns are cumulative, no unit remains by rounding each one, and a shortage becomes debt', async () => {
  const shop = await openShop(db)
  await shop.deliver(sale('s', [{ pieces: 3, total: 3225 }]))
  assert.deepEqual(await balancesOf(db, shop), { points: 32, stamps: 3, cashback: 161 }, '32.25; 5 % are 1.6125')
  assert.equal(await adjustBy(db, shop, 'points', -20), 'adjusted')
  const one = (n: number) => shop.deliver(back('s', [{ total: 1075 }], { id: `back-${n}`, at: 60 + n }))
  await one(1)
  // 21.50 remains: 21 points less the 20 redeemed. Rounded separately, 10.75 would deduct only 10
  // and leave 2.
  assert.deepEqual(await balancesOf(db, shop), { points: 1, stamps: 2, cashback: 107 })
  await one(2)
  assert.deepEqual(await balancesOf(db, shop), { points: -10, stamps: 1, cashback: 53 }, '10 are kept, 20 were spent')
  await one(3)
  assert.deepEqual(await balancesOf(db, shop), { points: -20 })
  await shop.deliver(sale('next', [{ product: 'cake', category: 'food', total: 2500 }], { at: 90 }))
  assert.deepEqual(await balancesOf(db, shop), { points: 5, cashback: 125 }, 'the next 25 repay the 20 first')
  await assertProven(db, shop)
})

test('C9, C10: the reward of a card is deducted and restored with its stamps, and each movement states the reason', async () => {
  const shop = await openShop(db)
  await shop.deliver(sale('s', [{ pieces: 6, total: 6000 }]))
  const won = await wonCards(shop)
  assert.equal(won.length, 1)
  const returned = await shop.deliver(back('s', [{ total: 1000 }]))
  assert.deepEqual(await wonCards(shop), [], 'five stamps fill no card of six')
  assert.deepEqual(await balancesOf(db, shop), { points: 50, stamps: 5, cashback: 250 })
  for (const { why } of returned.movements) {
    assert.match(
      why.en,
      /^After the return|^Stamp card no longer complete \(6 stamps\): its unused reward was withdrawn$/,
    )
    assert.match(why.ar, /الإرجاع|لم تعد/)
  }
  await shop.deliver(back('s', [{ total: 1000 }], { version: 1, status: 'void' }))
  assert.deepEqual(await wonCards(shop), won, 'the return was voided: the very same card is won')
  assert.deepEqual(await balancesOf(db, shop), { points: 60, cashback: 300 })
  await assertProven(db, shop)
})

test('C11: a return deducts what the sale earned, even after its rule changed and its program ended, however it is refunded', async () => {
  const shop = await openShop(db, { programs: POINTS })
  const { businessId, clock, programs } = shop
  const key = { businessId, programId: programs.points ?? '' }
  await shop.deliver(sale('s', [{ pieces: 2, total: 2000 }]))
  await shop.deliver(sale('other', [{ total: 1000 }], { at: 1 }))
  const double = { type: 'points', rules: [{ ...spend, earn: { ...spend.earn, units: 2 } }] }
  assert.equal(
    (await db.write('system:test', (tx) => newVersion(tx, { ...key, definition: double }, { clock }))).kind,
    'saved',
  )
  clock.advance(60_000)
  assert.equal((await db.write('system:test', (tx) => endProgram(tx, key, { clock }))).kind, 'ended')
  // when half is refunded to the customer's house account, and half as store credit: 10 each, not
  // 20 and not 0
  const asCredit = (n: number, kind: 'house_account' | 'loyalty') =>
    back('s', [{ total: 1000 }], {
      id: `back-${n}`,
      at: 9000 + n,
      more: { payments: [{ method: 'Credit', kind, amount: -1000 }] },
    })
  assert.deepEqual(movedUnits(await shop.deliver(asCredit(1, 'house_account'))), [-10])
  assert.deepEqual(movedUnits(await shop.deliver(asCredit(2, 'loyalty'))), [-10])
  assert.deepEqual(await balancesOf(db, shop), { points: 10 }, 'of the other order')
  await assertProven(db, shop)
})

test('C12: a partial return deducts only what the returned lines earned', async () => {
  const shop = await openShop(db)
  const cake = { product: 'cake', category: 'food', total: 1200 }
  await shop.deliver(sale('s', [{ total: 2400 }, cake]))
  assert.deepEqual(await balancesOf(db, shop), { points: 36, stamps: 1, cashback: 180 })
  await shop.deliver(back('s', [cake]))
  assert.deepEqual(await balancesOf(db, shop), { points: 24, stamps: 1, cashback: 120 }, 'a cake has no stamp to lose')
  await shop.deliver(back('s', [{ total: 2400 }], { id: 'second', at: 61 }))
  assert.deepEqual(await balancesOf(db, shop), {})
  await assertProven(db, shop)
})

test('C13: a return frees the first order, the room under limits and the budget at once', async () => {
  const welcome = { id: 'welcome', when: { first_order: true }, earn: { kind: 'per_order', units: 100 } }
  const caps = { per_customer: { month: 130 }, budget: 130 }
  const shop = await openShop(db, { programs: { points: { type: 'points', rules: [spend, welcome], caps } } })
  await shop.deliver(sale('first', [{ total: 2400 }]))
  assert.deepEqual(await balancesOf(db, shop), { points: 124 })
  await shop.deliver(back('first', [{ total: 2400 }]))
  assert.deepEqual(await balancesOf(db, shop), {})
  // 30 and the welcome of 100: the first order, the limit and the budget are free again
  await shop.deliver(sale('second', [{ total: 3000 }], { at: 70 }))
  assert.deepEqual(await balancesOf(db, shop), { points: 130 })
  await assertProven(db, shop)
})

test('C14: a sale of three years ago can be returned in part, and then the rest', async () => {
  const shop = await openShop(db, { now: '2029-01-15T12:00:00Z' })
  const years = 3 * 366 * 24 * 60
  await shop.deliver(sale('s', [{ pieces: 2, total: 4800 }]))
  await shop.deliver(sale('since', [{ total: 1000 }], { at: years - 1 }))
  await shop.deliver(back('s', [{ total: 2400 }], { id: 'half', at: years }))
  assert.deepEqual(await balancesOf(db, shop), { points: 34, stamps: 2, cashback: 170 }, '24.00 and 10.00 are kept')
  await shop.deliver(back('s', [{ total: 2400 }], { id: 'rest', at: years + 1 }))
  assert.deepEqual(await balancesOf(db, shop), { points: 10, stamps: 1, cashback: 50 })
  await assertProven(db, shop)
})

test('C15: the refund of an online order without a customer deducts automatically', async () => {
  const till = await openTill(app)
  const online = till.body({ reference: 1, source: 2, type: 3 })
  assert.deepEqual((await till.send(online)).units, { points: 24, stamps: 1, cashback: 120 })
  const refund = { reference: 2, source: 2, customer: null, returns: { id: online.order.id } }
  const answer = await till.send({ ...refund, updatedAt: '2023-01-02 10:00:00' })
  assert.equal(answer.customer?.phone, '+966500000001', "it is the sale's customer who is spoken of")
  assert.deepEqual(await till.balances(), NOTHING)
  await till.assertProven()
})

test('C16: a return without the delivery fee is a full return', async () => {
  const till = await openTill(app)
  const order = till.body({ reference: 1, type: 3, charges: [{ name: 'Delivery', amount: 11.5 }] })
  assert.equal(order.order.total_price, 35.5)
  assert.deepEqual((await till.send(order)).units, { points: 24, stamps: 1, cashback: 120 }, 'a fee earns nothing')
  // when the return has the goods of 24.00 and no fee
  await till.send({ reference: 2, returns: { id: order.order.id }, updatedAt: '2023-01-02 10:00:00' })
  assert.deepEqual(await till.balances(), NOTHING)
  const { body: orders } = await app.get(`/orders?pos_order_id=${order.order.id}`, till.business.apiKey)
  assert.equal(orders.data[0].reason, 'returned')
  await till.assertProven()
})

test('C17: each of four returns deducts its part, once', async () => {
  const shop = await openShop(db)
  await shop.deliver(sale('s', [{ pieces: 4, total: 4000 }]))
  const left: unknown[] = []
  for (const n of [1, 2, 3, 4]) {
    const one = back('s', [{ total: 1000 }], { id: `back-${n}`, at: 60 + n })
    assert.deepEqual(movedUnits(await shop.deliver(one)), [-10, -1, -50])
    assert.equal((await shop.deliver(one)).result, 'duplicate')
    left.push(await balancesOf(db, shop))
  }
  const kept = (drinks: number) => ({ points: 10 * drinks, stamps: drinks, cashback: 50 * drinks })
  assert.deepEqual(left, [kept(3), kept(2), kept(1), {}])
  await assertProven(db, shop)
})

test('C18: a return at another branch, on another day, with another customer, counts', async () => {
  const shop = await openShop(db)
  await shop.deliver(sale('s', [{ total: 2400 }]))
  const elsewhere = { branch: { id: 'b2', name: 'Another Branch' } }
  const somebody = '+966500000002'
  await shop.deliver(back('s', [{ total: 2400 }], { at: 5 * 24 * 60, phone: somebody, more: elsewhere }))
  assert.deepEqual(await balancesOf(db, shop), {})
  assert.deepEqual(await balancesOf(db, shop, somebody), {}, 'whoever brings the goods has neither won nor lost')
  await assertProven(db, shop)
})

test('C19: all tills use the same balance for earning and deducting', async () => {
  const till = await openTill(app)
  const { apiKey, reference, programs } = till.business
  await till.send({ reference: 1, type: 1 })
  await till.send({ reference: 2, type: 3, source: 2 })
  // another POS, other kinds of order, the same phone: 24.00 each
  const standard = (id: string) => app.post(standardBody({ id, business: { reference } }), { pos: 'standard' })
  const { body: answer } = await standard('s-1')
  assert.equal((await till.balances()).points, 72)
  const take = (units: number) =>
    app.call({
      method: 'POST',
      path: `/api/v1/customers/${answer.customer.id}/adjustments`,
      bearer: apiKey,
      body: { program_id: formatId('program', programs.points), units, reason: 'Sample' },
    })
  assert.equal((await take(-70)).status, 201)
  assert.deepEqual([(await take(-3)).status, (await till.balances()).points], [409, 2])
  // when both send another order of 24.00, both get the common balance
  assert.equal((await till.send({ reference: 3 })).units.points, 26)
  const { body: last } = await standard('s-2')
  assert.equal(last.balances.find((one: { program_type: string }) => one.program_type === 'points').available, 50)
  await till.assertProven()
})

test('C20: a voided line never earns, and a voided order deducts what it earned, in every form of voiding', async () => {
  const till = await openTill(app)
  const goods = { category: 'food', price: 12 }
  const at = (minute: number) => ({ updatedAt: `2023-01-01 15:0${minute}:00` })
  const sold = await till.send({ lines: [goods, { ...goods, status: 5 }], ...at(1) })
  assert.deepEqual(sold.units, { points: 12, stamps: 0, cashback: 60 }, 'one of two lines is voided')
  const voided = await till.send({ status: 7, lines: [goods, goods], ...at(2) })
  assert.deepEqual([voided.reason, voided.units], ['void', NOTHING])
  // a deleted order is void, whatever its status
  assert.equal((await till.send({ reference: 3, lines: [goods], ...at(3) })).units.points, 12)
  const deleted = await till.send({ reference: 3, lines: [goods], event: 'customer.order.deleted', ...at(4) })
  assert.deepEqual([deleted.reason, deleted.units], ['void', NOTHING])
  const marked = till.body({ reference: 4, lines: [goods], ...at(5) })
  assert.equal((await till.send(marked)).units.points, 12)
  const order = { ...marked.order, deleted_at: '2023-01-01 16:00:00', updated_at: '2023-01-01 16:00:00' }
  assert.deepEqual((await till.send({ ...marked, order })).units, NOTHING)
  // a deletion without its order is stored without effect
  const { status, body } = await app.post({ ...marked, event: 'order.deleted', order: { id: marked.order.id } })
  assert.deepEqual([status, body.result, body.reason], [200, 'ignored', 'unknown_event'])
  // older tills void every line and close the order
  await till.send({ reference: 2, lines: [goods], ...at(3) })
  const emptied = await till.send({ reference: 2, lines: [{ ...goods, status: 5 }], ...at(4) })
  assert.deepEqual([emptied.reason, emptied.units], ['void', NOTHING])
  await till.assertProven()
})
