// Makes up Foodics webhook bodies of any kind of order, in the keys and their order of real ones, for tests and simulations.

import { comboJson, lineJson, loyalty } from './fixture-lines.ts'
import { decimal, type PricedOrder, priceOrder } from './fixture-money.ts'
import { branch, customer, device, named, paymentMethod, user, vat } from './fixture-parts.ts'
import type { BodySpec, OrderSpec } from './fixture-spec.ts'

/**
 * A whole body. Without a spec: a drink for 24.00, its price on the option, tax included, closed at 2023-01-01 15:06:16 UTC
 * and paid in cash by Sample Customer 1. Ids follow from `reference`, so equal specs make equal bodies.
 */
export function foodicsBody(spec: BodySpec = {}) {
  const order = foodicsOrder(spec)
  return {
    timestamp: spec.timestamp ?? Date.parse(`${order.updated_at.replace(' ', 'T')}Z`) / 1000,
    event: spec.event ?? 'customer.order.created',
    business: { name: 'Sample Coffee', reference: 440810, ...spec.business },
    order,
  }
}

function foodicsOrder(spec: OrderSpec) {
  const sale = priceOrder(spec)
  const discountType = spec.discount ? (spec.discount.type ?? 1) : null
  const promotion = discountType === 5 ? named('_promo001', 'Sample Promotion', { type: 1, priority: 1 }) : null
  const closedAt = closingTime(spec, sale.status)
  return {
    branch: branch(),
    promotion,
    original_order: spec.returns ? { reference: 382546, status: 4, ...spec.returns } : null,
    table: null,
    creator: user(),
    closer: closedAt === null ? null : user(),
    driver: null,
    customer: spec.customer === null ? null : customer(spec.customer),
    customer_address: null,
    discount: discountType === 2 || discountType === 3 ? discountJson(sale) : null,
    tags: [],
    coupon: spec.discount?.couponCode ? named('_coup001', 'Sample Coupon', { code: spec.discount.couponCode }) : null,
    gift_card: spec.giftCard ? { id: '_gift001', amount: spec.giftCard, balance: spec.giftCard, code: 'SAMPLE' } : null,
    charges: sale.charges.map(chargeJson),
    payments: paymentsJson(spec, sale),
    products: sale.lines.map((line) => lineJson(line, sale)),
    combos: sale.combos.map((combo) => comboJson(combo, sale)),
    device: device(),
    id: sale.id,
    app_id: '8f7884c0-0000-4833-ba96-000000000001',
    promotion_id: promotion?.id ?? null,
    discount_type: discountType,
    reference_x: null,
    number: 1,
    type: spec.type ?? 1,
    source: spec.source ?? 1,
    status: sale.status,
    delivery_status: null,
    guests: 1,
    kitchen_notes: null,
    customer_notes: null,
    business_date: spec.businessDate ?? '2023-01-01',
    subtotal_price: decimal(sale.subtotal),
    discount_amount: decimal(sale.off),
    rounding_amount: spec.rounding ?? 0,
    total_price: decimal(sale.total),
    tax_exclusive_discount_amount: decimal(sale.net(sale.off)),
    delay_in_seconds: null,
    meta: {
      foodics: {
        device_id: device().id,
        receipt_qr: RECEIPT_QR,
        auto_closed: false,
        products_kitchen: [],
        ...(spec.joined !== undefined && { joined_orders: spec.joined }),
        ...loyalty(spec.discount),
      },
    },
    opened_at: spec.openedAt ?? '2023-01-01 14:53:57',
    accepted_at: null,
    due_at: null,
    driver_assigned_at: null,
    dispatched_at: null,
    driver_collected_at: null,
    delivered_at: null,
    closed_at: closedAt,
    created_at: '2023-01-01 15:07:05',
    updated_at: spec.updatedAt ?? '2023-01-01 15:07:05',
    reference: sale.reference,
    check_number: 100011,
  }
}

/** Seller, tax number, time, total and tax, as tax law has them on a receipt; the same sample on each. */
const RECEIPT_QR = 'AQ1TYW1wbGUgQ29mZmVlAg8zMDAwMDAwMDAwMDAwMDMDEzIwMjMtMDEtMDEgMTg6MDY6MTYEBTI0LjAwBQQzLjEz'

/** Pending, active and draft orders are not closed yet. */
function closingTime(spec: OrderSpec, status: number): string | null {
  if (spec.closedAt !== undefined) return spec.closedAt
  return [1, 2, 8].includes(status) ? null : '2023-01-01 15:06:16'
}

function chargeJson({ name, amount, net, tax }: PricedOrder['charges'][number]) {
  return {
    amount: decimal(amount),
    tax_exclusive_amount: decimal(net),
    charge: named('_char001', name, { type: 1, is_auto_applied: true, value: decimal(amount) }),
    taxes: [vat(decimal(tax), 15)],
  }
}

/** The closed order is paid in full; a return gives back, so its payments are negative; others have none yet. */
function paymentsJson(spec: OrderSpec, sale: PricedOrder) {
  const whole = sale.status === 4 ? sale.total : sale.status === 5 ? -sale.total : 0
  const payments = spec.payments ?? (whole === 0 ? [] : [{ amount: decimal(whole) }])
  return payments.map(({ amount, type = 1, name = 'Cash' }, index) => ({
    user: user(),
    payment_method: paymentMethod(type, name),
    meta: [],
    id: `${sale.id}-${index}`,
    amount,
    // A cashier is handed round money; what is over goes back as change.
    tendered: Math.ceil(amount),
    tips: index === 0 ? (spec.tips ?? 0) : 0,
    business_date: '2023-01-01',
    added_at: '2023-01-01 15:06:16',
  }))
}

function discountJson(sale: PricedOrder) {
  const rest = {
    qualification: 2,
    amount: decimal(sale.off),
    is_percentage: false,
    is_taxable: false,
    order_types: [1, 2],
  }
  return named('_disc001', 'Sample Discount', {
    ...rest,
    maximum_amount: null,
    reference: null,
    include_modifiers: true,
  })
}
