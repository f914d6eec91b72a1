// Reads a Foodics order into the canonical order. Source: the Foodics API v5, order object and
// order webhooks.
import type { OrderStatus, PosBranch, PosLine, PosOrder } from '../../../../contract/pos-order.ts'
import type { EpochMs } from '../../../kernel/clock.ts'
import { currencyDigits } from '../../../kernel/money.ts'
import type { PosContext } from '../../integration.ts'
import { codeOf, enumCodeOf, idOf, type Json, objectOf, textOf } from '../../toolkit/clean.ts'
import { readCustomer } from '../../toolkit/customer.ts'
import { readOrigin } from '../../toolkit/exchange.ts'
import { isAbsent } from '../../toolkit/problems.ts'
import { MAX_ENTRIES, type Reader } from '../../toolkit/reader.ts'
import { staffOf } from '../../toolkit/staff.ts'
import { businessDay, readInstant, readTimeOfDay } from '../../toolkit/times.ts'
import { versionOf } from '../../toolkit/version.ts'
import { readBill, readPayments } from './bill.ts'
import { CHANNEL, GENDER, ORDER_STATUS, ORDER_STATUS_REMEDY, ORDER_TYPE } from './codes.ts'
import { type FoodicsLine, finishLine, readLines, rewardCodeOf } from './lines.ts'

export function readFoodicsOrder(
  order: Json,
  timestamp: EpochMs,
  context: PosContext,
  read: Reader,
  deleted: boolean,
): PosOrder | 'draft' | 'unknown_status' {
  const isDeleted = deleted || readInstant(order.deleted_at, 'UTC') !== null
  const own = readStatus(order, read)
  if (own === 'draft' || (own === 'unknown_status' && !isDeleted)) return own
  const stated = isDeleted || own === 'unknown_status' ? 'void' : own
  const digits = currencyDigits(context.currency)
  const id = read.id('/order/id', order.id)
  const branch = readBranch(order, read)
  const found = readLines(order, stated, read)
  expectGoods(order, read)
  const status = isLegacyVoid(order, stated, found) ? 'void' : stated
  const original = objectOf(order.original_order)
  const named = original && { pointer: '/order/original_order/id', value: original.id }
  const origin = readOrigin(named, { id, status, lines: found }, read)
  const joined = origin.original_pos_order_id === undefined ? joinedOrders(order, id, read) : []
  const times = readTimes(order, timestamp, read)
  const bill = readBill(order, { ...origin, status }, found, digits, read)
  const money = { digits, isDiscounted: bill.discounts.length > 0 }
  const lines = found.map((line, index) => finishLine(line, bill.lines[index] ?? { inclTax: 0, exclTax: 0 }, money))
  const { payments, tips } = readPayments(order, digits, context, read)
  const reference = textOf(order.reference)
  const type = readCode(order.type, ORDER_TYPE, read)
  const source = readCode(order.source, CHANNEL, read)
  return {
    pos_order_id: id,
    ...(reference && { reference }),
    ...origin,
    ...(joined.length > 0 && { joined_pos_order_ids: joined }),
    status,
    version: versionOf(times.updatedAt, timestamp, status),
    occurred_at: times.occurredAt,
    ...businessDay(
      read.date('/order/business_date', order.business_date),
      times.occurredAt,
      context.timezone,
      branch.day_ends_at,
    ),
    ...times.stated,
    ...(type && { order_type: type }),
    ...(source && { channel: source }),
    branch,
    ...staffOf(order.creator, order.closer),
    ...readCustomer(objectOf(order.customer), context, GENDER.get(codeOf(objectOf(order.customer)?.gender) ?? 0)),
    lines,
    discounts: bill.discounts,
    charges_incl_tax: bill.charges,
    tips,
    rounding: bill.rounding,
    gift_cards_sold: bill.giftCards,
    subtotal_excl_tax: bill.subtotal,
    total_incl_tax: bill.total,
    payments,
    refunds: [],
    reward_codes: rewardCodes(order, lines),
  }
}

/**
 * A number that Foodics may have added is unknown; any other value in place of a status is an
 * error.
 */
function readStatus(order: Json, read: Reader): OrderStatus | 'draft' | 'unknown_status' {
  const code = enumCodeOf(order.status)
  if (code === undefined) read.report('/order/status', order.status, ORDER_STATUS_REMEDY)
  return code === undefined ? 'initiated' : (ORDER_STATUS.get(code) ?? 'unknown_status')
}

/** The meaning of a number of an enumeration; undefined when the field has none. */
function readCode<T>(value: unknown, known: ReadonlyMap<number, T>, read: Reader): T | undefined {
  const code = enumCodeOf(value)
  const meaning = code === undefined ? undefined : known.get(code)
  if (code !== undefined && meaning === undefined) read.hasUnknown = true
  return meaning
}

/**
 * The orders that were joined into this one: IDs, or objects with an ID, or a single one without a
 * list.
 */
function joinedOrders(order: Json, id: string, read: Reader): string[] {
  const value = objectOf(objectOf(order.meta)?.foodics)?.joined_orders
  if (isAbsent(value)) return []
  const entries: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (entries.length > MAX_ENTRIES) read.report('/order/meta/foodics/joined_orders', value, 'fewer')
  const ids = entries.slice(0, MAX_ENTRIES).map((entry) => idOf(entry) ?? idOf(objectOf(entry)?.id))
  return [...new Set(ids.filter((one) => one !== undefined && one !== id))] as string[]
}

function readBranch(order: Json, read: Reader): PosBranch {
  const json = read.object('/order/branch', order.branch)
  const id = read.id('/order/branch/id', json.id)
  const nameAr = textOf(json.name_localized)
  const reference = textOf(json.reference)
  const dayEndsAt = readTimeOfDay(json.inventory_end_of_day_time)
  return {
    id,
    name: textOf(json.name) ?? reference ?? id,
    ...(nameAr && { name_ar: nameAr }),
    ...(reference && { reference }),
    ...(dayEndsAt && { day_ends_at: dayEndsAt }),
  }
}

/**
 * A list of products may be absent only where there are combos, charges or a gift card; an empty
 * list is always valid.
 */
function expectGoods(order: Json, read: Reader): void {
  const others = [order.combos, order.charges].some((list) => Array.isArray(list) && list.length > 0)
  if (isAbsent(order.products) && !others && objectOf(order.gift_card) === null) {
    read.report('/order/products', order.products, 'list')
  }
}

/** Cashier apps before 2021 voided an order by voiding its lines and closing it. */
function isLegacyVoid(order: Json, status: OrderStatus, lines: readonly FoodicsLine[]): boolean {
  const allVoided = lines.length > 0 && lines.every(({ line }) => line.status === 'voided')
  return status === 'paid' && allVoided && objectOf(order.gift_card) === null
}

interface Times {
  updatedAt: EpochMs
  occurredAt: EpochMs
  stated: Pick<PosOrder, 'opened_at' | 'closed_at'>
}

/** Foodics writes all times in UTC without a zone. */
function readTimes(order: Json, timestamp: EpochMs, read: Reader): Times {
  const at = (key: string) => read.instant(`/order/${key}`, order[key], 'UTC')
  const opened = at('opened_at')
  const closed = at('closed_at')
  return {
    updatedAt: at('updated_at') ?? timestamp,
    occurredAt: closed ?? opened ?? timestamp,
    stated: { ...(opened !== undefined && { opened_at: opened }), ...(closed !== undefined && { closed_at: closed }) },
  }
}

/** The reward of a voided line is voided as well. */
function rewardCodes(order: Json, lines: readonly PosLine[]): string[] {
  const codes = [rewardCodeOf(order), ...lines.map((line) => (line.status === 'voided' ? undefined : line.reward_code))]
  return [...new Set(codes.filter((code) => code !== undefined))]
}
