// What a made-up Foodics order may say; all of it has a default, so a test names only what it is about.

export interface CustomerSpec {
  /** Samples are numbered: 1 is "Sample Customer 1" at +966 50 000 0001. */
  number?: number
  name?: string
  dial_code?: number | string | null
  phone?: number | string | null
  email?: string | null
  gender?: number | null
  birth_date?: string | null
  is_blacklisted?: boolean | number
}

export interface OptionSpec {
  id?: string
  name?: string
  price?: number
  /** For one of the product. */
  quantity?: number
}

export interface LineSpec {
  id?: string
  product?: string
  category?: string
  name?: string
  nameAr?: string | null
  /** Of one piece, without options. */
  price?: number
  quantity?: number
  /** Sold by weight. */
  weighed?: boolean
  /** 3 in a closed order, 6 in a return, 5 in a void order, else 2. */
  status?: number
  /** Money off the whole line. */
  discount?: number
  discountType?: number
  rewardCode?: string
  /** Per cent; 15 unless said otherwise. */
  taxRate?: number
  options?: readonly OptionSpec[]
}

export interface ComboSpec {
  id?: string
  quantity?: number
  /** Money off the combo as a whole; it is in no child's price. */
  discount?: number
  /** Their quantity is the combo's, unless said otherwise. */
  children: readonly LineSpec[]
}

export interface OrderSpec {
  id?: string
  reference?: number | string
  /** 4, or 5 when the order returns another. */
  status?: number
  type?: number
  source?: number
  /** Prices are without tax, and tax comes on top. */
  taxExclusive?: boolean
  lines?: readonly LineSpec[]
  combos?: readonly ComboSpec[]
  discount?: { amount: number; type?: number; couponCode?: string; rewardCode?: string }
  charges?: readonly { name: string; amount: number }[]
  /** The value of a gift card sold. */
  giftCard?: number
  rounding?: number
  tips?: number
  /** The whole total in cash, unless said otherwise. */
  payments?: readonly { type?: number; name?: string; amount: number }[]
  customer?: CustomerSpec | null
  /** The sale that this order gives back from. */
  returns?: { id: string; reference?: number | string }
  /** What stands in `meta.foodics.joined_orders`. */
  joined?: unknown
  openedAt?: string
  closedAt?: string | null
  updatedAt?: string
  businessDate?: string
}

export interface BodySpec extends OrderSpec {
  event?: string
  /** Unix seconds; the order's `updated_at`, unless said otherwise. */
  timestamp?: number
  business?: { name?: string; reference: number | string }
}
