// Turns an order of the standard shape into the canonical one.
import type { OrderStatus, PosBranch, PosOrder } from '../../../contract/pos-order.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import { currencyDigits, type Minor, prorate } from '../../kernel/money.ts'
import type { PosContext } from '../adapter.ts'
import { type Exact, MAX_EXACT, toMinor } from '../amounts.ts'
import { type Json, objectOf, textOf, wordOf } from '../clean.ts'
import { readCustomer } from '../customer.ts'
import { isExchange, readOrigin, soldTotal } from '../exchange.ts'
import { isAbsent } from '../problems.ts'
import type { Reader } from '../reader.ts'
import { isCounted, type Settled, settle } from '../settle.ts'
import { businessDateOf } from '../times.ts'
import { versionOf } from '../version.ts'
import { finishLine, readLines, type StandardLine } from './lines.ts'
import { readDiscounts, readPayments, readRefunds } from './money.ts'
import { ORDER_STATUS } from './words.ts'

export function readStandardOrder(
  order: Json,
  timestamp: EpochMs,
  context: PosContext,
  read: Reader,
  deleted: boolean,
): PosOrder | 'draft' {
  const told = readStatus(order, read)
  if (told === 'draft') return 'draft'
  const status = deleted ? 'void' : told
  const id = read.id('/order/id', order.id)
  const currency = readCurrency(order, read)
  const digits = currencyDigits(currency ?? context.currency)
  const at = (key: string) => read.instant(`/order/${key}`, order[key], context.timezone)
  const opened = at('opened_at')
  const closed = at('closed_at')
  const updated = at('updated_at') ?? timestamp
  const occurred = closed ?? opened ?? timestamp
  const found = readLines(order, status, read)
  const original = order.original_order_id
  const named = isAbsent(original) ? null : { pointer: '/order/original_order_id', value: original }
  const origin = readOrigin(named, { id, status, lines: found }, read)
  const { discounts, exact: discount, rewardCodes } = readDiscounts(order, digits, read)
  const bill = readBill(order, { ...origin, status }, found, { digits, discount }, read)
  const money = { digits, isDiscounted: discounts.length > 0 }
  const lines = found.map((line, index) => finishLine(line, bill.lines[index] ?? { inclTax: 0, exclTax: 0 }, money))
  const reference = textOf(order.reference)
  return {
    pos_order_id: id,
    ...(reference && { reference }),
    ...origin,
    status,
    version: versionOf(updated, timestamp, status),
    occurred_at: occurred,
    business_date:
      read.date('/order/business_date', order.business_date) ?? businessDateOf(occurred, context.timezone, undefined),
    ...(opened !== undefined && { opened_at: opened }),
    ...(closed !== undefined && { closed_at: closed }),
    ...(currency && { currency }),
    branch: readBranch(order, read),
    ...readCustomer(objectOf(order.customer)),
    lines,
    discounts,
    charges_incl_tax: 0,
    tips: 0,
    rounding: 0,
    gift_cards_sold: 0,
    subtotal_excl_tax: bill.subtotal,
    total_incl_tax: bill.total,
    payments: readPayments(order, digits, context, read),
    refunds: origin.kind === 'sale' ? readRefunds(order, lines, { digits, context, fallback: updated }, read) : [],
    reward_codes: rewardCodes,
  }
}

function readStatus(order: Json, read: Reader): OrderStatus | 'draft' {
  const status = ORDER_STATUS.get(wordOf(order.status) ?? '')
  if (status === undefined) read.report('/order/status', order.status, 'standardOrderStatus')
  return status ?? 'initiated'
}

function readCurrency(order: Json, read: Reader): string | undefined {
  if (isAbsent(order.currency)) return undefined
  const currency = textOf(order.currency)?.toUpperCase()
  if (currency !== undefined && /^[A-Z]{3}$/.test(currency)) return currency
  read.report('/order/currency', order.currency, 'currency')
  return undefined
}

function readBranch(order: Json, read: Reader): PosBranch {
  const json = read.object('/order/branch', order.branch)
  const id = read.id('/order/branch/id', json.id)
  return { id, name: textOf(json.name) ?? id }
}

/**
 * The subtotal is that of the lines before `discounts`, without tax: the share of tax that it shows is the share of every line.
 * A subtotal that is absent, or more than the lines with tax, shows no tax.
 */
function readBill(
  order: Json,
  nature: Pick<PosOrder, 'kind' | 'status' | 'original_pos_order_id'>,
  found: readonly StandardLine[],
  { digits, discount }: { digits: number; discount: Exact },
  read: Reader,
): Settled & { subtotal: Minor } {
  if (isExchange(nature)) return readExchangeBill(order, nature, found, { digits, discount }, read)
  const lines = found.map(({ line, price }) => ({ counted: isCounted(nature, line), price }))
  const withTax = lines.reduce((sum, line) => sum + (line.counted ? line.price : 0), 0)
  const total = read.requiredAmount('/order/total', order.total)
  const subtotal = isAbsent(order.subtotal) ? withTax : read.amount('/order/subtotal', order.subtotal)
  const withoutTax = (amount: Exact): Exact => (subtotal < withTax ? prorate(amount, subtotal, withTax) : amount)
  const bill = { digits, total, charges: 0, rounding: 0, giftCards: 0, discount, goodsExclTax: withoutTax(total) }
  const settled = settle(
    bill,
    lines.map((line) => ({ ...line, addedTax: 0, priceExclTax: withoutTax(line.price) })),
  )
  return { ...settled, subtotal: toMinor(subtotal, digits) }
}

/** As `total`, the subtotal of an exchange is of what was sold or of the difference; either shows the share of tax. */
function readExchangeBill(
  order: Json,
  nature: Pick<PosOrder, 'kind' | 'status'>,
  found: readonly StandardLine[],
  { digits, discount }: { digits: number; discount: Exact },
  read: Reader,
): Settled & { subtotal: Minor } {
  const sumOf = (counts: (line: StandardLine['line']) => boolean) =>
    found.reduce((sum, { line, price }) => sum + (counts(line) ? price : 0), 0)
  const sold = sumOf((line) => isCounted(nature, line))
  const givenBack = sumOf((line) => line.status === 'refunded')
  const stated = isAbsent(order.subtotal) ? sold : read.signedAmount('/order/subtotal', order.subtotal)
  const base = Math.abs(stated - (sold - givenBack)) < Math.abs(stated - sold) ? sold - givenBack : sold
  const isShare = stated * base >= 0 && Math.abs(stated) < Math.abs(base)
  const withoutTax = (amount: Exact): Exact => (isShare ? prorate(amount, Math.abs(stated), Math.abs(base)) : amount)
  const lines = found.map(({ line, price }) => {
    return { counted: isCounted(nature, line), price, addedTax: 0, priceExclTax: withoutTax(price) }
  })
  const bill = { digits, charges: 0, rounding: 0, giftCards: 0, discount }
  const told = read.requiredSignedAmount('/order/total', order.total)
  const { total } = soldTotal({ ...bill, total: told }, lines, givenBack)
  const settled = settle({ ...bill, total, goodsExclTax: withoutTax(total) }, lines)
  return { ...settled, subtotal: toMinor(withoutTax(Math.min(sold, MAX_EXACT)), digits) }
}
