// The canonical order: what every integration makes of the body of its POS, and all that the rest
// of LoyaPro knows of an order.

export type OrderKind = 'sale' | 'return'
/** `joined`: its goods were moved to another order; it earns nothing and gives nothing back. */
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
  /** The number by which people at the shop know the order. */
  reference?: string
  /**
   * The order from which this one gives back. Set on every `return`, and on a `sale` that is an
   * exchange: its refunded lines are given back from that order, and the others are sold.
   */
  original_pos_order_id?: string
  /** Orders whose goods were moved to this sale; absent when there are none. */
  joined_pos_order_ids?: string[]
  kind: OrderKind
  status: OrderStatus
  version: SnapshotVersion
  /** When the order was closed, else when it was opened, else the time of the event. */
  occurred_at: number
  /** The branch's business day; it may end after midnight. */
  business_date: string
  /**
   * The POS does not state the business day: `business_date` is derived in the zone of the
   * business, and corrected by the zone and hours of the branch.
   */
  business_date_assumed?: true
  opened_at?: number
  closed_at?: number
  /** ISO 4217; absent when the POS does not state it, and the currency of the business applies. */
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
   * Why the customer in the order is left out: without a usable phone, customers cannot be told
   * apart.
   */
  customer_problem?: 'no_phone' | 'bad_phone'
  /**
   * The lines that count (not voided, and not refunded in a sale that stands) sum to the goods: see
   * `total_incl_tax`.
   */
  lines: PosLine[]
  /** Discounts of the whole order, which are already included in the totals of the lines. */
  discounts: PosDiscount[]
  /** Charges, and the part of the total that exceeds its lines and its other parts. */
  charges_incl_tax: number
  /** Not included in the total. */
  tips: number
  rounding: number
  /** Gift cards sold with the order: prepaid money, not goods. */
  gift_cards_sold: number
  /** The POS's subtotal: goods before the order's own discounts. */
  subtotal_excl_tax: number
  /**
   * Goods + charges + rounding + gift cards sold. Only rounding can be negative. For an exchange:
   * what was sold, not the difference.
   */
  total_incl_tax: number
  payments: PosPayment[]
  /** Refunds that are amounts in the snapshot of the sale, not orders of their own. */
  refunds: PosRefund[]
  /** Codes of rewards that were redeemed in the order, as the POS states. */
  reward_codes: string[]
}

/**
 * Snapshots of one order are ordered by `number`, `updated_at`, `timestamp`, `rank`, `created`,
 * whether they name a customer, and the hash of their bodies, in this sequence; the greatest is the
 * current one (`compareSnapshots` in src/orders/family.ts).
 */
export interface SnapshotVersion {
  /**
   * The version that the POS gives the order, an integer from 0 that increases with every change. A
   * snapshot without one is older than any snapshot with one.
   */
  number?: number
  updated_at: number
  timestamp: number
  /**
   * The time of receipt, where the stated time is more than 10 minutes later: then the order counts
   * as updated at its receipt.
   */
  received_at?: number
  /** initiated 0, paid 1, void 2, refunded 3, joined 4. */
  rank: number
  /** The event is the creation of the order: any other event of the same instant is newer. */
  created?: true
}

export interface PosBranch {
  id: string
  name: string
  name_ar?: string
  reference?: string
  /** IANA zone; absent means the zone of the business. */
  timezone?: string
  /** `HH:MM`, the time at which the business day ends. */
  day_ends_at?: string
}

/** At least one of the two is present. */
export interface PosStaff {
  id?: string
  name?: string
}

export interface PosCustomer {
  pos_id?: string
  /** E.164, normalised by the integration: `+966557937530`. */
  phone: string
  name?: string
  email?: string
  gender?: 'male' | 'female'
  birth_date?: string
  blacklisted: boolean
}

export interface PosLine {
  /** The line ID of the POS, or the position when it has none; unique in the order. */
  id: string
  /** The menu ID of the product; empty when the POS does not state it. */
  product_id: string
  sku?: string
  category_id?: string
  name: string
  name_ar?: string
  quantity: number
  status: LineStatus
  /** After all discounts, including the share of order discounts; includes options. */
  total_incl_tax: number
  total_excl_tax: number
  /** The discount of this line alone. */
  discount: number
  /** The POS marks the discount of the line as the redemption of a reward. */
  is_redemption?: true
  /** Before any discount, including options; absent where it equals `total_incl_tax`. */
  price_incl_tax?: number
  options: PosOption[]
  combo_id?: string
  reward_code?: string
}

export interface PosOption {
  /** The menu ID of the option. */
  id: string
  name: string
  /** Quantity of the option per product. */
  quantity: number
  /** Its part of the total of the line. */
  total_incl_tax: number
  /**
   * Its part of the price of the line before any discount; absent where it equals `total_incl_tax`.
   */
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
