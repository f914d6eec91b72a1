// The sentences that cashiers read out, word for word in both languages.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Rule } from '../../contract/program.ts'
import {
  assessed,
  basketOf,
  COFFEE_PLAN,
  definitionOf,
  line,
  NORTH_COFFEE,
  pointsBy,
} from '../../test/fixtures/programs.ts'
import { rational } from '../kernel/rational.ts'
import type { SaleInputs } from './evaluate.ts'
import { decimal, wordsOf } from './why/words.ts'
import { type EarnWhy, explain, type Setting, type Why } from './why.ts'

const POINTS: Setting = { type: 'points', currency: 'SAR' }
const STAMPS: Setting = { type: 'stamps', currency: 'SAR' }
const CASHBACK: Setting = { type: 'cashback', currency: 'SAR' }
const USES: Setting = { type: 'subscription', currency: 'SAR' }

function says(why: Why, setting: Setting, en: string, ar: string): void {
  assert.equal(explain(why, 'en', setting), en)
  assert.equal(explain(why, 'ar', setting), ar)
}

const whyOf = (
  rules: Rule[],
  options: Parameters<typeof pointsBy>[1],
  paid: number,
  facts: Partial<SaleInputs> = {},
): EarnWhy => assessed(pointsBy(rules, options), basketOf([line(paid)]), facts).why

const BASE: Rule = { id: 'base', earn: { kind: 'per_amount', units: 1, per: 100 } }
const VISIT: Rule = { id: 'visit', earn: { kind: 'per_order', units: 10 } }
const DOUBLE: Rule = { id: 'double', earn: { kind: 'multiplier', numerator: 2, denominator: 1 } }

test('V1 in sentences: points, a stamp, cashback', () => {
  const basket = basketOf([line(2400)])
  says(
    assessed(NORTH_COFFEE.points, basket).why,
    POINTS,
    '24.00 SAR × 1 point per 1.00 SAR = 24 points',
    '24.00 ريال × نقطة واحدة لكل 1.00 ريال = 24 نقطة',
  )
  says(
    assessed(NORTH_COFFEE.stamps, basket).why,
    STAMPS,
    '1 item × 1 stamp = 1 stamp',
    'قطعة واحدة × ختم واحد = ختم واحد',
  )
  says(
    assessed(NORTH_COFFEE.cashback, basket).why,
    CASHBACK,
    '24.00 SAR × 5% = 1.20 SAR',
    '24.00 ريال × 5% = 1.20 ريال',
  )
})

test('a dropped fraction is shown', () => {
  says(
    whyOf([BASE], {}, 2150),
    POINTS,
    '21.50 SAR × 1 point per 1.00 SAR = 21.5 points, rounded down to 21 points',
    '21.50 ريال × نقطة واحدة لكل 1.00 ريال = 21.5 نقطة، وبعد حذف الكسر: 21 نقطة',
  )
  says(
    assessed(NORTH_COFFEE.cashback, basketOf([line(2150)])).why,
    CASHBACK,
    '21.50 SAR × 5% = 1.075 SAR, rounded down to 1.07 SAR',
    '21.50 ريال × 5% = 1.075 ريال، وبعد حذف الكسر: 1.07 ريال',
  )
})

test('the sum of rules, the best rule, and multipliers', () => {
  says(
    whyOf([BASE, VISIT, DOUBLE], {}, 2400),
    POINTS,
    '(24.00 SAR × 1 point per 1.00 SAR + 10 points for the order) × 2 = 68 points',
    '(24.00 ريال × نقطة واحدة لكل 1.00 ريال + 10 نقاط عن الطلب) × 2 = 68 نقطة',
  )
  says(
    whyOf([BASE, VISIT], { combine: 'best' }, 2400),
    POINTS,
    'best of (24.00 SAR × 1 point per 1.00 SAR = 24 points; 10 points for the order = 10 points) = 24 points',
    'الأعلى بين (24.00 ريال × نقطة واحدة لكل 1.00 ريال = 24 نقطة؛ 10 نقاط عن الطلب = 10 نقاط) = 24 نقطة',
  )
})

test('amounts before tax are named as such', () => {
  says(
    assessed(pointsBy([BASE], { base: { tax: 'excluded' } }), basketOf([line(2300, { exclTax: 2000 })])).why,
    POINTS,
    '20.00 SAR × 1 point per 1.00 SAR (before tax) = 20 points',
    '20.00 ريال × نقطة واحدة لكل 1.00 ريال (قبل الضريبة) = 20 نقطة',
  )
})

test('carried fractions are shown', () => {
  says(
    whyOf([BASE], { rounding: 'carry' }, 2450, { carryIn: rational(7, 10) }),
    POINTS,
    '24.50 SAR × 1 point per 1.00 SAR = 24.5 points, plus 0.7 points carried over: 25 points; 0.2 points carried over to the next order',
    '24.50 ريال × نقطة واحدة لكل 1.00 ريال = 24.5 نقطة، مع رصيد مرحّل 0.7 نقطة: 25 نقطة، والمرحّل إلى الطلب التالي 0.2 نقطة',
  )
})

test('a cap is named, with the remaining units', () => {
  const trimmed = (by: NonNullable<EarnWhy['cap']>['by']): Why => ({
    ...whyOf([BASE], {}, 2400),
    cap: { by, room: 2 },
    u: 2,
  })
  const head = '24.00 SAR × 1 point per 1.00 SAR = 24 points, limited to 2 points'
  const headAr = '24.00 ريال × نقطة واحدة لكل 1.00 ريال = 24 نقطة، والمحتسب بعد الحد: نقطتان'
  says(trimmed('order'), POINTS, `${head} (limit per order)`, `${headAr} (الحد الأقصى للطلب الواحد)`)
  says(trimmed('day'), POINTS, `${head} (daily limit)`, `${headAr} (الحد اليومي)`)
  says(trimmed('week'), POINTS, `${head} (weekly limit)`, `${headAr} (الحد الأسبوعي)`)
  says(trimmed('month'), POINTS, `${head} (monthly limit)`, `${headAr} (الحد الشهري)`)
  says(trimmed('budget'), POINTS, `${head} (budget of the program)`, `${headAr} (ميزانية البرنامج)`)
  says(trimmed('period'), POINTS, `${head} (limit for this period)`, `${headAr} (حد هذه الفترة)`)
  says(trimmed('limit'), POINTS, `${head} (system maximum per order)`, `${headAr} (الحد الأقصى في النظام للطلب الواحد)`)
})

test('every kind of rule explains its part of the sum', () => {
  const stamps = definitionOf({
    type: 'stamps',
    rules: [{ id: 'drink', earn: { kind: 'per_item', units: 2 } }],
    goal: 6,
    reward: { name: { en: 'Free drink', ar: 'مشروب مجاني' } },
  })
  says(
    assessed(stamps, basketOf([line(2400, { quantity: 2000 })])).why,
    STAMPS,
    '2 items × 2 stamps = 4 stamps',
    'قطعتان × ختمان = 4 أختام',
  )
  says(
    assessed(stamps, basketOf([line(2400, { quantity: 1250 })])).why,
    STAMPS,
    '1.25 items × 2 stamps = 2.5 stamps, rounded down to 2 stamps',
    '1.25 قطعة × ختمان = 2.5 ختم، وبعد حذف الكسر: ختمان',
  )
  says(whyOf([VISIT], {}, 2400), POINTS, '10 points for the order = 10 points', '10 نقاط عن الطلب = 10 نقاط')
  says(
    assessed(COFFEE_PLAN, basketOf([line(20_000, { productId: 'plan-30' })])).why,
    USES,
    'plan purchased: 1 item = 1 use',
    'شراء الباقة: قطعة واحدة = استخدام واحد',
  )
  says(
    whyOf([{ ...BASE, when: { first_order: true } }], {}, 2400),
    POINTS,
    '0 points (no rule applied)',
    '0 نقطة (لم تنطبق أي قاعدة)',
  )
})

const KEPT = whyOf([BASE], {}, 1000)

test('every other kind of movement has a sentence', () => {
  says(
    { t: 'extended', u: 10, d: '2026-07-05' },
    POINTS,
    'An order extended the expiry to the end of 5 July 2026: 10 points restored',
    'مدّد طلبٌ الصلاحية إلى نهاية يوم 5 يوليو 2026: إعادة 10 نقاط إلى الرصيد',
  )
  says(
    { t: 'card_in_time', u: 2 },
    { type: 'stamps', currency: 'SAR' },
    'Not expired yet when the stamp card was completed: 2 stamps restored',
    'لم تكن الصلاحية قد انتهت عند اكتمال بطاقة الأختام: إعادة ختمين إلى الرصيد',
  )
  says(
    { t: 'period', k: 1, of: 1, u: 30, from: '2026-12-01', to: '2027-01-01', x: 1 },
    { type: 'subscription', currency: 'SAR' },
    'Period 1 of 1, from 1 December 2026 to 1 January 2027, after the previous plan: 30 uses',
    'الفترة 1 من 1 (من 1 ديسمبر 2026 إلى 1 يناير 2027)، بعد انتهاء الاشتراك السابق: 30 استخدامًا',
  )
  const sum = '10.00 SAR × 1 point per 1.00 SAR = 10 points'
  const sumAr = '10.00 ريال × نقطة واحدة لكل 1.00 ريال = 10 نقاط'
  says(
    { t: 'return', was: 21, now: KEPT },
    POINTS,
    `After the return: ${sum} instead of 21 points`,
    `بعد الإرجاع: ${sumAr} بدلًا من 21 نقطة`,
  )
  says(
    { t: 'change', was: 2, now: KEPT },
    POINTS,
    `The order changed: ${sum} instead of 2 points`,
    `تغيّر الطلب: ${sumAr} بدلًا من نقطتين`,
  )
  const undone = (by: Extract<Why, { t: 'undone' }>['by']): Why => ({ t: 'undone', by, was: 24 })
  says(undone('void'), POINTS, 'The order was voided: 24 points deducted', 'أُلغي الطلب: خصم 24 نقطة من الرصيد')
  says(
    undone('returned'),
    POINTS,
    'Everything in the order was returned: 24 points deducted',
    'أُرجع كل ما في الطلب: خصم 24 نقطة من الرصيد',
  )
  says(
    undone('not_paid_yet'),
    POINTS,
    'The order is no longer paid: 24 points deducted',
    'لم يعد الطلب مدفوعًا: خصم 24 نقطة من الرصيد',
  )
  says(
    undone('customer_changed'),
    CASHBACK,
    'The order no longer belongs to this customer: 0.24 SAR deducted',
    'لم يعد الطلب مسجّلًا باسم هذا العميل: خصم 0.24 ريال من الرصيد',
  )
  says(
    undone('customer_blacklisted'),
    POINTS,
    'The customer is excluded from the loyalty program: 24 points deducted',
    'العميل مستبعد من برنامج الولاء: خصم 24 نقطة من الرصيد',
  )
  says(
    { t: 'pending_release', u: 24, d: '2026-03-15' },
    POINTS,
    'Pending balance became available on 15 March 2026: 24 points',
    'أصبح الرصيد المعلّق متاحًا في 15 مارس 2026: 24 نقطة',
  )
  says(
    { t: 'expiry', u: 1, d: '2026-12-31' },
    POINTS,
    '1 point expired at the end of 31 December 2026',
    'انتهت صلاحية نقطة واحدة بنهاية يوم 31 ديسمبر 2026',
  )
  says(
    { t: 'adjustment', u: 5, note: 'sorry' },
    POINTS,
    'Manual adjustment, 5 points added: sorry',
    'تعديل يدوي، إضافة 5 نقاط: sorry',
  )
  says(
    { t: 'adjustment', u: -500, note: 'error' },
    CASHBACK,
    'Manual adjustment, 5.00 SAR deducted: error',
    'تعديل يدوي، خصم 5.00 ريال: error',
  )
  says(
    { t: 'write_off', u: 8 },
    POINTS,
    '8 points written off: the balance was too low to deduct the full amount',
    'شطب 8 نقاط لعدم كفاية الرصيد',
  )
  says(
    { t: 'card_filled', goal: 6 },
    STAMPS,
    'Stamp card completed (6 stamps): reward earned',
    'اكتملت بطاقة الأختام (6 أختام) وحصل العميل على المكافأة',
  )
  says(
    { t: 'card_reopened', goal: 12 },
    STAMPS,
    'Stamp card no longer complete (12 stamps): its unused reward was withdrawn',
    'لم تعد بطاقة الأختام مكتملة (12 ختمًا)، فسُحبت مكافأتها غير المستخدمة',
  )
  says(
    { t: 'period', k: 2, of: 3, u: 30, from: '2026-02-28', to: '2026-03-30' },
    USES,
    'Period 2 of 3, from 28 February 2026 to 30 March 2026: 30 uses',
    'الفترة 2 من 3 (من 28 فبراير 2026 إلى 30 مارس 2026): 30 استخدامًا',
  )
})

test('Arabic nouns are counted by Arabic grammar', () => {
  const { units } = wordsOf('ar', STAMPS)
  assert.deepEqual(
    [0, 1, 2, 3, 10, 11, 99, 100, 101, 102, 103, 111].map((count) => units(count)),
    [
      '0 ختم',
      'ختم واحد',
      'ختمان',
      '3 أختام',
      '10 أختام',
      '11 ختمًا',
      '99 ختمًا',
      '100 ختم',
      '101 ختم',
      '102 ختم',
      '103 أختام',
      '111 ختمًا',
    ],
  )
  assert.equal(units(2, 'genitive'), 'ختمين')
  assert.deepEqual(
    [-1, -2, -3, -11, 1000, 1_000_003].map((count) => units(count)),
    ['-1 ختم', '-2 ختم', '-3 أختام', '-11 ختمًا', '1,000 ختم', '1,000,003 أختام'],
  )
  const english = wordsOf('en', STAMPS)
  assert.deepEqual(
    [-1, -2, 1000].map((count) => english.units(count)),
    ['-1 stamp', '-2 stamps', '1,000 stamps'],
  )
})

test('money has the digits and the name of its currency', () => {
  assert.equal(wordsOf('en', { type: 'cashback', currency: 'KWD' }).units(1234), '1.234 KWD')
  assert.equal(wordsOf('ar', { type: 'cashback', currency: 'KWD' }).units(5), '0.005 دينار')
  assert.equal(wordsOf('en', { type: 'cashback', currency: 'JPY' }).units(250), '250 JPY')
  assert.equal(wordsOf('ar', { type: 'points', currency: 'CHF' }).money(250), '2.50 CHF')
})

test('C39: fractions are formatted from integers', () => {
  // 268.28 as a sum of floats is 268.28000000000003.
  assert.equal(decimal(rational(26_828, 100), 0), '268.28')
  assert.equal(decimal(rational(26_828, 100), 2), '268.28')
  assert.equal(decimal(rational(24), 2), '24.00')
  assert.equal(decimal(rational(24), 0), '24')
  assert.equal(decimal(rational(1000), 0), '1,000')
  assert.equal(decimal(rational(-123_456_789, 100), 2), '-1,234,567.89')
  assert.equal(decimal(rational(1, 3), 0), '0.333…')
  assert.equal(decimal(rational(200, 3), 2), '66.66666…')
  assert.equal(decimal(rational(-1, 2), 0), '-0.5')
  assert.equal(decimal(rational(-1, 3), 0), '-0.333…')
})
