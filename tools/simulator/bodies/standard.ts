// Writes a ticket in the standard format, for a POS without an adapter of its own.
import type { Exact, Line, Ms, Shop, Ticket } from '../world/types.ts'
import { METHODS } from './foodics-parts.ts'

export function standardBody(shop: Shop, ticket: Ticket) {
  return {
    timestamp: Math.floor(ticket.sentAt / 1000),
    event: ticket.event
      ? `order.${ticket.event}`
      : ticket.number % 2 === 0
        ? 'order.created'
        : 'customer.order.updated',
    business: { reference: shop.reference, name: shop.name },
    order: {
      id: ticket.id,
      reference: String(ticket.number),
      ...(ticket.original && { original_order_id: ticket.original.id }),
      status: STATUS[ticket.state],
      currency: shop.currency,
      updated_at: iso(ticket.updatedAt),
      ...(ticket.version !== undefined && { version: ticket.version }),
      opened_at: iso(ticket.openedAt),
      ...(ticket.closedAt !== null && { closed_at: Math.floor(ticket.closedAt / 1000) }),
      business_date: ticket.businessDate,
      branch: { id: ticket.branch.id, name: ticket.branch.name },
      customer: customerOf(ticket),
      products: ticket.lines.map((line, index) => productOf(shop, ticket, line, index)),
      subtotal: decimal(ticket.bill.subtotalNet),
      discounts: discountsOf(ticket),
      total: decimal(ticket.bill.total),
      payments: ticket.payments.map(({ kind, amount }) => ({
        method: METHODS[kind].name,
        kind,
        amount: decimal(amount),
      })),
      refunds: ticket.refunds.map(({ id, amount, at, lines }) => ({
        id,
        amount: amount / 10 ** shop.digits,
        at: iso(at),
        lines: lines.map(({ line, quantity }) => ({ line_id: ticket.lines[line]?.id, quantity: quantity / 1000 })),
      })),
    },
  }
}

const STATUS = {
  draft: 'draft',
  open: 'Initiated',
  paid: 'PAID',
  void: 'Void',
  returned: 'Refunded',
  joined: 'Void',
} as const

/**
 * Phone numbers as cashiers type them: with a leading 0, with spaces, or with the country code.
 */
function customerOf({ customer, number }: Ticket) {
  if (!customer) return null
  const { dialCode, national } = customer.phone
  const forms = [
    { dial_code: dialCode, phone: national },
    { dial_code: `+${dialCode}`, phone: `0${national}` },
    { dial_code: `00${dialCode}`, phone: `${national.slice(0, 2)} ${national.slice(2)}` },
  ]
  return { id: customer.id, name: customer.name, ...forms[number % forms.length], is_blacklisted: customer.blacklisted }
}

/** The unit price where it is exact, else the total of the line. */
function productOf(shop: Shop, { bill, state }: Ticket, line: Line, index: number) {
  const { item, quantity, discount } = line
  const isPlain = discount === 0 && item.sold === 'pieces'
  return {
    id: line.id,
    product_id: item.product,
    name: item.name,
    category_id: item.category,
    price: item.price / 10 ** shop.digits,
    quantity: quantity / 1000,
    ...(!isPlain && { total: decimal(bill.lines[index]?.price ?? 0) }),
    ...lineStatus(state, line),
  }
}

function lineStatus(state: Ticket['state'], { voided }: Line) {
  if (voided) return { status: 'Voided' }
  return state === 'paid' ? { status: 'Paid' } : {}
}

function discountsOf({ extras: { discount }, bill, rewardCode }: Ticket) {
  if (!discount || bill.discount === 0) return []
  const reason = {
    open: 'Other',
    predefined: 'Other',
    coupon: 'Coupon',
    loyalty: 'Loyalty Redemption',
    promotion: 'Promotion',
  }[discount.kind]
  const code = discount.kind === 'loyalty' ? rewardCode : discount.kind === 'coupon' ? 'SAMPLE10' : undefined
  return [{ amount: decimal(bill.discount), reason, ...(code !== undefined && { code }) }]
}

function decimal(amount: Exact): number {
  return amount / 100_000
}

function iso(at: Ms): string {
  return new Date(at).toISOString()
}
