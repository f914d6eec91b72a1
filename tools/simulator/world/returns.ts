// Returns of a sale: some pieces, all of them, or an amount; as a separate ticket or within the
// sale.

import { calculateBill, scaleOf } from './prices.ts'
import type { Random } from './random.ts'
import type { Back, Bill, Exact, Line, Milli, Refund, Shop, Ticket } from './types.ts'

/**
 * One to three returns, each with its tickets; `slips` percent of them are voided again.
 */
export function giveBack(random: Random, shop: Shop, sale: Ticket, slips: number): Ticket[][] {
  const left = leftOf(sale)
  const count = random.weighted([
    [6, 1],
    [3, 2],
    [1, 3],
  ])
  const returns: Ticket[][] = []
  let at = sale.updatedAt
  for (let i = 0; i < count; i++) {
    // Many returns happen within the hour, so a sale that is sent late arrives after its return.
    at += random.int(5, random.chance(50) ? 60 : 900) * 60_000
    const ticket = makeReturn(random, shop, sale, left, at, sale.number * 10 + i)
    if (!ticket) break
    if (!random.chance(slips)) {
      returns.push([ticket])
      takeOut(left, ticket.back)
    } else if (random.chance(50)) {
      returns.push([ticket, { ...ticket, state: 'void', payments: [], updatedAt: at + random.int(1, 60) * 60_000 }])
    } else {
      returns.push([{ ...ticket, customer: null }, ticket])
      takeOut(left, ticket.back)
    }
  }
  return returns
}

/** Refunds within the ticket of the sale, as some POS systems send them. */
export function refundsWithin(random: Random, shop: Shop, sale: Ticket): Refund[] {
  const back = chooseBack(random, shop, sale, leftOf(sale))
  return back ? [{ ...back, id: random.uuid(), at: sale.updatedAt + 60_000 }] : []
}

/** The remaining quantity of each line, by position; 0 for a voided line. */
function leftOf({ lines, refunds }: Ticket): Milli[] {
  const left = lines.map((line) => (line.voided ? 0 : line.quantity))
  for (const refund of refunds) takeOut(left, refund)
  return left
}

function takeOut(left: Milli[], back: Back | null): void {
  for (const { line, quantity } of back?.lines ?? []) left[line] = (left[line] ?? 0) - quantity
}

function chooseBack(random: Random, shop: Shop, sale: Ticket, left: readonly Milli[]): Back | null {
  const open = left.flatMap((quantity, line) => (quantity > 0 ? [{ line, quantity }] : []))
  if (open.length === 0) return null
  const inAll = amountOf(shop, sale, open)
  if (inAll > 1 && random.chance(12)) return { lines: [], amount: random.int(1, inAll) }
  const chosen = random.chance(35) ? open : random.sample(open, random.int(1, open.length))
  const lines = chosen.map(({ line, quantity }) => ({
    line,
    quantity: random.chance(55) ? quantity : partOf(random, sale, line, quantity),
  }))
  return { lines, amount: amountOf(shop, sale, lines) }
}

/** Whole pieces, or a part of a weighed quantity. */
function partOf(random: Random, { lines }: Ticket, line: number, quantity: Milli): Milli {
  const step = lines[line]?.item.sold === 'weight' ? 50 : 1000
  return random.int(1, Math.max(1, Math.floor(quantity / step))) * step
}

function amountOf(shop: Shop, { bill, lines }: Ticket, back: Back['lines']): number {
  return back.reduce((sum, { line, quantity }) => {
    const billed = bill.lines[line]
    const sold = lines[line]?.quantity ?? 1
    return billed
      ? sum + Math.round((((billed.price - billed.off + billed.addedTax) / scaleOf(shop)) * quantity) / sold)
      : sum
  }, 0)
}

/** A separate ticket. Half of the tills repeat the line ids of the sale, half create new ones. */
function makeReturn(
  random: Random,
  shop: Shop,
  sale: Ticket,
  left: readonly Milli[],
  at: number,
  number: number,
): Ticket | null {
  const back = chooseBack(random, shop, sale, left)
  if (!back) return null
  const sameIds = random.chance(50)
  const lines = back.lines.flatMap(({ line, quantity }) => {
    const sold = sale.lines[line]
    return sold ? [returned(random, sold, quantity, sameIds)] : []
  })
  const bill = billOf(shop, sale, lines, back)
  return {
    ...sale,
    id: random.uuid(),
    number,
    state: 'returned',
    original: { id: sale.id, number: sale.number },
    customer: random.chance(80) ? sale.customer : null,
    openedAt: at - 60_000,
    closedAt: at,
    updatedAt: at + 1000,
    lines,
    bill,
    extras: { ...sale.extras, charge: 0, giftCard: 0, rounds: false },
    payments: bill.total === 0 ? [] : [{ kind: 'cash', amount: -bill.total, tips: 0 }],
    refunds: [],
    back,
  }
}

function returned(random: Random, sold: Line, quantity: Milli, sameIds: boolean): Line {
  return {
    ...sold,
    id: sameIds ? sold.id : random.uuid(),
    quantity,
    discount: Math.round((sold.discount * quantity) / sold.quantity),
    voided: false,
    combo: null,
  }
}

/** The discount of the order is returned in proportion. */
function billOf(shop: Shop, sale: Ticket, lines: readonly Line[], back: Back): Bill {
  if (lines.length === 0) return billOfAmount(shop, back.amount * scaleOf(shop))
  const whole = { discount: null, charge: 0, giftCard: 0, rounds: false }
  const goods = calculateBill(shop, lines, whole).lines.reduce((sum, { price }) => sum + price, 0)
  const sold = sale.bill.lines.reduce((sum, { price }, index) => sum + (sale.lines[index]?.voided ? 0 : price), 0)
  const { discount } = sale.extras
  if (!discount || sold === 0) return calculateBill(shop, lines, whole)
  const amount = Math.floor((sale.bill.discount / sold) * (goods / scaleOf(shop))) * scaleOf(shop)
  return calculateBill(shop, lines, { ...whole, discount: { kind: discount.kind, amount } })
}

function billOfAmount(shop: Shop, total: Exact): Bill {
  const net = Math.round((total * 100) / (100 + shop.taxPercent))
  const none = { printed: 0, net: 0, tax: 0, whole: 0 }
  return { lines: [], discount: 0, discountNet: 0, charge: none, giftCard: 0, rounding: 0, subtotalNet: net, total }
}
