// Orders of the sample shop in the standard format: sales, voids and returns.
import type { Random } from '../simulator/world/random.ts'
import { type Line, totalOf } from './basket.ts'
import { type Branch, HOT, PLAN } from './menu.ts'
import type { Person } from './people.ts'
import { isoDay, isoTime } from './recording.ts'

export interface Sale {
  at: number
  branch: Branch
  lines: readonly Line[]
  person?: Person
  /** On the whole order, in halalas. */
  discount?: { amount: number; code: string }
}

const METHODS: readonly (readonly [weight: number, method: { method: string; kind: string }])[] = [
  [52, { method: 'mada', kind: 'card' }],
  [26, { method: 'Apple Pay', kind: 'card' }],
  [14, { method: 'Cash', kind: 'cash' }],
  [8, { method: 'Visa', kind: 'card' }],
]

/** Orders are numbered as they are made, day by day. */
let made = 0

export function orderOf(random: Random, { at, branch, lines, person, discount }: Sale) {
  made += 1
  const total = riyals(totalOf(lines) - (discount?.amount ?? 0))
  const cashier = random.pick(branch.cashiers)
  return {
    timestamp: isoTime(at + 2000),
    event: 'order.created',
    business: { reference: 'demo' },
    order: {
      id: `S-${100_000 + made}`,
      reference: String(made).padStart(5, '0'),
      status: 'Paid',
      closed_at: isoTime(at),
      business_date: isoDay(at - 5 * 3_600_000),
      branch: { id: branch.id, name: branch.name },
      closed_by: { id: cashier.toLowerCase().replaceAll(' ', '-'), name: cashier },
      ...(person && { customer: customerOf(person) }),
      products: lines.map(({ item, quantity }, index) => ({
        id: String(index + 1),
        product_id: item.id,
        name: item.name,
        category_id: item.category,
        price: riyals(item.price),
        quantity,
      })),
      ...(discount && {
        discounts: [{ amount: riyals(discount.amount), reason: 'Loyalty Redemption', code: discount.code }],
      }),
      total,
      payments: total === 0 ? [] : [{ ...random.weighted(METHODS), amount: total }],
    },
  }
}

export type Body = ReturnType<typeof orderOf>

export function customerOf({ name, phone }: Person) {
  return { name, dial_code: 966, phone: phone.slice(4) }
}

export function buyPlan(random: Random, { at, branch, person }: { at: number; branch: Branch; person: Person }): Body {
  return orderOf(random, { at, branch, person, lines: [{ item: PLAN, quantity: 1 }] })
}

/** The same order, cancelled by the cashier. */
export function voidOf(body: Body, at: number): object {
  const { order } = body
  return {
    ...body,
    timestamp: isoTime(at),
    event: 'order.updated',
    order: { ...order, status: 'Void', updated_at: isoTime(at) },
  }
}

/** One piece of the first line comes back. */
export function returnOf({ business, order }: Body, at: number, [first]: readonly Line[]): object {
  const price = riyals(first?.item.price ?? 0)
  const [product] = order.products
  return {
    timestamp: isoTime(at + 2000),
    event: 'order.created',
    business,
    order: {
      id: `R-${order.id.slice(2)}`,
      original_order_id: order.id,
      status: 'Refunded',
      closed_at: isoTime(at),
      business_date: isoDay(at - 5 * 3_600_000),
      branch: order.branch,
      closed_by: order.closed_by,
      ...(order.customer && { customer: order.customer }),
      products: [{ ...product, quantity: 1, status: 'Refunded' }],
      total: price,
    },
  }
}

/** What the customer certainly has from now on; returned orders are not counted. */
export function earn(person: Person, lines: readonly Line[], paid = totalOf(lines)): void {
  person.points += Math.floor(paid / 100)
  person.cashback += Math.floor((paid * 5) / 100)
  for (const { item, quantity } of lines) if (item.category === HOT) person.stamps += quantity
}

export function riyals(halalas: number): number {
  return halalas / 100
}
