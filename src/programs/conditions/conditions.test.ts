// Each condition alone: when it holds, and its explanation when it does not.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { When } from '../../../contract/program.ts'
import { assessed, basketOf, line, pointsBy } from '../../../test/fixtures/programs.ts'
import { formatId } from '../../kernel/ids.ts'
import type { Basket } from '../basket.ts'
import type { FactValues } from '../fact.ts'
import type { Miss } from '../why/types.ts'
import { wordsOf } from '../why/words.ts'
import { explainMiss } from './table.ts'

/** The condition that the only rule of a program missed; undefined when all held. */
function missed(when: When, basket: Basket, known: FactValues = {}): Miss | undefined {
  const program = pointsBy([{ id: 'only', when, earn: { kind: 'per_order', units: 1 } }])
  return assessed(program, basket, { known }).why.missed?.[0]
}

function holds(when: When, more: Partial<Basket>): boolean {
  return missed(when, basketOf([line(2400)], more)) === undefined
}

const BRANCH = '01890a5d-ac96-774b-bcce-b302099a8057'

test('order types, channels and branches hold if they are in the list, and never if unknown', () => {
  assert.ok(holds({ order_types: ['dine_in', 'delivery'] }, { orderType: 'delivery' }))
  assert.ok(!holds({ order_types: ['dine_in'] }, { orderType: 'delivery' }))
  assert.ok(holds({ channels: ['api'] }, { channel: 'api' }))
  assert.ok(!holds({ channels: ['api'] }, { channel: 'cashier' }))
  assert.ok(holds({ branches: [formatId('branch', BRANCH)] }, { branchId: BRANCH }))
  assert.ok(!holds({ branches: [formatId('branch', BRANCH)] }, { branchId: '01890a5d-ac96-774b-bcce-b302099a8058' }))
  const { orderType: _type, channel: _channel, ...unknown } = basketOf([line(2400)], { branchId: null })
  assert.equal(missed({ order_types: ['other'] }, unknown)?.c, 'order_types')
  assert.equal(missed({ channels: ['other'] }, unknown)?.c, 'channels')
  assert.equal(missed({ branches: [formatId('branch', BRANCH)] }, unknown)?.c, 'branches')
})

test('payments hold when one is included and none is excluded', () => {
  const paid = (...paymentKinds: Basket['paymentKinds']) => ({ paymentKinds })
  assert.ok(holds({ payments: { include: ['card'] } }, paid('cash', 'card')))
  assert.ok(!holds({ payments: { include: ['card'] } }, paid('cash')))
  assert.ok(holds({ payments: { exclude: ['gift_card'] } }, paid('cash')))
  assert.ok(!holds({ payments: { exclude: ['gift_card'] } }, paid('cash', 'gift_card')))
  assert.ok(!holds({ payments: { include: ['cash'], exclude: ['gift_card'] } }, paid('cash', 'gift_card')))
})

const at = (weekday: Basket['local']['weekday'], time: string) => {
  const [hour, minute] = time.split(':').map(Number)
  return { local: { weekday, minute: (hour ?? 0) * 60 + (minute ?? 0) } }
}

/** Monday is 1, Friday 5, Saturday 6, Sunday 7. */
const TIMES: [when: When, weekday: Basket['local']['weekday'], time: string, holds: boolean][] = [
  [{ hours: [{ from: '08:00', to: '11:00' }] }, 5, '08:00', true],
  [{ hours: [{ from: '08:00', to: '11:00' }] }, 5, '10:59', true],
  [{ hours: [{ from: '08:00', to: '11:00' }] }, 5, '11:00', false],
  [{ hours: [{ from: '08:00', to: '11:00' }] }, 5, '07:59', false],
  [{ hours: [{ from: '20:00', to: '24:00' }] }, 5, '23:59', true],
  [{ hours: [{ from: '20:00', to: '24:00' }] }, 6, '00:00', false],
  [
    {
      hours: [
        { from: '08:00', to: '09:00' },
        { from: '17:00', to: '18:00' },
      ],
    },
    5,
    '17:30',
    true,
  ],
  // 22:00 to 02:00 passes midnight.
  [{ hours: [{ from: '22:00', to: '02:00' }] }, 5, '23:00', true],
  [{ hours: [{ from: '22:00', to: '02:00' }] }, 5, '01:59', true],
  [{ hours: [{ from: '22:00', to: '02:00' }] }, 5, '02:00', false],
  [{ weekdays: ['fri'] }, 5, '01:00', true],
  [{ weekdays: ['fri'] }, 6, '01:00', false],
  [{ weekdays: ['sun'] }, 7, '12:00', true],
  // Friday night continues after midnight and does not start on Thursday.
  [{ weekdays: ['fri'], hours: [{ from: '22:00', to: '02:00' }] }, 5, '23:00', true],
  [{ weekdays: ['fri'], hours: [{ from: '22:00', to: '02:00' }] }, 6, '01:00', true],
  [{ weekdays: ['fri'], hours: [{ from: '22:00', to: '02:00' }] }, 6, '23:00', false],
  [{ weekdays: ['fri'], hours: [{ from: '22:00', to: '02:00' }] }, 5, '01:00', false],
  // Sunday night continues on Monday, the first day of the count.
  [{ weekdays: ['sun'], hours: [{ from: '22:00', to: '02:00' }] }, 1, '00:30', true],
]

for (const [when, weekday, time, expected] of TIMES) {
  test(`${JSON.stringify(when)} ${expected ? 'holds' : 'does not hold'} on day ${weekday} at ${time}`, () => {
    assert.equal(holds(when, at(weekday, time)), expected)
  })
}

test('hours that do not pass midnight do not count for the day before', () => {
  const friday: When = { weekdays: ['fri'], hours: [{ from: '08:00', to: '11:00' }] }
  assert.equal(missed(friday, basketOf([line(2400)], at(6, '09:00')))?.c, 'weekdays')
  assert.equal(missed(friday, basketOf([line(2400)], at(5, '12:00')))?.c, 'hours')
})

test('C53: hours and weekdays are local to the branch, dates are business dates', () => {
  // Closed 2023-01-01 23:30 UTC: 02:30 on Monday in Riyadh, and still the business day of 1
  // January.
  const late = { businessDate: '2023-01-01', ...at(1, '02:30') }
  assert.ok(holds({ dates: { to: '2023-01-01' } }, late))
  assert.ok(!holds({ dates: { from: '2023-01-02' } }, late))
  assert.ok(holds({ weekdays: ['mon'] }, late))
  assert.ok(!holds({ hours: [{ from: '23:00', to: '24:00' }] }, late))
})

test('dates include both ends', () => {
  const on = (businessDate: string) => holds({ dates: { from: '2026-02-01', to: '2026-02-28' } }, { businessDate })
  assert.deepEqual(['2026-01-31', '2026-02-01', '2026-02-28', '2026-03-01'].map(on), [false, true, true, false])
})

/** 21:00 to 03:00 from Wednesday 18 February to Thursday 19 March 2026; `weekday` as in TIMES. */
const RAMADAN: [businessDate: string, weekday: Basket['local']['weekday'], time: string, holds: boolean][] = [
  ['2026-02-18', 3, '01:00', false],
  ['2026-02-18', 3, '21:00', true],
  ['2026-02-19', 4, '01:00', true],
  ['2026-03-20', 5, '01:00', true],
  ['2026-03-20', 5, '21:00', false],
  // The branch's day had not ended: its business date is already the day on which the hours began.
  ['2026-02-17', 3, '01:00', false],
  ['2026-03-19', 5, '01:00', true],
  ['2026-03-20', 6, '01:00', false],
]

for (const [businessDate, weekday, time, expected] of RAMADAN) {
  test(`nights of Ramadan ${expected ? 'hold' : 'do not hold'} on ${businessDate}, day ${weekday}, at ${time}`, () => {
    const when: When = { dates: { from: '2026-02-18', to: '2026-03-19' }, hours: [{ from: '21:00', to: '03:00' }] }
    assert.equal(holds(when, { businessDate, ...at(weekday, time) }), expected)
  })
}

test('dates and weekdays must hold for the same night', () => {
  const when: When = {
    dates: { to: '2026-03-19' },
    weekdays: ['fri'],
    hours: [
      { from: '22:00', to: '02:00' },
      { from: '00:00', to: '04:00' },
    ],
  }
  // 01:00 on Friday 20 March: the night of Thursday the 19th, or the morning of Friday the 20th,
  // which is past the dates.
  assert.equal(missed(when, basketOf([line(2400)], { businessDate: '2026-03-20', ...at(5, '01:00') }))?.c, 'weekdays')
  assert.ok(holds(when, { businessDate: '2026-03-14', ...at(6, '01:00') }), 'the night of Friday the 13th')
})

test('first_order holds for the first order only', () => {
  const basket = basketOf([line(2400)])
  assert.equal(missed({ first_order: true }, basket, { first_order: true }), undefined)
  assert.equal(missed({ first_order: true }, basket, { first_order: false })?.c, 'first_order')
  assert.equal(missed({ first_order: true }, basket)?.c, 'first_order')
})

/** Three days before, one day after. */
const BIRTHDAYS: [born: string | null, businessDate: string, holds: boolean][] = [
  [null, '2026-05-10', false],
  ['1990-05-10', '2026-05-06', false],
  ['1990-05-10', '2026-05-07', true],
  ['1990-05-10', '2026-05-11', true],
  ['1990-05-10', '2026-05-12', false],
  // The window crosses the turn of the year, from either side.
  ['1990-01-01', '2025-12-29', true],
  ['1990-01-01', '2025-12-28', false],
  ['1990-12-31', '2026-01-01', true],
  ['1990-12-31', '2026-01-02', false],
  // Born on 29 February: the 28th in other years.
  ['2000-02-29', '2026-03-01', true],
  ['2000-02-29', '2026-03-02', false],
  ['2000-02-29', '2028-03-01', true],
  ['2000-02-29', '2028-02-25', false],
]

for (const [birthDate, businessDate, expected] of BIRTHDAYS) {
  test(`a birthday ${birthDate} ${expected ? 'holds' : 'does not hold'} on ${businessDate}`, () => {
    assert.equal(holds({ birthday: { days_before: 3, days_after: 1 } }, { birthDate, businessDate }), expected)
  })
}

test('products are selected by id or SKU, categories by id', () => {
  const basket = basketOf([line(2400, { productId: 'latte', sku: 'SKU-1', categoryId: 'hot' })])
  assert.equal(missed({ products: { include: ['latte'] } }, basket), undefined)
  assert.equal(missed({ products: { include: ['SKU-1'] } }, basket), undefined)
  assert.equal(missed({ products: { include: ['mocha'] } }, basket)?.c, 'products')
  assert.equal(missed({ products: { exclude: ['SKU-1'] } }, basket)?.c, 'products')
  assert.equal(missed({ categories: { include: ['hot'] } }, basket), undefined)
  assert.equal(missed({ products: { include: ['latte'] }, categories: { include: ['cold'] } }, basket)?.c, 'categories')
  const { categoryId: _none, ...loose } = line(2400)
  assert.equal(missed({ categories: { include: ['hot'] } }, basketOf([loose]))?.c, 'categories')
  assert.equal(missed({ categories: { exclude: ['hot'] } }, basketOf([loose])), undefined)
})

test('the first condition that does not hold is explained with its numbers in both languages', () => {
  const basket = basketOf([line(2400)], { ...at(6, '14:05'), paymentKinds: ['card'] })
  const words = (language: 'en' | 'ar') => wordsOf(language, { type: 'points', currency: 'SAR' })
  const expected: [when: When, en: string, ar: string][] = [
    [
      { dates: { to: '2022-12-31' }, weekdays: ['fri'] },
      'not valid on 1 January 2023',
      'غير متاحة بتاريخ 1 يناير 2023',
    ],
    [{ weekdays: ['fri'] }, 'not valid on Saturdays', 'غير متاحة يوم السبت'],
    [{ hours: [{ from: '08:00', to: '11:00' }] }, 'not valid at 14:05', 'غير متاحة الساعة 14:05'],
    [{ branches: ['brn_7zzzzzzzzzzzzzzzzzzzzzzzzz'] }, 'not valid at this branch', 'غير متاحة في هذا الفرع'],
    [{ order_types: ['delivery'] }, 'not valid for this order type', 'غير متاحة لهذا النوع من الطلبات'],
    [{ channels: ['api'] }, 'not valid for this channel', 'غير متاحة لقناة الطلب هذه'],
    [{ payments: { include: ['cash'] } }, 'not valid with this payment method', 'غير متاحة مع طريقة الدفع هذه'],
    [{ first_order: true }, "only valid for a customer's first order", 'متاحة لأول طلب للعميل فقط'],
    [
      { birthday: { days_before: 1, days_after: 1 } },
      "only valid around the customer's birthday",
      'متاحة حول يوم ميلاد العميل فقط',
    ],
    [{ products: { include: ['x'] } }, 'the order has none of its products', 'لا يحتوي الطلب على أي من منتجات القاعدة'],
    [
      { categories: { include: ['x'] } },
      'the order has no products from its categories',
      'لا يحتوي الطلب على منتجات من تصنيفات القاعدة',
    ],
    [
      { minimum_amount: 5000 },
      'minimum 50.00 SAR, the order has 24.00 SAR',
      'الحد الأدنى 50.00 ريال، وقيمة المنتجات في الطلب 24.00 ريال',
    ],
  ]
  for (const [when, en, ar] of expected) {
    const miss = missed(when, basket)
    assert.ok(miss)
    assert.equal(explainMiss(miss, 'en', words('en')), en)
    assert.equal(explainMiss(miss, 'ar', words('ar')), ar)
  }
})
