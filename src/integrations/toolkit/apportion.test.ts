// The arithmetic of an order: whatever the POS states, the lines sum to the goods of the total, and
// each has its share.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { apportion, type Bill, type BillLine } from './apportion.ts'

/** 24.00 in hundred-thousandths. */
const units = (amount: number) => Math.round(amount * 1e5)

const bill = (total: number, rest: Partial<Bill> = {}): Bill => ({
  digits: 2,
  total: units(total),
  charges: 0,
  rounding: 0,
  giftCards: 0,
  discount: 0,
  goodsExclTax: null,
  ...rest,
})

/** A line of a business whose prices include 15 % tax. */
const included = (price: number, counted = true): BillLine => ({
  counted,
  price: units(price),
  addedTax: 0,
  priceExclTax: Math.round(units(price) / 1.15),
})

test('an order discount is spread pro rata, to the last unit', () => {
  // 10.00 off three lines of 10.00: 20.00 is left, 6.67 + 6.67 + 6.66.
  const settled = apportion(bill(20, { discount: units(10) }), [included(10), included(10), included(10)])
  assert.deepEqual(
    settled.lines.map((line) => line.inclTax),
    [667, 667, 666],
  )
})

test('C40: where the lines differ from the total by a unit of rounding, the total is authoritative', () => {
  // The till says 78.00, the lines say 78.01, as two of them end in half a halala.
  const settled = apportion(bill(78), [included(26.005), included(26.005), included(26)])
  assert.deepEqual(
    settled.lines.map((line) => line.inclTax),
    [2600, 2600, 2600],
  )
})

test('charges, rounding and gift cards are not goods, and parts that exceed the total are reduced', () => {
  // 41.48 = 30.00 of goods + 11.50 delivery − 0.02 rounding.
  const plain = apportion(bill(41.48, { charges: units(11.5), rounding: units(-0.02) }), [included(30)])
  assert.deepEqual([plain.charges, plain.rounding, plain.lines[0]?.inclTax], [1150, -2, 3000])
  // A gift card of 100.00 sold at 80.00: 80.00 of it was paid, and nothing is left for charges or
  // goods.
  const cut = apportion(bill(80, { giftCards: units(100), charges: units(5) }), [included(10)])
  assert.deepEqual([cut.giftCards, cut.charges, cut.lines[0]?.inclTax], [8000, 0, 0])
})

test('a line that does not count keeps its own price and gets no share', () => {
  const settled = apportion(bill(12), [included(12), included(8, false)])
  assert.deepEqual(
    settled.lines.map((line) => line.inclTax),
    [1200, 800],
  )
})

test('tax on top is calculated after the discount, so the discount is subtracted from the prices first', () => {
  // Two lines of 100.00, one taxed 15 %, one not; 100.00 off in all: 50.00 + 7.50 tax, and 50.00.
  const lines = [
    { counted: true, price: units(100), addedTax: units(7.5), priceExclTax: units(100) },
    { counted: true, price: units(100), addedTax: 0, priceExclTax: units(100) },
  ]
  const settled = apportion(bill(107.5, { discount: units(100), goodsExclTax: units(100) }), lines)
  assert.deepEqual(settled.lines, [
    { inclTax: 5750, exclTax: 5000 },
    { inclTax: 5000, exclTax: 5000 },
  ])
})

test('goods without tax are what the POS states, unless that exceeds the goods with tax', () => {
  assert.equal(apportion(bill(23, { goodsExclTax: units(20) }), [included(23)]).lines[0]?.exclTax, 2000)
  // 120.00 without tax of goods for 23.00 cannot be: the line's own share of tax holds, 23.00 /
  // 1.15.
  assert.equal(apportion(bill(23, { goodsExclTax: units(120) }), [included(23)]).lines[0]?.exclTax, 2000)
})

test('amounts are rounded to the digits of the currency', () => {
  assert.equal(apportion({ ...bill(1.2555), digits: 3 }, [included(1.2555)]).lines[0]?.inclTax, 1256)
  assert.equal(apportion({ ...bill(1500), digits: 0 }, [included(1500)]).lines[0]?.inclTax, 1500)
})

const amount = fc.integer({ min: 0, max: 1e9 })
const anyLine = fc
  .record({ counted: fc.boolean(), price: amount, addedTax: fc.nat({ max: 1e6 }), share: fc.nat({ max: 100 }) })
  .map(({ share, ...line }) => ({ ...line, priceExclTax: Math.floor((line.price * share) / 100) }))
const anyBill = fc.record({
  digits: fc.constantFrom(0, 2, 3),
  total: amount,
  charges: amount,
  rounding: fc.integer({ min: -1e6, max: 1e6 }),
  giftCards: fc.oneof(fc.constant(0), amount),
  discount: fc.oneof(fc.constant(0), amount),
  goodsExclTax: fc.option(fc.integer({ min: -1e9, max: 1e9 })),
})

test('with any amounts, the parts sum to the total and the lines to the goods', () => {
  fc.assert(
    fc.property(anyBill, fc.array(anyLine, { maxLength: 8 }), (given, lines) => {
      const settled = apportion(given, lines)
      const goods = settled.total - settled.charges - settled.rounding - settled.giftCards
      assert.ok(goods >= 0 && settled.charges >= 0 && settled.giftCards >= 0)
      const counted = settled.lines.filter((_, index) => lines[index]?.counted)
      if (counted.length === 0) return
      assert.equal(
        counted.reduce((sum, line) => sum + line.inclTax, 0),
        goods,
      )
      assert.ok(counted.reduce((sum, line) => sum + line.exclTax, 0) <= goods)
      assert.ok(counted.every((line) => line.inclTax >= 0 && line.exclTax >= 0))
    }),
  )
})

test('prices that add up stay unchanged', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 1e6 }), { minLength: 1, maxLength: 10 }), (prices) => {
      const total = prices.reduce((a, b) => a + b, 0)
      const settled = apportion(
        bill(total / 100),
        prices.map((price) => included(price / 100)),
      )
      assert.deepEqual(
        settled.lines.map((line) => line.inclTax),
        prices,
      )
    }),
  )
})
