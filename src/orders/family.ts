// A sale with its returns: which snapshot is in force, and what remains of the sale (pure).
import type { OrderKind, OrderStatus, PosLine, PosOrder, SnapshotVersion } from '../../contract/pos-order.ts'
import type { EpochMs, IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { allocate, type Milli, type Minor, prorate } from '../kernel/money.ts'

/** The greatest snapshot seen of one POS order. */
export interface KnownOrder {
  id: Uuid
  /** The delivery that carried this snapshot. */
  deliveryId: Uuid
  kind: OrderKind
  status: OrderStatus
  /** The sale that it gives back from; a sale that has one is an exchange. */
  originalId: Uuid | null
  occurredAt: EpochMs
  /**
   * The branch's business day: as the POS states it, else by the branch's zone and the end of its
   * day when it was first assessed.
   */
  businessDate: IsoDate
  order: PosOrder
}

/** A sale and the orders that give back from it; it is assessed as a whole. */
export interface Family {
  id: Uuid
  /** Absent while only returns have arrived. */
  sale: KnownOrder | null
  /** Every order that names the sale: its returns, and the exchanges that gave back from it. */
  returns: KnownOrder[]
}

/** A line of the sale less what was returned of it. */
export interface RemainingLine {
  line: PosLine
  /** Reduced by money that is refunded without lines. */
  quantity: Milli
  /**
   * Sold less what came back as goods: money that is refunded without lines takes none of it,
   * unless it is all of the money.
   */
  pieces: Milli
  inclTax: Minor
  exclTax: Minor
}

/** What decides which snapshot of an order is the latest. */
export interface SnapshotKey {
  version: SnapshotVersion
  namesCustomer: boolean
  deliveryId: Uuid
}

export function snapshotKey(order: PosOrder, deliveryId: Uuid): SnapshotKey {
  return { version: order.version, namesCustomer: order.customer !== undefined, deliveryId }
}

/**
 * Total order of the snapshots of one order: negative when a is older than b. Equal only for the
 * same delivery. A snapshot without a number is older than any that has one, whatever their times
 * say: to compare times where one of two has no number would not be transitive.
 */
export function compareSnapshots(a: SnapshotKey, b: SnapshotKey): number {
  // A stored delivery may be read differently today; it is still the same snapshot.
  if (a.deliveryId === b.deliveryId) return 0
  return (
    (a.version.number ?? -1) - (b.version.number ?? -1) ||
    updatedAt(a.version) - updatedAt(b.version) ||
    a.version.updated_at - b.version.updated_at ||
    a.version.timestamp - b.version.timestamp ||
    a.version.rank - b.version.rank ||
    Number(a.version.created !== true) - Number(b.version.created !== true) ||
    Number(a.namesCustomer) - Number(b.namesCustomer) ||
    // The id holds the hash of the body.
    (a.deliveryId < b.deliveryId ? -1 : 1)
  )
}

/** Bounded by the receipt: with a clock that is ahead, later snapshots would always be older. */
function updatedAt({ updated_at, received_at }: SnapshotVersion): EpochMs {
  return Math.min(updated_at, received_at ?? updated_at)
}

/**
 * Whether the sale earns at all: it was paid, and the POS did not take the whole of it back under
 * the same id.
 */
export function counts(sale: KnownOrder | null): sale is KnownOrder {
  return sale !== null && sale.kind === 'sale' && sale.status === 'paid'
}

/**
 * Whether the order gives something back from the sale that it names: a return that stands, or an
 * exchange that stands. An exchange is a sale of its own; it gives back with its refunded lines,
 * and only while it is paid.
 */
export function givesBack(order: KnownOrder): boolean {
  if (order.kind === 'return') return order.status === 'refunded'
  return order.status === 'paid' && order.originalId !== null && order.order.lines.some(isRefunded)
}

/** The lines that an exchange gives back from the sale that it names; none of any other sale. */
export function givenBack(order: KnownOrder): PosLine[] {
  return givesBack(order) && order.kind === 'sale' ? order.order.lines.filter(isRefunded) : []
}

/** Whether the sale stands and what remains of it costs nothing: it is no first order. */
export function isFree({ sale, returns }: Family): boolean {
  if (!counts(sale)) return false
  const whole = sale.order.refunds.length === 0 && !returns.some(givesBack)
  // Most sales: everything remains, and something of it costs.
  if (whole && sale.order.lines.some((line) => isSold(line) && line.total_incl_tax > 0)) return false
  return remainingLines(sale, returns).every(({ quantity, inclTax }) => quantity === 0 || inclTax <= 0)
}

/**
 * Whether nothing of the sale remains: everything that was sold has come back, or the order only
 * took things back.
 */
export function isReturned({ sale, returns }: Family): boolean {
  if (!sale) return false
  const tookBackOnly = givesBack(sale) && !sale.order.lines.some(isSold)
  if (tookBackOnly) return true
  if (!returns.some(givesBack) && sale.order.refunds.length === 0) return false
  return remainingLines(sale, returns).every((line) => line.quantity === 0)
}

/**
 * What remains of each line that counts: sold less returned. The result depends on the set of
 * returns alone, not on the order in which they came: lines are matched in the order of the
 * returns' own time and id, and amounts are taken pro rata from the sale.
 */
export function remainingLines(sale: KnownOrder, returns: readonly KnownOrder[]): RemainingLine[] {
  const sold = sale.order.lines.filter(isSold)
  const left = new Map(sold.map((line) => [line, line.quantity]))
  const known = new Map(sold.map((line) => [line.id, line]))
  const matching = matchingOf(sold)
  const valid = returns.filter(givesBack).sort(byTimeThenId)
  let amountOnly = 0
  for (const giveBack of valid) {
    const lines = returnedLines(giveBack)
    if (lines.length === 0 && giveBack.kind === 'return') amountOnly += goodsAmount(giveBack.order)
    for (const line of lines) {
      const strange = !matching.byProduct.has(line.product_id)
      // Goods that the sale does not know can only be taken by what they cost.
      if (strange) amountOnly += Math.max(0, line.total_incl_tax)
      else takeBack(line, matching, left)
    }
  }
  for (const refund of sale.order.refunds) {
    if (!refund.lines) amountOnly += refund.amount_incl_tax
    for (const { line_id, quantity } of refund.lines ?? []) {
      const line = known.get(line_id)
      if (line) left.set(line, Math.max(0, (left.get(line) ?? 0) - quantity))
    }
  }
  const remaining = sold.map((line) => remainder(line, left.get(line) ?? 0))
  return amountOnly > 0 ? takeAmount(remaining, amountOnly) : remaining
}

/**
 * Of a return every line that counts; of an exchange those that it marks, as the others are what it
 * sells.
 */
function returnedLines({ kind, order }: KnownOrder): PosLine[] {
  const given =
    kind === 'return' ? order.lines.filter((line) => line.status !== 'voided') : order.lines.filter(isRefunded)
  return given.filter((line) => line.quantity > 0)
}

function isSold({ status }: PosLine): boolean {
  return status === 'paid' || status === 'added'
}

function isRefunded({ status }: PosLine): boolean {
  return status === 'refunded'
}

function byTimeThenId(a: KnownOrder, b: KnownOrder): number {
  return a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : 1)
}

/**
 * What a return without lines gives back of the goods: its total less charges, rounding and cards.
 */
function goodsAmount(order: PosOrder): Minor {
  return Math.max(0, order.total_incl_tax - order.charges_incl_tax - order.rounding - order.gift_cards_sold)
}

/**
 * Finds the sold lines that a returned line gives back: the best match first (same line, then same
 * product, options and unit price, then same product and options, then same product), as many lines
 * as its quantity needs. The work grows with the lines that are sold and returned, not with their
 * product.
 */
function takeBack(returned: PosLine, matching: Matching, left: Map<PosLine, Milli>): void {
  const goods = goodsKey(returned)
  const own = matching.byId.get(returned.id)
  let wanted = returned.quantity
  for (const candidates of [
    own?.lines[0]?.product_id === returned.product_id ? own : undefined,
    matching.byPrice.get(priceKey(returned, goods)),
    matching.byGoods.get(goods),
    matching.byProduct.get(returned.product_id),
  ]) {
    if (candidates) wanted = takeFrom(candidates, wanted, left)
    if (wanted === 0) return
  }
}

/** Sold lines that are alike, in their order; those before `next` have nothing left. */
interface Candidates {
  lines: PosLine[]
  next: number
}

interface Matching {
  byId: Map<string, Candidates>
  byPrice: Map<string, Candidates>
  byGoods: Map<string, Candidates>
  byProduct: Map<string, Candidates>
}

function matchingOf(sold: readonly PosLine[]): Matching {
  const matching: Matching = { byId: new Map(), byPrice: new Map(), byGoods: new Map(), byProduct: new Map() }
  for (const line of sold) {
    const goods = goodsKey(line)
    // Ids are unlike each other within an order.
    put(matching.byId, line.id, line)
    put(matching.byPrice, priceKey(line, goods), line)
    put(matching.byGoods, goods, line)
    put(matching.byProduct, line.product_id, line)
  }
  return matching
}

function put(candidates: Map<string, Candidates>, key: string, line: PosLine): void {
  const known = candidates.get(key)
  if (known) known.lines.push(line)
  else candidates.set(key, { lines: [line], next: 0 })
}

/** What is still wanted after that. A line that has nothing left is never looked at again. */
function takeFrom(candidates: Candidates, wanted: Milli, left: Map<PosLine, Milli>): Milli {
  let missing = wanted
  for (; candidates.next < candidates.lines.length; candidates.next++) {
    const line = candidates.lines[candidates.next]
    if (!line) break
    const available = left.get(line) ?? 0
    const taken = Math.min(available, missing)
    left.set(line, available - taken)
    missing -= taken
    if (taken < available) break
  }
  return missing
}

/** Equal for the same product with the same options. */
function goodsKey(line: PosLine): string {
  const options = line.options.map((option) => `${option.id}×${option.quantity}`).sort()
  return JSON.stringify([line.product_id, ...options])
}

/** Equal for the same goods at the same price per piece, as a fraction in lowest terms. */
function priceKey({ total_incl_tax: total, quantity }: PosLine, goods: string): string {
  const common = gcd(Math.abs(total), quantity) || 1
  return `${total / common}/${quantity / common} ${goods}`
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b)
}

function remainder(line: PosLine, quantity: Milli): RemainingLine {
  if (line.quantity === 0 || quantity === line.quantity) {
    return { line, quantity, pieces: quantity, inclTax: line.total_incl_tax, exclTax: line.total_excl_tax }
  }
  return {
    line,
    quantity,
    pieces: quantity,
    inclTax: prorate(line.total_incl_tax, quantity, line.quantity),
    exclTax: prorate(line.total_excl_tax, quantity, line.quantity),
  }
}

/**
 * A refund that names no lines reduces every line pro rata to its amount, and the quantity with it.
 * The pieces stay with the customer until all of the money is refunded: a plan that was bought does
 * not end because of an apology of 10.00.
 */
function takeAmount(remaining: readonly RemainingLine[], amount: Minor): RemainingLine[] {
  const weights = remaining.map((part) => Math.max(0, part.inclTax))
  const total = weights.reduce((a, b) => a + b, 0)
  const cuts = allocate(Math.min(amount, total), weights)
  return remaining.map((part, index) => {
    const cut = cuts[index] ?? 0
    const pieces = amount >= total ? 0 : part.pieces
    if (cut === 0) return { ...part, pieces }
    const inclTax = part.inclTax - cut
    return {
      line: part.line,
      inclTax,
      exclTax: prorate(part.exclTax, inclTax, part.inclTax),
      quantity: Math.floor(prorate(part.quantity, inclTax, part.inclTax)),
      pieces,
    }
  })
}
