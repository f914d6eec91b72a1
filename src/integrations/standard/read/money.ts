// Reads the discounts, the payments and the refunds of an order in the standard format.
import type { PosDiscount, PosLine, PosPayment, PosRefund } from '../../../../contract/pos-order.ts'
import type { EpochMs } from '../../../kernel/clock.ts'
import type { PosContext } from '../../integration.ts'
import { type Exact, toMinor } from '../../toolkit/amounts.ts'
import { idOf, type Json, textOf, wordOf } from '../../toolkit/clean.ts'
import { paymentKind } from '../../toolkit/payments.ts'
import type { Entry, Reader } from '../../toolkit/reader.ts'
import { DISCOUNT_REASON, PAYMENT_KIND } from './words.ts'

/** Discounts of the whole order, their sum, and the codes of those that are rewards. */
export function readDiscounts(
  order: Json,
  digits: number,
  read: Reader,
): { discounts: PosDiscount[]; exact: Exact; rewardCodes: string[] } {
  const found = read.entries('/order/discounts', order.discounts).map(({ at, json }) => ({
    exact: read.amount(`${at}/amount`, json.amount),
    reason: DISCOUNT_REASON.get(wordOf(json.reason) ?? '') ?? ('other' as const),
    code: idOf(json.code),
  }))
  const codes = found.map(({ reason, code }) => (reason === 'loyalty_redemption' ? code : undefined))
  return {
    discounts: found
      .filter(({ exact }) => exact > 0)
      .map(({ exact, reason, code }) => ({ amount: toMinor(exact, digits), reason, ...(code && { code }) })),
    exact: read.sum(
      '/order/discounts',
      found.map(({ exact }) => exact),
    ),
    rewardCodes: [...new Set(codes.filter((code) => code !== undefined))],
  }
}

/**
 * `[{method, kind?, amount}]`: the kind is a word of the standard format, or follows from the name
 * of the method.
 */
export function readPayments(order: Json, digits: number, context: PosContext, read: Reader): PosPayment[] {
  return read.entries('/order/payments', order.payments).map(({ at, json }) => {
    const method = textOf(json.method)
    return {
      method: method ?? '',
      kind: PAYMENT_KIND.get(wordOf(json.kind) ?? '') ?? paymentKind({ names: [method] }, context.paymentKinds),
      amount: toMinor(read.signedAmount(`${at}/amount`, json.amount), digits),
    }
  })
}

interface RefundContext {
  digits: number
  context: PosContext
  /** The time of a refund without one. */
  fallback: EpochMs
}

/**
 * `[{id, amount, at?, lines?: [{line_id, quantity}]}]`: refunds of a POS that refunds without an
 * order of its own. A refund ID counts once: equal entries are one refund; entries with different
 * amounts or lines are invalid.
 */
export function readRefunds(order: Json, lines: readonly PosLine[], about: RefundContext, read: Reader): PosRefund[] {
  const known = new Set(lines.map((line) => line.id))
  const refunds = new Map<string, PosRefund>()
  for (const entry of read.entries('/order/refunds', order.refunds)) {
    const refund = readRefund(entry, known, about, read)
    const first = refunds.get(refund.id)
    if (refund.id === '' || !first) refunds.set(refund.id, refund)
    else refunds.set(refund.id, sameRefund(first, refund, entry, read))
  }
  return [...refunds.values()]
}

function readRefund({ at, json }: Entry, known: ReadonlySet<string>, about: RefundContext, read: Reader): PosRefund {
  const of = readRefundLines({ at, json }, known, read)
  return {
    id: read.id(`${at}/id`, json.id),
    amount_incl_tax: toMinor(read.requiredAmount(`${at}/amount`, json.amount), about.digits),
    occurred_at: read.instant(`${at}/at`, json.at, about.context.timezone) ?? about.fallback,
    ...(of.length > 0 && { lines: of }),
  }
}

/** One refund from two entries with the same ID; the entry with lines has more information. */
function sameRefund(first: PosRefund, again: PosRefund, { at, json }: Entry, read: Reader): PosRefund {
  if (first.amount_incl_tax !== again.amount_incl_tax) read.report(`${at}/amount`, json.amount, 'sameRefund')
  else if (first.lines && again.lines && JSON.stringify(first.lines) !== JSON.stringify(again.lines)) {
    read.report(`${at}/lines`, json.lines, 'sameRefund')
  }
  return first.lines ? first : { ...first, ...(again.lines && { lines: again.lines }) }
}

/** A refund of lines that the order does not have counts by its amount alone. */
function readRefundLines(
  { at, json }: Entry,
  known: ReadonlySet<string>,
  read: Reader,
): NonNullable<PosRefund['lines']> {
  return read
    .entries(`${at}/lines`, json.lines)
    .map((line) => ({
      line_id: idOf(line.json.line_id) ?? '',
      quantity: read.quantity(`${line.at}/quantity`, line.json.quantity),
    }))
    .filter(({ line_id }) => known.has(line_id))
}
