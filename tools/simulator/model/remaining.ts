// What the customer kept of a sale, and what it cost: from what the shop knows it sold and took
// back.
import type { Back, Bill, Exact, Item, Milli, Minor, Shop, Story, Ticket } from '../world/types.ts'
import { divide, share } from './fraction.ts'

/** What is kept of one line that stands. */
export interface Remaining {
  item: Item
  quantity: Milli
  /**
   * Without what was given back in pieces. Money that names no goods takes none, unless it takes
   * all of the money.
   */
  pieces: Milli
  /** After all discounts, without what was paid with loyalty. */
  withTax: Minor
  withoutTax: Minor
  /** A reward was taken off this very line. */
  isMarked: boolean
}

/** The truth of a sale: the last ticket of each of its orders. */
export function truthOf({ orders }: Story): { sale: Ticket; returns: Ticket[] } {
  const [sale, ...returns] = orders.flatMap((tickets) => tickets.slice(-1))
  if (!sale) throw new RangeError('a story without a sale')
  return { sale, returns }
}

export function remainingOf(shop: Shop, sale: Ticket, returns: readonly Ticket[]): Remaining[] {
  const sold = soldOf(shop, sale)
  return lessLoyalty(shop, sale, sold, leftOf(sold, sale, returns))
}

/** Whether what is kept of a sale costs nothing. What was paid with loyalty costs as well. */
export function isFree(shop: Shop, sale: Ticket, returns: readonly Ticket[]): boolean {
  return leftOf(soldOf(shop, sale), sale, returns).every(({ quantity, withTax }) => quantity === 0 || withTax <= 0)
}

/** Less what came back, in pieces and in money. */
function leftOf(sold: readonly Sold[], sale: Ticket, returns: readonly Ticket[]): Remaining[] {
  const backs = [
    ...returns.filter(({ state }) => state === 'returned').map(({ back }) => back),
    ...sale.refunds,
  ].filter((back) => back !== null)
  const kept = sold.map((line) => lessPieces(line, backs))
  const inMoney = backs.reduce((sum, { lines, amount }) => sum + (lines.length === 0 ? amount : 0), 0)
  return inMoney > 0 ? lessMoney(kept, inMoney) : kept
}

interface Sold extends Remaining {
  /** The line's position on the ticket. */
  position: number
}

/** The lines that stand, with what each cost: together exactly what the goods did. */
function soldOf(shop: Shop, { lines, bill }: Ticket): Sold[] {
  const standing = lines.flatMap(({ item, quantity, voided, rewardCode }, position) => {
    const billed = bill.lines[position]
    return voided || !billed ? [] : [{ item, quantity, position, billed, isMarked: rewardCode !== undefined }]
  })
  const goods = goodsOf(shop, bill)
  // Where no tax comes on top, the order's discount leaves the proportions as they are, to the last
  // fraction.
  const isPlain = standing.every(({ billed }) => billed.addedTax === 0)
  const withTax = divide(
    goods,
    standing.map(({ billed: { price, off, addedTax } }) => (isPlain ? price : price - off + addedTax)),
  )
  const net = Math.min(goods, minor(shop, bill.subtotalNet - bill.discountNet))
  const withoutTax = divide(
    net,
    standing.map(({ billed }) => billed.net),
  )
  return standing.map(({ item, quantity, position, isMarked }, index) => ({
    item,
    quantity,
    pieces: quantity,
    position,
    isMarked,
    withTax: withTax[index] ?? 0,
    withoutTax: withoutTax[index] ?? 0,
  }))
}

/** Charges, rounding and gift cards are no goods. */
function goodsOf(shop: Shop, { total, charge, rounding, giftCard }: Bill): Minor {
  return minor(shop, total) - minor(shop, charge.whole) - minor(shop, rounding) - minor(shop, giftCard)
}

function minor({ digits }: Shop, amount: Exact): Minor {
  return share(amount, 1, 10 ** (5 - digits))
}

function lessPieces({ position, ...line }: Sold, backs: readonly Back[]): Remaining {
  const back = backs
    .flatMap(({ lines }) => lines)
    .reduce((sum, one) => sum + (one.line === position ? one.quantity : 0), 0)
  const quantity = line.quantity - back
  return {
    ...line,
    quantity,
    pieces: quantity,
    withTax: share(line.withTax, quantity, line.quantity),
    withoutTax: share(line.withoutTax, quantity, line.quantity),
  }
}

/** An amount that names no goods takes from all of them, and the pieces shrink with the money. */
function lessMoney(kept: readonly Remaining[], amount: Minor): Remaining[] {
  const all = kept.reduce((sum, { withTax }) => sum + withTax, 0)
  if (amount >= all) {
    return kept.map((line) =>
      line.withTax > 0 ? { ...line, quantity: 0, pieces: 0, withTax: 0, withoutTax: 0 } : line,
    )
  }
  const cuts = divide(
    Math.min(amount, all),
    kept.map(({ withTax }) => withTax),
  )
  return kept.map((line, index) => {
    const rest = line.withTax - (cuts[index] ?? 0)
    if (rest === line.withTax) return line
    return {
      ...line,
      withTax: rest,
      withoutTax: share(line.withoutTax, rest, line.withTax),
      quantity: share(line.quantity, rest, line.withTax),
    }
  })
}

/**
 * What was paid with loyalty is a part of each line as it was sold, and comes off what is kept of
 * it in proportion.
 */
function lessLoyalty(shop: Shop, { payments }: Ticket, sold: readonly Sold[], kept: readonly Remaining[]): Remaining[] {
  const goods = sold.reduce((sum, { withTax }) => sum + withTax, 0)
  const paid = payments.reduce((sum, { kind, amount }) => sum + (kind === 'loyalty' ? minor(shop, amount) : 0), 0)
  const parts = divide(
    Math.min(paid, goods),
    sold.map(({ withTax }) => withTax),
  )
  return kept.map((line, index) => {
    const part = parts[index] ?? 0
    const whole = sold[index]?.withTax ?? 0
    if (part === 0) return line
    return {
      ...line,
      withTax: share(line.withTax, whole - part, whole),
      withoutTax: share(line.withoutTax, whole - part, whole),
    }
  })
}
