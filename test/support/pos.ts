// Support for tests of adapters: parsing, the laws of a canonical order, and edits of a body.
import assert from 'node:assert/strict'
import type { PosLine, PosOrder } from '../../contract/pos-order.ts'
import type { Integration, ParseOutcome, PosContext } from '../../src/integrations/integration.ts'
import { isCounted } from '../../src/integrations/toolkit/apportion.ts'

export const RIYADH: PosContext = { currency: 'SAR', timezone: 'Asia/Riyadh', country: 'SA' }

/**
 * The outcome of a body that was serialized as JSON. The body is frozen, because parsing must not
 * change it.
 */
export function outcomeOf(adapter: Integration, body: unknown, context = RIYADH): ParseOutcome {
  return adapter.read(freeze(JSON.parse(JSON.stringify(body))), context)
}

/** The order of a body that must be accepted; checks its laws. */
export function orderOf(adapter: Integration, body: unknown, context = RIYADH): PosOrder {
  const outcome = outcomeOf(adapter, body, context)
  assert.ok(outcome.kind === 'order', JSON.stringify(outcome))
  assertLaws(outcome.order)
  return outcome.order
}

/** The pointers of the errors of a body that must be refused. */
export function pointersOf(adapter: Integration, body: unknown): string[] {
  const outcome = outcomeOf(adapter, body)
  assert.ok(outcome.kind === 'invalid', JSON.stringify(outcome))
  return outcome.errors.map((error) => error.pointer)
}

/** A copy of the body with the value at a pointer replaced, or removed when it is undefined. */
export function edit(body: unknown, pointer: string, value: unknown): unknown {
  const copy: unknown = structuredClone(body)
  const keys = pointer.split('/').slice(1)
  const last = keys.pop()
  if (last === undefined) return value
  let target = copy
  for (const key of keys) target = Reflect.get(Object(target), key)
  if (value === undefined) Reflect.deleteProperty(Object(target), last)
  else Reflect.set(Object(target), last, value)
  return copy
}

/** The laws of every canonical order, whatever its body. */
export function assertLaws(order: PosOrder): void {
  assertMoney(order)
  const { kind, status, original_pos_order_id: original } = order
  if (kind === 'return') assert.notEqual(original, undefined, 'a return names its sale')
  if (kind === 'sale' && original !== undefined) {
    assert.ok(status === 'paid' || status === 'initiated', 'an exchange stands')
    assert.ok(
      order.lines.some((line) => line.status === 'refunded'),
      'an exchange marks what comes back',
    )
  }
  assert.notEqual(original, order.pos_order_id, 'no order gives back from itself')
  assert.equal(new Set(order.lines.map((line) => line.id)).size, order.lines.length, 'lines have ids of their own')
  assert.equal(new Date(`${order.business_date}T00:00:00Z`).toISOString().slice(0, 10), order.business_date)
  assert.deepEqual(order.version.rank, { initiated: 0, paid: 1, void: 2, refunded: 3, joined: 4 }[order.status])
  for (const instant of [order.occurred_at, order.version.updated_at, order.version.timestamp]) {
    assert.ok(Number.isSafeInteger(instant) && instant > 0)
  }
  const texts = order.lines.flatMap((line) => [
    line.name,
    line.name_ar ?? '',
    ...line.options.map((option) => option.name),
  ])
  for (const text of [...texts, order.branch.name, order.customer?.name ?? '', order.reference ?? '']) {
    assert.ok(text.length <= 200 && text.isWellFormed() && !/\p{Cc}/u.test(text), JSON.stringify(text))
  }
  for (const id of [order.pos_order_id, order.branch.id]) {
    assert.ok(id.length >= 1 && id.length <= 128 && id.isWellFormed() && !/\p{Cc}/u.test(id), JSON.stringify(id))
  }
  if (order.customer) assert.match(order.customer.phone, /^\+[1-9][0-9]{5,14}$/)
}

function assertMoney(order: PosOrder): void {
  const goods = order.total_incl_tax - order.charges_incl_tax - order.rounding - order.gift_cards_sold
  const counted = order.lines.filter((line) => isCounted(order, line))
  const sum = (of: (line: PosLine) => number) => counted.reduce((total, line) => total + of(line), 0)
  if (counted.length > 0)
    assert.equal(
      sum((line) => line.total_incl_tax),
      goods,
      'the lines sum to the goods',
    )
  assert.ok(sum((line) => line.total_excl_tax) <= goods, 'tax is never negative')
  assertAmounts([goods, order.total_incl_tax, order.charges_incl_tax, order.gift_cards_sold, order.subtotal_excl_tax])
  assertAmounts(order.discounts.map((discount) => discount.amount))
  const either = [order.rounding, order.tips, ...order.payments.map((payment) => payment.amount)]
  assertAmounts(either.map((amount) => Math.abs(amount)))
  for (const line of order.lines) {
    assertAmounts([line.quantity, line.total_incl_tax, line.total_excl_tax, line.discount])
    assertAmounts(line.options.flatMap((option) => [option.quantity, option.total_incl_tax]))
    const options = line.options.reduce((total, option) => total + option.total_incl_tax, 0)
    assert.ok(options <= line.total_incl_tax, 'options are part of their line')
  }
}

function assertAmounts(amounts: readonly number[]): void {
  for (const amount of amounts) assert.ok(Number.isInteger(amount) && amount >= 0 && amount <= 1e13, `${amount}`)
  assert.ok(!amounts.some((amount) => Object.is(amount, -0)), 'nothing is minus nothing')
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) freeze(part)
    Object.freeze(value)
  }
  return value
}
