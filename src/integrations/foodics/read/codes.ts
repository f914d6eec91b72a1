// The numbers that Foodics uses for states and kinds, and their meanings.
import type {
  Channel,
  DiscountReason,
  LineStatus,
  OrderStatus,
  OrderType,
  PaymentKind,
} from '../../../../contract/pos-order.ts'
import type { Remedy } from '../../toolkit/problems.ts'

/**
 * Declined and Void orders never were sales; the goods of a Joined order are in another one; a
 * Draft is not placed yet.
 */
export const ORDER_STATUS: ReadonlyMap<number, OrderStatus | 'draft'> = new Map([
  [1, 'initiated'], // Pending
  [2, 'initiated'], // Active
  [3, 'void'], // Declined
  [4, 'paid'], // Closed
  [5, 'refunded'], // Returned
  [6, 'joined'], // Joined
  [7, 'void'], // Void
  [8, 'draft'], // Draft
])

export const ORDER_STATUS_REMEDY: Remedy = ['Send a whole number from 1 to 8.', 'أرسل عددًا صحيحًا من 1 إلى 8.']

/** A moved line is part of another order. */
export const LINE_STATUS: ReadonlyMap<number, LineStatus> = new Map([
  [1, 'added'], // Pending
  [2, 'added'], // Active
  [3, 'paid'], // Closed
  [4, 'voided'], // Moved
  [5, 'voided'], // Void
  [6, 'refunded'], // Returned
  [7, 'voided'], // Declined
])

export const LINE_STATUS_REMEDY: Remedy = ['Send a whole number from 1 to 7.', 'أرسل عددًا صحيحًا من 1 إلى 7.']

export const ORDER_TYPE: ReadonlyMap<number, OrderType> = new Map([
  [1, 'dine_in'],
  [2, 'pick_up'],
  [3, 'delivery'],
  [4, 'drive_thru'],
])

export const CHANNEL: ReadonlyMap<number, Channel> = new Map([
  [1, 'cashier'],
  [2, 'api'],
  [3, 'call_center'],
])

/** Open (1) and predefined (2) discounts have no reason that matters here. */
export const DISCOUNT_REASON: ReadonlyMap<number, DiscountReason> = new Map([
  [3, 'coupon'],
  [4, 'loyalty_redemption'],
  [5, 'promotion'],
])

/**
 * Types 3 to 8 are house accounts, gift cards, third parties and so on; only their names tell them
 * apart.
 */
export const PAYMENT_TYPE: ReadonlyMap<number, PaymentKind> = new Map([
  [1, 'cash'],
  [2, 'card'],
])

export const GENDER: ReadonlyMap<number, 'male' | 'female'> = new Map([
  [1, 'male'],
  [2, 'female'],
])
