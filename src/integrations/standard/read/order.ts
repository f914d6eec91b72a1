// Reads an order in the standard format into the canonical order.
import type { OrderStatus, PosBranch, PosOrder } from '../../../../contract/pos-order.ts'
import type { EpochMs } from '../../../kernel/clock.ts'
import { currencyDigits } from '../../../kernel/money.ts'
import type { PosContext } from '../../integration.ts'
import { toMinor } from '../../toolkit/amounts.ts'
import { type Json, objectOf, textOf } from '../../toolkit/clean.ts'
import { readCustomer } from '../../toolkit/customer.ts'
import { readOrigin } from '../../toolkit/exchange.ts'
import { isAbsent } from '../../toolkit/problems.ts'
import type { Reader } from '../../toolkit/reader.ts'
import { staffOf } from '../../toolkit/staff.ts'
import { businessDay } from '../../toolkit/times.ts'
import { versionOf } from '../../toolkit/version.ts'
import { readBeside, readBill } from './bill.ts'
import { finishLine, readLines } from './lines.ts'
import { readDiscounts, readPayments, readRefunds } from './money.ts'
import { ORDER_STATUS, ORDER_STATUS_REMEDY, statusWord } from './words.ts'

export function readStandardOrder(
  order: Json,
  timestamp: EpochMs,
  context: PosContext,
  read: Reader,
  deleted: boolean,
): PosOrder | 'draft' | 'unknown_status' {
  const own = readStatus(order, read)
  if (own === 'draft' || (own === 'unknown_status' && !deleted)) return own
  const status = deleted || own === 'unknown_status' ? 'void' : own
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
  const beside = { ...readBeside(order, read), digits, discount }
  const bill = readBill(order, { ...origin, status }, found, beside, read)
  const money = { digits, isDiscounted: discounts.length > 0 }
  const lines = found.map((line, index) => finishLine(line, bill.lines[index] ?? { inclTax: 0, exclTax: 0 }, money))
  const reference = textOf(order.reference)
  return {
    pos_order_id: id,
    ...(reference && { reference }),
    ...origin,
    status,
    version: versionOf(updated, timestamp, status, read.count('/order/version', order.version)),
    occurred_at: occurred,
    ...businessDay(read.date('/order/business_date', order.business_date), occurred, context.timezone, undefined),
    ...(opened !== undefined && { opened_at: opened }),
    ...(closed !== undefined && { closed_at: closed }),
    ...(currency && { currency }),
    branch: readBranch(order, read),
    ...staffOf(order.created_by, order.closed_by),
    ...readCustomer(objectOf(order.customer), context),
    lines,
    discounts,
    charges_incl_tax: bill.charges,
    tips: toMinor(beside.tips, digits),
    rounding: bill.rounding,
    gift_cards_sold: bill.giftCards,
    subtotal_excl_tax: bill.subtotal,
    total_incl_tax: bill.total,
    payments: readPayments(order, digits, context, read),
    refunds: origin.kind === 'sale' ? readRefunds(order, lines, { digits, context, fallback: updated }, read) : [],
    reward_codes: rewardCodes,
  }
}

/** An unknown word is an unknown status; any other value in place of a status is an error. */
function readStatus(order: Json, read: Reader): OrderStatus | 'draft' | 'unknown_status' {
  const word = statusWord(order.status)
  if (word === undefined) read.report('/order/status', order.status, ORDER_STATUS_REMEDY)
  return word === undefined ? 'initiated' : (ORDER_STATUS.get(word) ?? 'unknown_status')
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
