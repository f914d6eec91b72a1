// Generated stories of a shop: sales with their snapshots and returns, told as deliveries that may come in any order.
import fc from 'fast-check'
import type { PosOrder } from '../../contract/pos-order.ts'
import { type LineStory, orderOf } from '../support/orders.ts'

/** One sale: how it went on, and what was given back of it. */
export interface SaleStory {
  customer: number | null
  /** `off` is taken off the line, so that its pieces do not share it evenly. */
  lines: { pieces: number; price: number; off: number; hot: boolean; voided: boolean }[]
  /** The snapshots that the POS sent after the first one. */
  news: ('paid' | 'same' | 'void' | 'customer' | 'fewer' | 'initiated')[]
  /** For each return, how many pieces of each line, or an amount in parts of a thousand of the total. */
  returns: ({ pieces: number[] } | { share: number })[]
}

export const saleStory: fc.Arbitrary<SaleStory> = fc.record({
  customer: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 8 }),
  lines: fc.array(
    fc.record({
      pieces: fc.integer({ min: 1, max: 4 }),
      // What is kept of a piece of one halala may round to nothing, and goods that cost nothing earn no stamp.
      price: fc.integer({ min: 10, max: 6_000 }),
      off: fc.integer({ min: 0, max: 3 }),
      hot: fc.boolean(),
      voided: fc.constantFrom(false, false, false, true),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  news: fc.array(fc.constantFrom('paid', 'same', 'void', 'customer', 'fewer', 'initiated'), { maxLength: 3 }),
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

/** Every delivery of a story, in the order in which things happened. `name` keeps the stories of one shop apart. */
export function tell(story: readonly SaleStory[], name: string): PosOrder[] {
  return story.flatMap((sale, index) => tellSale(sale, `${name}-${index}`, index * 60, name))
}

export function phoneOf(name: string, customer: number): string {
  const digits = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9_000_000, 7)
  return `+9665${customer}${String(digits).padStart(7, '0')}`
}

function tellSale(sale: SaleStory, id: string, at: number, name: string): PosOrder[] {
  let lines: LineStory[] = sale.lines.map((line, index) => ({
    product: `p${index}`,
    category: line.hot ? '_7ad32937' : 'food',
    pieces: line.pieces,
    total: Math.max(1, line.pieces * line.price - line.off),
    ...(line.voided && { status: 'voided' as const }),
  }))
  let customer = sale.customer
  const snapshot = (status: PosOrder['status'], version: number) =>
    orderOf({ id, at, version, status, lines, phone: customer === null ? null : phoneOf(name, customer) })
  const orders = [snapshot('paid', 1)]
  sale.news.forEach((news, index) => {
    const version = index + 2
    if (news === 'customer') customer = ((customer ?? 0) % 3) + 1
    if (news === 'fewer')
      lines = lines.map((line, place) => (place === 0 ? { ...line, total: Math.ceil(line.total / 2) } : line))
    orders.push(snapshot(news === 'void' ? 'void' : news === 'initiated' ? 'initiated' : 'paid', version))
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
