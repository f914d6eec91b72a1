// Writes a ticket as Foodics does: one webhook body, in the keys of real ones.
import type { Bill, Exact, Line, Ms, Payment, Shop, Ticket } from '../world/types.ts'
import { lineJson } from './foodics-lines.ts'
import {
  branchJson,
  customerJson,
  deviceJson,
  menuTimes,
  methodJson,
  named,
  taxJson,
  userJson,
} from './foodics-parts.ts'

export function foodicsBody(shop: Shop, ticket: Ticket) {
  const isFirst = ticket.state === 'draft' || ticket.state === 'open' || ticket.original !== null
  return {
    timestamp: Math.floor(ticket.sentAt / 1000),
    event: `customer.order.${ticket.event ?? (isFirst || ticket.number % 3 === 0 ? 'created' : 'updated')}`,
    // A number in orders, a string elsewhere.
    business: {
      name: shop.name,
      reference: /^[1-9]\d*$/.test(shop.reference) ? Number(shop.reference) : shop.reference,
    },
    order: orderJson(shop, ticket),
  }
}

function orderJson(shop: Shop, ticket: Ticket) {
  const { bill, branch, state } = ticket
  const isVoid = state === 'void'
  const discount = isVoid ? null : ticket.extras.discount
  const promotion =
    discount?.kind === 'promotion' ? named('_promo001', 'Sample Promotion', { type: 1, priority: 1 }) : null
  return {
    branch: branchJson(branch),
    promotion,
    original_order: ticket.original && { id: ticket.original.id, reference: ticket.original.number, status: 4 },
    table: null,
    creator: userJson(branch),
    closer: ticket.closedAt === null ? null : userJson(branch),
    driver: null,
    customer: ticket.customer && customerJson(ticket.customer),
    customer_address: null,
    discount:
      discount?.kind === 'predefined' || discount?.kind === 'coupon'
        ? named('_disc001', 'Sample Discount', { qualification: 2, is_percentage: false })
        : null,
    tags: [],
    coupon: discount?.kind === 'coupon' ? named('_coup001', 'Sample Coupon', { code: 'SAMPLE10' }) : null,
    gift_card:
      bill.giftCard > 0 && !isVoid
        ? { id: '_gift001', amount: decimal(bill.giftCard), balance: decimal(bill.giftCard), code: 'SAMPLE' }
        : null,
    charges: bill.charge.printed > 0 && !isVoid ? [chargeJson(shop, bill)] : [],
    payments: ticket.payments.map((payment, index) => paymentJson(shop, ticket, payment, index)),
    ...goodsJson(shop, ticket),
    device: deviceJson(branch),
    id: ticket.id,
    app_id: '8f7884c0-0000-4833-ba96-000000000001',
    promotion_id: promotion?.id ?? null,
    discount_type: discount && bill.discount > 0 ? DISCOUNT[discount.kind] : null,
    reference_x: null,
    number: ticket.number % 200,
    type: TYPE[ticket.type],
    source: SOURCE[ticket.channel],
    status: statusOf(ticket),
    delivery_status: null,
    guests: 1,
    kitchen_notes: null,
    customer_notes: null,
    business_date: ticket.businessDate,
    subtotal_price: isVoid ? 0 : decimal(bill.subtotalNet),
    discount_amount: isVoid ? 0 : decimal(bill.discount),
    rounding_amount: isVoid ? 0 : decimal(bill.rounding),
    total_price: isVoid ? 0 : decimal(bill.total),
    tax_exclusive_discount_amount: isVoid ? 0 : decimal(bill.discountNet),
    delay_in_seconds: null,
    // PHP writes an empty object as a list.
    meta:
      ticket.number % 5 === 0 && ticket.rewardCode === undefined && !ticket.joinedOrders
        ? []
        : { foodics: metaJson(ticket) },
    opened_at: utc(ticket.openedAt),
    accepted_at: null,
    due_at: null,
    driver_assigned_at: null,
    dispatched_at: null,
    driver_collected_at: null,
    delivered_at: null,
    closed_at: utc(ticket.closedAt),
    created_at: utc(ticket.openedAt),
    updated_at: utc(ticket.updatedAt),
    reference: ticket.number % 7 === 0 ? String(ticket.number).padStart(6, '0') : ticket.number,
    check_number: 100_000 + (ticket.number % 1000),
  }
}

function metaJson({ branch, rewardCode, joinedOrders }: Ticket) {
  const own = {
    device_id: deviceJson(branch).id,
    auto_closed: false,
    products_kitchen: [],
    ...(joinedOrders && { joined_orders: joinedOrders }),
  }
  return rewardCode === undefined ? own : { ...own, loyalty: { reward_code: rewardCode } }
}

const DISCOUNT = { open: 1, predefined: 2, coupon: 3, loyalty: 4, promotion: 5 } as const
const TYPE = { dine_in: 1, pick_up: 2, delivery: 3, drive_thru: 4, other: 9 } as const
const SOURCE = { cashier: 1, api: 2, call_center: 3, other: 9 } as const

/** An open order is pending or active, a void one void, declined or joined with another. */
function statusOf({ state, voidCode, number }: Ticket): number {
  if (state === 'void') return voidCode
  if (state === 'open') return number % 2 === 0 ? 1 : 2
  return { draft: 8, paid: 4, returned: 5, joined: 6 }[state]
}

function goodsJson(shop: Shop, ticket: Ticket) {
  const all = ticket.lines.map((line, index) => ({
    line,
    json: lineJson(shop, ticket, line, index, utc(ticket.closedAt)),
  }))
  const combos = [...new Set(ticket.lines.map(({ combo }) => combo))].filter((combo) => combo !== null)
  return {
    products: all.filter(({ line }) => line.combo === null).map(({ json }) => json),
    combos: combos.map((combo) =>
      comboJson(
        combo,
        all.filter(({ line }) => line.combo === combo),
      ),
    ),
  }
}

function comboJson(quantity: number, children: { line: Line; json: object }[]) {
  return {
    id: `combo-${children[0]?.line.id}`,
    quantity,
    discount_type: null,
    discount_amount: 0,
    combo_size: named('_combo001', 'Sample Combo Size', {
      combo: named('_combo002', 'Sample Combo', { sku: 'SKU-combo' }),
    }),
    products: children.map(({ json }) => ({ ...json, combo_option: named('_combo003', 'Sample Combo Option', {}) })),
  }
}

function chargeJson({ taxPercent }: Shop, { charge }: Bill) {
  return {
    amount: decimal(charge.printed),
    tax_exclusive_amount: decimal(charge.net),
    charge: named('_char001', 'Sample Service Charge', {
      type: 1,
      is_auto_applied: true,
      value: decimal(charge.printed),
    }),
    taxes: [taxJson(decimal(charge.tax), taxPercent)],
  }
}

function paymentJson({ digits }: Shop, ticket: Ticket, { kind, amount, tips }: Payment, index: number) {
  return {
    user: userJson(ticket.branch),
    payment_method: methodJson(kind),
    meta: [],
    id: `${ticket.id}-${index}`,
    amount: decimal(amount),
    // Customers pay cash in round amounts and get change.
    tendered: Math.ceil(decimal(amount)),
    tips: tips / 10 ** digits,
    business_date: ticket.businessDate,
    added_at: utc(ticket.closedAt),
    ...menuTimes(),
  }
}

function decimal(amount: Exact): number {
  return amount / 100_000
}

/** UTC without a zone. */
function utc(at: Ms): string
function utc(at: Ms | null): string | null
function utc(at: Ms | null): string | null {
  return at === null ? null : new Date(at).toISOString().slice(0, 19).replace('T', ' ')
}
