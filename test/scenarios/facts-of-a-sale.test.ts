// A sale is assessed by its own facts and those of the customer's other orders, never by those that
// the sale itself caused.
import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { testApp } from '../support/app.ts'
import { openStandardShop, type StandardOrder } from '../support/standard-shop.ts'

const app = await testApp()

const spend = { id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }

test('payments of 0.00 are ignored: cash 30 and a gift card of 0 earn 30 where gift cards are excluded', async () => {
  const notByGift = { ...spend, when: { payments: { exclude: ['gift_card'] } } }
  const shop = await openStandardShop(app, { type: 'points', rules: [notByGift] })
  const paid = (id: string, ...payments: [method: string, kind: string, amount: number][]): StandardOrder => ({
    id,
    price: 30,
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
    id,
    price: 30,
    more: { payments: payments.map(([kind, amount]) => ({ method: kind, kind, amount })) },
  })
  assert.equal(await shop.earn(paid('a', ['cash', 30], ['card', 0])), 30)
  assert.equal(await shop.earn(paid('b', ['cash', 20], ['card', 0], ['card', 10])), 160)
  await shop.assertProven()
})

test('hours past midnight belong to the previous date: 01:00 on 18 February to the 17th, 01:00 on 20 March to the 19th', async () => {
  const ramadan = {
    id: 'ramadan',
    earn: { kind: 'per_order', units: 10 },
    when: { dates: { from: '2026-02-18', to: '2026-03-19' }, hours: [{ from: '21:00', to: '03:00' }] },
  }
  const shop = await openStandardShop(app, { type: 'points', rules: [ramadan] })
  // The shop is in Riyadh, three hours before UTC.
  const at = (id: string, local: string) => ({ id, at: `${local}:00+03:00` })
  assert.equal(await shop.earn(at('a', '2026-02-18T01:00')), 0)
  assert.equal(await shop.earn(at('b', '2026-02-18T21:00')), 10)
  assert.equal(await shop.earn(at('c', '2026-03-20T01:00')), 20)
  assert.equal(await shop.earn(at('d', '2026-03-20T21:00')), 20)
  // A POS whose day ends at 05:00 states itself that 01:00 on the 20th belongs to the business day
  // of the 19th.
  const said = (id: string, local: string, day: string) => ({ ...at(id, local), more: { business_date: day } })
  assert.equal(await shop.earn(said('e', '2026-03-20T01:00', '2026-03-19')), 30)
  assert.equal(await shop.earn(said('f', '2026-02-18T01:00', '2026-02-17')), 30)
  assert.equal(await shop.earn(said('g', '2026-02-19T01:00', '2026-02-18')), 40)
  await shop.assertProven()
})

test('step: 5 per full 2.50 gives 5 for 3.00, per order or per line', async () => {
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

const day = (n: number, time = '12:00') => `2023-01-${String(n).padStart(2, '0')}T${time}:00Z`
const [A, B] = ['500000001', '500000002']

test('an order does not count itself: corrected from customer A to B under a budget of 100, 60 stay 60', async () => {
  const shop = await openStandardShop(app, { type: 'points', rules: [spend], caps: { budget: 100 } })
  const order = (version: number, phone: string) => ({ id: 'x', price: 60, version, phone })
  assert.equal(await shop.earn(order(0, A)), 60)
  assert.equal(await shop.earn(order(1, B)), 60)
  assert.equal(await shop.balance(A), 0)
  assert.equal(await shop.earn(order(2, A)), 60, 'and back')
  assert.equal(await shop.balance(B), 0)
  assert.equal(await shop.earn({ id: 'y', price: 60, phone: B }), 40, '60 of the budget are used')
  await shop.assertProven()
})

test('an order of 80 whose closed_at moves by a minute each time stays 80, and moves nothing', async () => {
  for (const caps of [{ budget: 100 }, { per_customer: { day: 100 } }, { per_customer: { week: 100, month: 100 } }]) {
    const shop = await openStandardShop(app, { type: 'points', rules: [spend], caps })
    const balances: number[] = []
    for (const minute of ['00', '01', '02', '03']) {
      const answer = await shop.send({ id: 'x', price: 80, at: day(1, `12:${minute}`) })
      balances.push(await shop.balance())
      assert.equal(
        answer.movements.some((movement) => movement.program_id === shop.programId),
        minute === '00',
      )
    }
    assert.deepEqual(balances, [80, 80, 80, 80])
    assert.equal(await shop.earn({ id: 'y', price: 80, at: day(1, '13:00') }), 100)
    await shop.assertProven()
  }
})

test('an order that moves to another day counts for the limit of that day, and no longer for that of its old day', async () => {
  const shop = await openStandardShop(app, { type: 'points', rules: [spend], caps: { per_customer: { day: 50 } } })
  const x = (version: number, at: string, more = {}) => ({ id: 'x', price: 40, version, at, more })
  assert.equal(await shop.earn({ id: 'y', price: 40, at: day(2) }), 40)
  assert.equal(await shop.earn(x(0, day(1))), 80)
  assert.equal(await shop.earn(x(90_000, day(1), { business_date: '2023-01-02' })), 50, '10 are left of the second day')
  assert.equal(await shop.earn({ id: 'z', price: 60, at: day(1) }), 100, 'the first day is free again')
  assert.equal(await shop.earn(x(90_001, day(3))), 130, '50 + 40 + 40')
  assert.equal(await shop.earn({ id: 'w', price: 40, at: day(3) }), 140)
  await shop.assertProven()
})

test('the fraction of an order is not carried into the same order', async () => {
  const third = { id: 'third', earn: { kind: 'per_amount', units: 1, per: 300 } }
  const shop = await openStandardShop(app, { type: 'points', rules: [third], rounding: 'carry' })
  const x = (version: number, phone = A) => ({ id: 'x', price: 5, version, at: day(1, `12:0${version}`), phone })
  assert.equal(await shop.earn(x(0)), 1, '5/3: 1, and 2/3 are left')
  for (const version of [1, 2, 3]) assert.equal(await shop.earn(x(version)), 1)
  assert.equal(await shop.earn(x(4, B)), 1)
  assert.equal(await shop.earn({ id: 'y', price: 1, phone: A, at: day(2) }), 0, 'nothing is left with A')
  assert.equal(await shop.earn({ id: 'z', price: 1, phone: B, at: day(2) }), 2, '2/3 + 1/3')
  await shop.assertProven()
})

test('an exchange can use the room of what it returns, however often it is corrected', async () => {
  const shop = await openStandardShop(app, { type: 'points', rules: [spend], caps: { budget: 100 } })
  assert.equal(await shop.earn({ id: 's', price: 100, at: day(1) }), 100)
  const exchange = (version: number, phone: string, back: boolean): StandardOrder => ({
    id: 'x',
    version,
    phone,
    at: day(2, `12:0${version}`),
    price: 60,
    ...(back && {
      more: {
        original_order_id: 's',
        products: [
          { id: '1', product_id: 'cake', name: 'Cake', price: 60, quantity: 1, status: 'Paid' },
          { id: '2', product_id: 'latte', name: 'Latte', price: 100, quantity: 1, status: 'Refunded' },
        ],
        total: 60,
        subtotal: 60,
      },
    }),
  })
  assert.equal(await shop.earn(exchange(0, B, false)), 0, 'the budget is used up')
  assert.equal(await shop.earn(exchange(1, B, true)), 60, 'the latte came back, and 100 are free')
  assert.equal(await shop.balance(A), 0)
  assert.equal(await shop.earn(exchange(2, A, true)), 60)
  assert.equal(await shop.earn(exchange(3, B, true)), 60)
  await shop.assertProven()
})

test('an order whose time changes expires and becomes available by its new time', async () => {
  const clockNow = app.ctx.clock.now()
  const ago = (days: number) => new Date(clockNow - days * 86_400_000).toISOString()
  const shop = await openStandardShop(app, {
    type: 'points',
    rules: [spend],
    expiry: { kind: 'after', days: 10 },
    pending_days: 3,
  })
  const x = (version: number, days: number) => ({ id: 'x', price: 80, version: version * 20_000_000, at: ago(days) })
  assert.equal(await shop.earn(x(0, 20)), 0, 'expired when it came')
  assert.equal(await shop.earn(x(1, 5)), 80)
  assert.equal(await shop.earn(x(2, 1)), 0, 'pending')
  assert.equal(await shop.earn(x(3, 6)), 80)
  assert.equal(await shop.earn(x(4, 20)), 0)
  await shop.assertProven()
})

const welcome = { id: 'welcome', when: { first_order: true }, earn: { kind: 'per_order', units: 100 } }

test('a free first order does not use up the bonus: 20.00 after it earns 120', async () => {
  const shop = await openStandardShop(app, { type: 'points', rules: [spend, welcome] })
  const free: StandardOrder = {
    id: 'free',
    price: 20,
    more: { discounts: [{ amount: 20, reason: 'Coupon' }], total: 0 },
  }
  assert.equal(await shop.earn(free), 0)
  assert.equal(await shop.earn({ id: 'paid', price: 20, at: day(2) }), 120)
  // The same, the other way round: the free order is the earlier one and changes nothing.
  const other: StandardOrder = { ...free, id: 'other', phone: B }
  assert.equal(await shop.earn({ id: 'later', price: 20, at: day(2), phone: B }), 120)
  assert.equal(await shop.earn(other), 120)
  await shop.assertProven()
})

test('a sale with only free goods left is not a first order, until its return is voided', async () => {
  const shop = await openStandardShop(app, { type: 'points', rules: [spend, welcome] })
  const lines = [
    { id: '1', product_id: 'latte', name: 'Latte', price: 20, quantity: 1, status: 'Paid' },
    { id: '2', product_id: 'water', name: 'Water', price: 0, quantity: 1, status: 'Paid' },
  ]
  assert.equal(await shop.earn({ id: 'first', more: { products: lines, subtotal: 20, total: 20 } }), 120)
  assert.equal(await shop.earn({ id: 'second', price: 10, at: day(2) }), 130)
  const back = (version: number, status: string): StandardOrder => ({
    id: 'back',
    at: day(3),
    version,
    status,
    phone: null,
    more: {
      original_order_id: 'first',
      products: [{ ...lines[0], status: status === 'Void' ? 'Voided' : 'Refunded' }],
      subtotal: 20,
      total: 20,
    },
  })
  await shop.send(back(0, 'Refunded'))
  assert.equal(await shop.balance(), 110, 'the bonus has moved to the second order')
  await shop.send(back(1, 'Void'))
  assert.equal(await shop.balance(), 130)
  await shop.assertProven()
})

/** Sets the time zone of the only branch, as staff do. */
async function moveBranch(shop: { business: { apiKey: string } }, timezone: string): Promise<void> {
  const { body } = await app.get('/branches', shop.business.apiKey)
  const path = `/api/v1/branches/${body.data[0].id}`
  const moved = await app.call({ method: 'PATCH', path, body: { timezone }, bearer: shop.business.apiKey })
  assert.equal(moved.status, 200, JSON.stringify(moved.body))
}

test('a day is that of the branch: in London, 12:00Z and 21:30Z are one day, and a limit of 50 gives 40, then 50', async () => {
  const shop = await openStandardShop(app, { type: 'points', rules: [spend], caps: { per_customer: { day: 50 } } })
  await shop.send({ id: 'known', price: 10, at: day(1), phone: B })
  // The business is in Riyadh, where 21:30Z is the next day.
  assert.equal(await shop.earn({ id: 'r1', price: 40, at: day(5), phone: B }), 50)
  assert.equal(await shop.earn({ id: 'r2', price: 40, at: day(5, '21:30'), phone: B }), 90)
  await moveBranch(shop, 'Europe/London')
  assert.equal(await shop.earn({ id: 'a', price: 40, at: day(9) }), 40)
  assert.equal(await shop.earn({ id: 'b', price: 40, at: day(9, '21:30') }), 50)
  assert.equal(await shop.earn({ id: 'c', price: 40, at: day(10, '00:10') }), 90, 'the next day in London')
  // An order assessed before the branch moved keeps its day, also when it is sent again; a new time
  // is assessed again.
  assert.equal(await shop.earn({ id: 'r2', price: 30, at: day(5, '21:30'), version: 9, phone: B }), 80)
  assert.equal(await shop.earn({ id: 'r2', price: 30, at: day(5, '21:31'), phone: B }), 60, 'the 5th: 40, and 10 of 30')
  await shop.assertProven()
})

test('weeks, months and dates are those of the branch too, and a stated business date has precedence', async () => {
  const dated = { ...spend, when: { dates: { to: '2023-01-31' } } }
  const caps = { per_customer: { week: 50, month: 80 } }
  const shop = await openStandardShop(app, { type: 'points', rules: [dated], caps })
  await shop.send({ id: 'known', price: 10, at: day(1), phone: B })
  await moveBranch(shop, 'Europe/London')
  // 21:30Z on Saturday 7 January is Sunday in Riyadh, and still the old week in London.
  assert.equal(await shop.earn({ id: 'a', price: 40, at: day(3) }), 40)
  assert.equal(await shop.earn({ id: 'b', price: 40, at: day(7, '21:30') }), 50)
  assert.equal(await shop.earn({ id: 'c', price: 20, at: day(31, '21:30') }), 70, 'January in London')
  const stated = { business_date: '2023-02-01' }
  assert.equal(await shop.earn({ id: 'd', price: 20, at: day(31, '21:40'), more: stated }), 70)
  await shop.assertProven()
})

test('a birthday from another order does not count, in either order of arrival; one that was entered does', async () => {
  const around = { days_before: 3, days_after: 3 }
  const gift = { id: 'gift', when: { birthday: around }, earn: { kind: 'per_order', units: 100 } }
  const shop = await openStandardShop(app, { type: 'points', rules: [spend, gift] })
  const plain = (phone: string) => ({ id: `plain-${phone}`, price: 20, at: day(10), phone })
  const named = (phone: string) => ({ id: `named-${phone}`, price: 20, at: day(20), phone, birthDate: '1990-01-10' })
  await shop.send(plain(A))
  await shop.send(named(A))
  await shop.send(named(B))
  await shop.send(plain(B))
  assert.deepEqual([await shop.balance(A), await shop.balance(B)], [40, 40])
  // The order's own customer names it.
  assert.equal(await shop.earn({ ...plain(A), id: 'own', birthDate: '1990-01-10' }), 160)
  // Staff enter another: it counts for orders that name none, whatever other orders say.
  const { body } = await app.get(`/customers?phone=${encodeURIComponent(`+966${B}`)}`, shop.business.apiKey)
  const path = `/api/v1/customers/${body.data[0].id}`
  const entered = await app.call({
    method: 'PATCH',
    path,
    body: { birth_date: '1990-01-25' },
    bearer: shop.business.apiKey,
  })
  assert.equal(entered.status, 200, JSON.stringify(entered.body))
  assert.equal(await shop.earn({ id: 'x', price: 20, at: day(25), phone: B }), 160)
  assert.equal(await shop.earn({ id: 'y', price: 20, at: day(26), phone: B, birthDate: '1990-01-10' }), 180)
  assert.equal(await shop.earn({ id: 'z', price: 20, at: day(26), phone: B }), 300)
  // A correction without a birthday uses the one that was entered.
  assert.equal(await shop.earn({ id: 'y', price: 20, at: day(26), version: 9, phone: B }), 400)
  await shop.assertProven()
})
