// The kinds of payments, as merchants name them in English and Arabic.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PaymentKind } from '../../../contract/pos-order.ts'
import { paymentKind } from './payments.ts'

const NAMED: Record<PaymentKind, string[]> = {
  cash: ['Cash', 'CASH SAR', 'نقد', 'نقدًا', 'كاش'],
  card: ['Mada', 'Visa', 'Credit Card', 'Apple Pay', 'Point of Sale', 'مدى', 'بطاقة', 'شبكة', 'نقاط بيع', 'نقاط البيع'],
  gift_card: ['Gift Card', 'gift-card', 'Voucher', 'بطاقة هدية', 'قسيمة'],
  house_account: ['House Account', 'On account', 'آجل', 'على الحساب', 'حساب العميل'],
  loyalty: [
    'Loyalty',
    'LoyaPro',
    'Points',
    'Cashback',
    'Cash back',
    'Rewards',
    'نقاط',
    'نقاط الولاء',
    'كاش باك',
    'مكافآت',
  ],
  other: ['HungerStation', 'Wallet', 'محفظة', '', 'Cashier', 'Appointments'],
}

test('the name determines the kind where the POS has no type for it', () => {
  for (const [kind, names] of Object.entries(NAMED)) {
    for (const name of names) assert.equal(paymentKind({ names: [name] }), kind, name)
  }
})

test('A14: the name determines the kind in every spelling: hamza, decomposed, tatweel, vowel signs, Persian letters, presentation forms', () => {
  const spellings: [PaymentKind, string[]][] = [
    [
      'loyalty',
      ['مكافات', 'مكافاة الراجحي', 'مكافآت'.normalize('NFD'), 'مكـافآت', 'مُكافآت', 'مکافات', 'ﻣﻜﺎﻓﺂت', 'مكافئات'],
    ],
    ['loyalty', ['نقـــاط', 'نِقَاط', 'كاش\u00a0باك', 'کاش باک', 'Lóyalty', 'ＰＯＩＮＴＳ', 'الوَلاء']],
    ['gift_card', ['هدية', 'هديه', 'قسائم', 'قسايم', 'Ｇｉｆｔ card']],
    ['house_account', ['آجل', 'اجل', 'الدفع بالآجل', 'بيع الاجل', 'علی الحساب', 'على الحساب']],
    ['card', ['مدى', 'مدي', 'مدی', 'بطاقه', 'شبكة', 'شبکه', 'نقاط\u200c البيع']],
    ['cash', ['نقداً', 'كـاش', 'کاش']],
    // Words that contain a shorter word are not that word.
    ['other', ['عاجل', 'مدير الفرع', 'حمدي', 'المدينة']],
  ]
  for (const [kind, names] of spellings) {
    for (const name of names) assert.equal(paymentKind({ names: [name] }), kind, name)
  }
  assert.equal(paymentKind({ names: ['محفظة'] }, new Map([['محفظه', 'loyalty']])), 'loyalty', 'stated by folded name')
})

test('C47: names of prepaid money and rewards override the type', () => {
  assert.equal(paymentKind({ names: ['Gift Card'], type: 'card' }), 'gift_card')
  assert.equal(paymentKind({ names: ['Loyalty points'], type: 'cash' }), 'loyalty')
  assert.equal(paymentKind({ names: [undefined, 'نقاط', undefined], type: 'card' }), 'loyalty')
})

test('otherwise the type of the POS applies, whatever the name', () => {
  assert.equal(paymentKind({ names: ['Front desk'], type: 'cash' }), 'cash')
  assert.equal(paymentKind({ names: ['Cash machine'], type: 'card' }), 'card')
})

test('the kind that the business states overrides everything', () => {
  const stated = new Map<string, PaymentKind>([
    ['wallet', 'loyalty'],
    ['cash', 'other'],
  ])
  assert.equal(paymentKind({ names: ['Wallet'] }, stated), 'loyalty')
  assert.equal(paymentKind({ names: ['Cash'], type: 'cash' }, stated), 'other')
  assert.equal(paymentKind({ names: ['Mada'] }, stated), 'card')
})
