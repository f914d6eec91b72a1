// The words of the standard format, in lower case and joined by `_`, and their meanings.
import type { DiscountReason, LineStatus, OrderStatus, PaymentKind } from '../../../../contract/pos-order.ts'
import { wordOf } from '../../toolkit/clean.ts'
import type { Remedy } from '../../toolkit/problems.ts'

/** The word of a status; undefined when the value is not text with a letter. */
export function statusWord(value: unknown): string | undefined {
  const word = typeof value === 'string' ? wordOf(value) : undefined
  return word !== undefined && /\p{L}/u.test(word) ? word : undefined
}

export const ORDER_STATUS: ReadonlyMap<string, OrderStatus | 'draft'> = new Map([
  ['initiated', 'initiated'],
  ['paid', 'paid'],
  ['void', 'void'],
  ['voided', 'void'],
  ['refunded', 'refunded'],
  ['draft', 'draft'],
])

export const ORDER_STATUS_REMEDY: Remedy = [
  'Send Initiated, Paid, Void or Refunded.',
  'أرسل Initiated أو Paid أو Void أو Refunded.',
]

export const LINE_STATUS: ReadonlyMap<string, LineStatus> = new Map([
  ['added', 'added'],
  ['paid', 'paid'],
  ['voided', 'voided'],
  ['void', 'voided'],
  ['refunded', 'refunded'],
])

export const LINE_STATUS_REMEDY: Remedy = [
  'Send Added, Paid, Voided or Refunded.',
  'أرسل Added أو Paid أو Voided أو Refunded.',
]

export const DISCOUNT_REASON: ReadonlyMap<string, DiscountReason> = new Map([
  ['coupon', 'coupon'],
  ['loyalty_redemption', 'loyalty_redemption'],
  ['promotion', 'promotion'],
])

export const PAYMENT_KIND: ReadonlyMap<string, PaymentKind> = new Map([
  ['cash', 'cash'],
  ['card', 'card'],
  ['gift_card', 'gift_card'],
  ['house_account', 'house_account'],
  ['loyalty', 'loyalty'],
  ['other', 'other'],
])
