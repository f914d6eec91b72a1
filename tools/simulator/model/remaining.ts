// The remaining goods of a sale and what they cost, from the tickets of the sale and its returns.
import type { Back, Bill, Exact, Item, Milli, Minor, Shop, Story, Ticket } from '../world/types.ts'
import { divide, share } from './fraction.ts'

/** The remaining part of one valid line. */
export interface Remaining {
  item: Item
  quantity: Milli
  /**
   * The quantity without returned pieces. A refund by amount reduces no quantity, unless it refunds
   * everything.
   */
  pieces: Milli
  /** After all discounts, without the part paid with loyalty. */
  withTax: Minor
  withoutTax: Minor
  /** A reward was used on this line. */
  isMarked: boolean
}

/** The final state of a sale: the last ticket of each of its orders. */
export function truthOf({ orders }: Story): { sale: Ticket; returns: Ticket[] } {
  const [sale, ...returns] = orders.flatMap((tickets) => tickets.slice(-1))
  if (!sale) throw new RangeError('a story without a sale')
  return { sale, returns }
}

export function remainingOf(shop: Shop, sale: Ticket, returns: readonly Ticket[]): Remaining[] {
  const sold = soldOf(shop, sale)
  return lessLoyalty(shop, sale, sold, leftOf(sold, sale, returns))
}

/** Whether the remaining goods of a sale are free. Goods paid with loyalty are not free. */
export function isFree(shop: Shop, sale: Ticket, returns: readonly Ticket[]): boolean {
  return leftOf(soldOf(shop, sale), sale, returns).every(({ quantity, withTax }) => quantity === 0 || withTax <= 0)
}

/** After returns by piece and by amount. */
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

/** The valid lines with their cost, which sums exactly to that of the goods. */
function soldOf(shop: Shop, { lines, bill }: Ticket): Sold[] {
  const standing = lines.flatMap(({ item, quantity, voided, rewardCode }, position) => {
    const billed = bill.lines[position]
    return voided || !billed ? [] : [{ item, quantity, position, billed, isMarked: rewardCode !== undefined }]
  })
  const goods = goodsOf(shop, bill)
  // Where no tax is added, the order's discount keeps the exact proportions.
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

/** Charges, rounding and gift cards are not goods. */
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

/** A refund by amount reduces all goods in proportion, quantities included. */
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
 * The part paid with loyalty is a share of each sold line, and is subtracted from its remaining
 * part in proportion.
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
