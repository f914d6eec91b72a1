// Turns what remains of a sale into the basket that the rules evaluate (pure).
import type { PaymentKind, PosOrder, PosPayment } from '../../contract/pos-order.ts'
import type { EpochMs, IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { allocate, type Minor, prorate } from '../kernel/money.ts'
import type { KnownOrder, RemainingLine } from '../orders/family.ts'
import type { Basket } from '../programs/basket.ts'

export interface BasketContext {
  branchId: Uuid | null
  /** IANA zone of the branch: hours and weekdays are its local time. */
  timezone: string
  currency: string
  birthDate: IsoDate | null
}

export function buildBasket(sale: KnownOrder, remaining: readonly RemainingLine[], context: BasketContext): Basket {
  const { order } = sale
  const shares = loyaltyShares(order, remaining)
  return {
    paidAt: sale.occurredAt,
    businessDate: sale.businessDate,
    local: localTime(sale.occurredAt, context.timezone),
    branchId: context.branchId,
    ...(order.order_type && { orderType: order.order_type }),
    ...(order.channel && { channel: order.channel }),
    currency: context.currency,
    lines: remaining
      .map(({ line, quantity, pieces, inclTax, exclTax }, index) => ({
        productId: line.product_id,
        ...(line.sku && { sku: line.sku }),
        ...(line.category_id && { categoryId: line.category_id }),
        name: line.name,
        quantity,
        pieces,
        ...lessLoyalty(inclTax, exclTax, shares[index] ?? 0, line.total_incl_tax),
      }))
      .filter((line) => line.quantity > 0 || line.pieces > 0),
    paymentKinds: kindsUsed(order.payments),
    birthDate: context.birthDate,
  }
}

/**
 * Amounts are summed per kind: a kind whose payments come to 0 was not used, whatever the POS
 * lists.
 */
function kindsUsed(payments: readonly PosPayment[]): PaymentKind[] {
  const paid = new Map<PaymentKind, Minor>()
  for (const { kind, amount } of payments) paid.set(kind, (paid.get(kind) ?? 0) + amount)
  return [...paid].flatMap(([kind, amount]) => (amount === 0 ? [] : [kind]))
}

/**
 * How much of each sold line was paid with loyalty: spread over the lines by their amounts, never
 * more than they cost.
 */
function loyaltyShares(order: PosOrder, remaining: readonly RemainingLine[]): Minor[] {
  const paidWithLoyalty = order.payments.reduce((sum, p) => (p.kind === 'loyalty' ? sum + p.amount : sum), 0)
  const weights = remaining.map(({ line }) => Math.max(0, line.total_incl_tax))
  const goods = weights.reduce((a, b) => a + b, 0)
  return allocate(Math.max(0, Math.min(paidWithLoyalty, goods)), weights)
}

/** The share belongs to the whole sold line; a remaining part of the line bears its part of it. */
function lessLoyalty(inclTax: Minor, exclTax: Minor, share: Minor, sold: Minor): { inclTax: Minor; exclTax: Minor } {
  if (share === 0) return { inclTax, exclTax }
  return { inclTax: prorate(inclTax, sold - share, sold), exclTax: prorate(exclTax, sold - share, sold) }
}

function localTime(at: EpochMs, timezone: string): Basket['local'] {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone)
  return { weekday: local.dayOfWeek as Basket['local']['weekday'], minute: local.hour * 60 + local.minute }
}
