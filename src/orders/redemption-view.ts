// What redemptions need to know of a sale: what remains of it, and which codes and discounts it
// names (pure).
import type { OrderFlag } from '../../contract/order-flags.ts'
import type { PosLine } from '../../contract/pos-order.ts'
import type { AttemptSource } from '../identity/code-attempts.ts'
import type { EpochMs, IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Milli, Minor } from '../kernel/money.ts'
import { type Family, isReturned, type RemainingLine, remainingLines } from './family.ts'
import { ownFlags } from './own-flags.ts'
import type { OrderRow } from './store.ts'

/** `timezone`: of the branch, else of the business. */
export function redemptionContextOf(
  family: Family,
  row: OrderRow,
  { customerId, timezone, sender = NO_SENDER }: { customerId: Uuid | null; timezone: string; sender?: CodeSender },
): RedemptionContext {
  const { order } = row
  return {
    businessId: row.businessId,
    orderId: row.id,
    posName: row.posName,
    posOrderId: order.pos_order_id,
    posBranchId: order.branch.id,
    customerId,
    state: stateOf(family, row),
    occurredAt: row.occurredAt,
    businessDate: row.businessDate,
    codes: order.reward_codes,
    ownFlags: ownFlags(row),
    codesIgnored: row.flags?.includes('codes_ignored') ?? false,
    ...sender,
    branchId: row.branchId,
    timezone,
    discounts: order.discounts.map(({ amount, reason, code }) => ({
      amount,
      isLoyalty: reason === 'loyalty_redemption',
      ...(code !== undefined && { code }),
    })),
    lines: linesOf(family, row).map(({ line, quantity, inclTax }) => ({
      productId: line.product_id,
      ...(line.sku !== undefined && { sku: line.sku }),
      ...(line.category_id !== undefined && { categoryId: line.category_id }),
      ...(line.reward_code !== undefined && { code: line.reward_code }),
      discount: line.discount,
      isLoyalty: line.reward_code !== undefined || line.is_redemption === true,
      ...pricesOf(line),
      quantity: line.quantity,
      remaining: quantity,
      total: line.total_incl_tax,
      remainingTotal: inclTax,
    })),
  }
}

/** Who sent codes that an order did not name before. */
export type CodeSender = Pick<RedemptionContext, 'attemptSource' | 'isBranchKnown'>

const NO_SENDER: CodeSender = { attemptSource: null, isBranchKnown: false }

/**
 * What the line cost before any discount. Options that carry the whole price of a product, such as
 * its size, are its price.
 */
function pricesOf(line: PosLine): Pick<ContextLine, 'price' | 'productPrice'> {
  const price = line.price_incl_tax ?? line.total_incl_tax + line.discount
  const options = line.options.reduce((sum: Minor, one) => sum + (one.price_incl_tax ?? one.total_incl_tax), 0)
  const own = Math.max(0, price - options)
  return { price, productPrice: own === 0 ? price : own }
}

/**
 * A returned order still shows what was taken off which line, and may be the first to show it. A
 * void one still shows what its goods cost.
 */
function linesOf({ returns }: Family, row: OrderRow): RemainingLine[] {
  const remaining = remainingLines(row, returns)
  if (row.status !== 'refunded' && row.status !== 'void') return remaining
  const lost = row.status === 'void' ? ['voided', 'refunded'] : ['refunded']
  const gone = row.order.lines.filter(({ status }) => lost.includes(status))
  return [...remaining, ...gone.map((line) => ({ line, quantity: 0, pieces: 0, inclTax: 0, exclTax: 0 }))]
}

function stateOf(family: Family, { status }: OrderRow): RedemptionContext['state'] {
  if (status === 'void') return 'void'
  if (status === 'initiated') return 'open'
  if (status === 'joined') return 'joined'
  return status === 'refunded' || isReturned(family) ? 'returned' : 'paid'
}

export interface ContextLine {
  productId: string
  sku?: string
  categoryId?: string
  code?: string
  discount: Minor
  /** The discount of the line is a redemption, whether or not it names a code. */
  isLoyalty: boolean
  /** Of the whole line before any discount, with its options. */
  price: Minor
  /** Of that, the product without its options; all of it where the options carry the price. */
  productPrice: Minor
  quantity: Milli
  remaining: Milli
  total: Minor
  remainingTotal: Minor
}

/** What redemptions need to know of a sale and of what remains of it. */
export interface RedemptionContext {
  businessId: Uuid
  orderId: Uuid
  posName: string
  posOrderId: string
  posBranchId: string
  customerId: Uuid | null
  /**
   * `open` until it is paid; `returned` when nothing of it remains; `joined` when another order has
   * taken its goods.
   */
  state: 'open' | 'paid' | 'void' | 'returned' | 'joined'
  occurredAt: EpochMs
  businessDate: IsoDate
  /** Flags of the order itself, whatever was redeemed. */
  ownFlags: readonly OrderFlag[]
  /** Codes that the order says were redeemed in it. */
  codes: readonly string[]
  /** Codes of the order are ignored, but for those that are redeemed for it already. */
  codesIgnored: boolean
  /** Who sent codes that the order did not name before; null when it names none. */
  attemptSource: AttemptSource | null
  /** Whether the business had the branch before this order. */
  isBranchKnown: boolean
  /** Null when it is not known. */
  branchId: Uuid | null
  /** IANA zone of the branch: hours and weekdays are its local time. */
  timezone: string
  discounts: readonly { amount: Minor; isLoyalty: boolean; code?: string }[]
  lines: readonly ContextLine[]
}
