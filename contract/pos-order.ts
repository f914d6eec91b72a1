// The canonical order: what every adapter makes of its POS's body, and all that the rest of LoyaPro
// knows of an order.

export type OrderKind = 'sale' | 'return'
/** `joined`: another order has taken its goods; it earns nothing and gives nothing back. */
export type OrderStatus = 'initiated' | 'paid' | 'void' | 'refunded' | 'joined'
export type LineStatus = 'added' | 'paid' | 'voided' | 'refunded'
export type PaymentKind = 'cash' | 'card' | 'gift_card' | 'house_account' | 'loyalty' | 'other'
export type DiscountReason = 'coupon' | 'loyalty_redemption' | 'promotion' | 'other'
export type OrderType = 'dine_in' | 'pick_up' | 'delivery' | 'drive_thru' | 'other'
export type Channel = 'cashier' | 'api' | 'call_center' | 'other'

/**
 * Money: integer minor units of `currency`. Quantity: integer thousandths. Instants: epoch
 * milliseconds. Dates: `YYYY-MM-DD`.
 */
export interface PosOrder {
  pos_order_id: string
  /** The number that people at the shop know the order by. */
  reference?: string
  /**
   * Another order that this one gives back from. Set on every `return`, and on a `sale` that is an
   * exchange: there the lines that are refunded are given back from that order, and the others are
   * sold.
   */
  original_pos_order_id?: string
  /** Orders whose goods this sale has taken; absent when there are none. */
  joined_pos_order_ids?: string[]
  kind: OrderKind
  status: OrderStatus
  version: SnapshotVersion
  /** When the order was closed, else when it was opened, else the time of the event. */
  occurred_at: number
  /** The branch's business day; it may end after midnight. */
  business_date: string
  /**
   * The POS names no business day: `business_date` is that of the business's zone, and the branch's
   * own zone and hours decide.
   */
  business_date_assumed?: true
  opened_at?: number
  closed_at?: number
  /** ISO 4217; absent when the POS does not say (then the business's currency holds). */
  currency?: string
  order_type?: OrderType
  channel?: Channel
  branch: PosBranch
  /** The member of staff who created the order at the POS. */
  created_by?: PosStaff
  /** The member of staff who closed the order at the POS. */
  closed_by?: PosStaff
  customer?: PosCustomer
  /**
   * Why the customer that the order names is left out: without a usable phone nobody can be told
   * apart.
   */
  customer_problem?: 'no_phone' | 'bad_phone'
  /**
   * Those that count (not voided; not refunded in a sale that stands) sum to the goods: see
   * `total_incl_tax`.
   */
  lines: PosLine[]
  /** Discounts of the whole order; they are already spread over the lines' totals. */
  discounts: PosDiscount[]
  /** Charges, and what the total has above its lines and its other parts. */
  charges_incl_tax: number
  /** Beside the total, not in it. */
  tips: number
  rounding: number
  /** Gift cards sold with the order: prepaid money, not goods. */
  gift_cards_sold: number
  /** The POS's subtotal: goods before the order's own discounts. */
  subtotal_excl_tax: number
  /**
   * Goods + charges + rounding + gift cards sold. No part is negative but rounding. Of an exchange:
   * what was sold, not the difference.
   */
  total_incl_tax: number
  payments: PosPayment[]
  /**
   * Refunds that came as amounts inside the snapshot of the sale itself, not as an order of their
   * own.
   */
  refunds: PosRefund[]
  /** Codes of rewards that the order says were redeemed in it. */
  reward_codes: string[]
}

/**
 * Snapshots of one order are ordered by `number`, `updated_at`, `timestamp`, `rank`, `created`,
 * whether they name a customer, and the hash of their bodies, in this sequence; the greatest is the
 * truth (`compareSnapshots` in src/orders/family.ts).
 */
export interface SnapshotVersion {
  /**
   * The POS's own version of the order, an integer from 0 that grows with every change. A snapshot
   * without one is older than any that has one.
   */
  number?: number
  updated_at: number
  timestamp: number
  /**
   * The receipt, where the order is stamped more than 10 minutes after it: then it counts as
   * updated at its receipt.
   */
  received_at?: number
  /** initiated 0, paid 1, void 2, refunded 3, joined 4. */
  rank: number
  /**
   * The event says that the order was created: any other event of the same instant came after it.
   */
  created?: true
}

export interface PosBranch {
  id: string
  name: string
  name_ar?: string
  reference?: string
  /** IANA zone; absent means the business's. */
  timezone?: string
  /** `HH:MM`, the hour at which the business day ends. */
  day_ends_at?: string
}

/** At least one of the two is present. */
export interface PosStaff {
  id?: string
  name?: string
}

export interface PosCustomer {
  pos_id?: string
  /** E.164, normalised by the adapter: `+966557937530`. */
  phone: string
  name?: string
  email?: string
  gender?: 'male' | 'female'
  birth_date?: string
  blacklisted: boolean
}

export interface PosLine {
  /** The POS's line id, or the position when it has none; unlike any other of the order. */
  id: string
  /** The menu's id of the product; `''` when the POS names none. */
  product_id: string
  sku?: string
  category_id?: string
  name: string
  name_ar?: string
  quantity: number
  status: LineStatus
  /** After all discounts (the order's share included), options included. */
  total_incl_tax: number
  total_excl_tax: number
  /** What was taken off this line by its own discount. */
  discount: number
  /** The POS says that the line's own discount is the redemption of a reward. */
  is_redemption?: true
  /**
   * Before any discount, options included; absent where nothing was taken off, and then it is
   * `total_incl_tax`.
   */
  price_incl_tax?: number
  options: PosOption[]
  combo_id?: string
  reward_code?: string
}

export interface PosOption {
  /** The menu's id of the option. */
  id: string
  name: string
  /** Of the option, for one of the product. */
  quantity: number
  /** Its part of the line's total. */
  total_incl_tax: number
  /** Its part of the line's price before any discount; absent where it is `total_incl_tax`. */
  price_incl_tax?: number
}

export interface PosDiscount {
  amount: number
  reason: DiscountReason
  code?: string
}

export interface PosPayment {
  method: string
  kind: PaymentKind
  amount: number
}

export interface PosRefund {
  id: string
  amount_incl_tax: number
  occurred_at: number
  lines?: { line_id: string; quantity: number }[]
}
