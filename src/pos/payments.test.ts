// What kind of money a payment was, as merchants name it in English and Arabic.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PaymentKind } from '../../contract/pos-order.ts'
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

test('a name tells the kind where the POS has no type for it', () => {
  for (const [kind, names] of Object.entries(NAMED)) {
    for (const name of names) assert.equal(paymentKind({ names: [name] }), kind, name)
  }
})

test('C47: money paid before and rewards are told by their name, under whatever type they were set up', () => {
  assert.equal(paymentKind({ names: ['Gift Card'], type: 'card' }), 'gift_card')
  assert.equal(paymentKind({ names: ['Loyalty points'], type: 'cash' }), 'loyalty')
  assert.equal(paymentKind({ names: [undefined, 'نقاط', undefined], type: 'card' }), 'loyalty')
})

test('else the type of the POS holds, whatever the name', () => {
  assert.equal(paymentKind({ names: ['Front desk'], type: 'cash' }), 'cash')
  assert.equal(paymentKind({ names: ['Cash machine'], type: 'card' }), 'card')
})

test('the business knows its own methods best', () => {
  const stated = new Map<string, PaymentKind>([
    ['wallet', 'loyalty'],
    ['cash', 'other'],
  ])
  assert.equal(paymentKind({ names: ['Wallet'] }, stated), 'loyalty')
  assert.equal(paymentKind({ names: ['Cash'], type: 'cash' }, stated), 'other')
  assert.equal(paymentKind({ names: ['Mada'] }, stated), 'card')
})
