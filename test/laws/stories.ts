// Generated stories of a shop: sales with their snapshots and returns, as deliveries that can
// arrive in any order.
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import type { PosOrder } from '../../contract/pos-order.ts'
import { type LineStory, orderOf } from '../support/orders.ts'

/** One sale with its corrections and returns. */
export interface SaleStory {
  customer: number | null
  /** `off` is a discount of the line, which its pieces do not share evenly. */
  lines: { pieces: number; price: number; off: number; hot: boolean; voided: boolean }[]
  /**
   * The stamps of the snapshots after the first one: seconds after the previous one, and a version
   * number.
   */
  stamps: { seconds: number; number: number | null; created: boolean }[]
  /**
   * The snapshots that the POS sent after the first one. `plain` removes the exchange.
   */
  news: ('paid' | 'same' | 'void' | 'refunded' | 'customer' | 'fewer' | 'initiated' | 'plain')[]
  /** Pieces that the sale returns from another sale of the story, earlier, later, or itself. */
  exchange: { of: number; pieces: number[] } | null
  /**
   * For each return, how many pieces of each line, or an amount in parts of a thousand of the
   * total.
   */
  returns: ({ pieces: number[] } | { share: number })[]
}

export const saleStory: fc.Arbitrary<SaleStory> = fc.record({
  customer: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 8 }),
  lines: fc.array(
    fc.record({
      pieces: fc.integer({ min: 1, max: 4 }),
      // The remaining part of a piece of one halala can round to 0, and free goods earn no stamp.
      price: fc.integer({ min: 10, max: 6_000 }),
      off: fc.integer({ min: 0, max: 3 }),
      hot: fc.boolean(),
      voided: fc.constantFrom(false, false, false, true),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  news: fc.array(fc.constantFrom('paid', 'same', 'void', 'refunded', 'customer', 'fewer', 'initiated', 'plain'), {
    maxLength: 3,
  }),
  stamps: fc.array(
    fc.record({
      // A clock can stand still, go back, or be more than a year ahead.
      seconds: fc.constantFrom(1, 1, 1, 0, -2, 40_000_000),
      number: fc.option(fc.nat(2), { freq: 2 }),
      created: fc.boolean(),
    }),
    { minLength: 3, maxLength: 3 },
  ),
  exchange: fc.option(
    fc.record({
      of: fc.nat(4),
      pieces: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 3, maxLength: 3 }),
    }),
    { freq: 2 },
  ),
  returns: fc.array(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ pieces: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 3, maxLength: 3 }) }),
      },
      { weight: 1, arbitrary: fc.record({ share: fc.integer({ min: 1, max: 700 }) }) },
    ),
    { maxLength: 3 },
  ),
})

export const shopStory = fc.array(saleStory, { minLength: 1, maxLength: 5 })

/**
 * Every delivery of a story, in chronological order. `name` separates the stories of one shop.
 */
export function deliveriesOf(story: readonly SaleStory[], name: string): PosOrder[] {
  return story.flatMap((sale, index) => {
    const of = sale.exchange ? sale.exchange.of % story.length : index
    const given = sale.exchange && { id: `${name}-${of}`, lines: givenLines(story[of] ?? sale, sale.exchange.pieces) }
    return deliveriesOfSale(sale, `${name}-${index}`, index * 60, name, given)
  })
}

export function phoneOf(name: string, customer: number): string {
  const digits = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9_000_000, 7)
  return `+9665${customer}${String(digits).padStart(7, '0')}`
}

function soldLines(sale: SaleStory): LineStory[] {
  return sale.lines.map((line, index) => ({
    product: `p${index}`,
    category: line.hot ? '_7ad32937' : 'food',
    pieces: line.pieces,
    total: Math.max(1, line.pieces * line.price - line.off),
    ...(line.voided && { status: 'voided' as const }),
  }))
}

/** The returned lines of an exchange. */
function givenLines(from: SaleStory, wanted: readonly number[]): LineStory[] {
  return soldLines(from).flatMap(({ pieces: sold = 1, total, ...line }, place) => {
    const pieces = line.status === 'voided' ? 0 : Math.min(wanted[place] ?? 0, sold)
    return pieces === 0
      ? []
      : [{ ...line, pieces, total: Math.round((total * pieces) / sold), status: 'refunded' as const }]
  })
}

function deliveriesOfSale(
  sale: SaleStory,
  id: string,
  at: number,
  name: string,
  given: { id: string; lines: LineStory[] } | null,
): PosOrder[] {
  let lines = soldLines(sale)
  let exchange = given !== null && given.lines.length > 0 ? given : null
  let customer = sale.customer
  let version = 1
  const snapshot = (status: PosOrder['status'], stamp: { number?: number; created?: true }) =>
    orderOf({
      id,
      at,
      version,
      status,
      phone: customer === null ? null : phoneOf(name, customer),
      stamp,
      lines: [...lines, ...(exchange?.lines ?? [])],
      ...(exchange && namedBy(exchange.id, id, status)),
    })
  const orders = [snapshot('paid', {})]
  sale.news.forEach((news, index) => {
    const { seconds, number, created } = sale.stamps[index] ?? { seconds: 1, number: null, created: false }
    version += seconds
    const stamp = { ...(number !== null && { number }), ...(created && { created: true as const }) }
    if (news === 'customer') customer = ((customer ?? 0) % 3) + 1
    if (news === 'fewer')
      lines = lines.map((line, place) => (place === 0 ? { ...line, total: Math.ceil(line.total / 2) } : line))
    if (news === 'plain') exchange = null
    const next = snapshot(news === 'void' || news === 'refunded' || news === 'initiated' ? news : 'paid', stamp)
    // The hash decides between otherwise equal snapshots, and it depends on the names of a story.
    if (!orders.some((order) => isEquallyNew(order, next))) orders.push(next)
  })
  const returns = sale.returns.map((back, index) => {
    const given: LineStory[] =
      'share' in back
        ? []
        : lines.flatMap((line, place) => {
            const pieces = line.status === 'voided' ? 0 : Math.min(back.pieces[place] ?? 0, line.pieces ?? 1)
            return pieces === 0
              ? []
              : [{ product: line.product ?? '', pieces, total: Math.round((line.total * pieces) / (line.pieces ?? 1)) }]
          })
    const total = lines.reduce((sum, line) => sum + (line.status === 'voided' ? 0 : line.total), 0)
    const amount = 'share' in back ? Math.floor((total * back.share) / 1000) : undefined
    return orderOf({
      id: `${id}-r${index}`,
      at: at + 10 + index,
      returns: id,
      lines: given,
      phone: null,
      ...(amount !== undefined && { more: { total_incl_tax: amount } }),
    })
  })
  return [...orders, ...returns]
}

function isEquallyNew(a: PosOrder, b: PosOrder): boolean {
  return isDeepStrictEqual(a.version, b.version) && (a.customer === undefined) === (b.customer === undefined)
}

/**
 * Like the adapters: a voided or refunded order that names another one is its return. One that
 * names itself stays a sale.
 */
function namedBy(original: string, id: string, status: PosOrder['status']): { returns?: string; exchanges?: string } {
  return (status === 'void' || status === 'refunded') && original !== id
    ? { returns: original }
    : { exchanges: original }
}
