// How the business API shows an order: in a list, and in full.

import type { OrderInFull, OrderSummary } from '../../../../contract/api/orders.ts'
import { NOTHING_REASONS } from '../../../../contract/nothing-reasons.ts'
import type { PosDiscount, PosLine, PosOrder, PosStaff } from '../../../../contract/pos-order.ts'
import { formatId } from '../../../kernel/ids.ts'
import type { OrderHead } from '../../../orders/read.ts'
import { explainNothing } from '../../../programs/nothing.ts'
import { formatInstant, formatOptionalId } from '../format.ts'
import { flagToJson } from './flag-to-json.ts'

export function orderSummaryToJson(head: OrderHead): OrderSummary {
  return {
    id: formatId('order', head.id),
    pos: head.pos_name,
    pos_order_id: head.pos_order_id,
    reference: head.reference,
    kind: head.kind,
    status: head.status,
    parked: head.parked,
    branch_id: formatOptionalId('branch', head.branch_id),
    customer_id: formatOptionalId('customer', head.customer_id),
    business_date: head.business_date,
    occurred_at: formatInstant(head.occurred_at),
    currency: head.currency,
    total: head.total,
    reason: head.reason,
    reason_text: reasonToJson(head.reason),
    flags: (head.flags ?? []).map(flagToJson),
    created_at: formatInstant(head.created_at),
  }
}

function reasonToJson(reason: string | null): OrderSummary['reason_text'] {
  const code = NOTHING_REASONS.find((one) => one === reason)
  return code === undefined ? null : { en: explainNothing(code, 'en'), ar: explainNothing(code, 'ar') }
}

/** What the POS said was sold, taken off and paid. */
export function contentsToJson(
  order: PosOrder,
): Pick<OrderInFull, 'created_by' | 'closed_by' | 'lines' | 'discounts' | 'payments'> {
  return {
    created_by: staffToJson(order.created_by),
    closed_by: staffToJson(order.closed_by),
    lines: order.lines.map(showLine),
    discounts: order.discounts.map(showDiscount),
    payments: order.payments.map(({ method, kind, amount }) => ({ method, kind, amount })),
  }
}

function staffToJson(staff: PosStaff | undefined): OrderInFull['created_by'] {
  return staff ? { id: staff.id ?? null, name: staff.name ?? null } : null
}

/** Quantities are kept in thousandths. */
function showLine(line: PosLine): OrderInFull['lines'][number] {
  return {
    id: line.id,
    product_id: line.product_id,
    sku: line.sku ?? null,
    category_id: line.category_id ?? null,
    name: line.name,
    name_ar: line.name_ar ?? null,
    quantity: line.quantity / 1000,
    status: line.status,
    total_incl_tax: line.total_incl_tax,
    total_excl_tax: line.total_excl_tax,
    options: line.options.map((option) => ({ ...option, quantity: option.quantity / 1000 })),
  }
}

function showDiscount({ amount, reason, code }: PosDiscount): OrderInFull['discounts'][number] {
  return { amount, reason, code: code ?? null }
}
