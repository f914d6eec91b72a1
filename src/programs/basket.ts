// The input of the rules: the kept goods of one sale.
import type { Channel, OrderType, PaymentKind } from '../../contract/pos-order.ts'
import type { EpochMs, IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Milli, Minor } from '../kernel/money.ts'

export interface Basket {
  paidAt: EpochMs
  /** The branch's business day; it may end after midnight. */
  businessDate: IsoDate
  /** The local time of the sale at the branch. Monday is 1; minutes count from 00:00. */
  local: { weekday: 1 | 2 | 3 | 4 | 5 | 6 | 7; minute: number }
  branchId: Uuid | null
  orderType?: OrderType
  channel?: Channel
  /** ISO 4217. */
  currency: string
  lines: BasketLine[]
  paymentKinds: PaymentKind[]
  /** As the order's customer has it, else as entered for the customer; null when unknown. */
  birthDate: IsoDate | null
}

/** The kept quantity of one line: sold minus returned. */
export interface BasketLine {
  productId: string
  sku?: string
  categoryId?: string
  name: string
  quantity: Milli
  /**
   * The goods that the customer keeps. `quantity` also decreases when money is refunded without
   * goods; `pieces` does not. A plan counts by pieces.
   */
  pieces: Milli
  /** Amounts after all discounts, without the part that was paid with loyalty. */
  inclTax: Minor
  exclTax: Minor
}
