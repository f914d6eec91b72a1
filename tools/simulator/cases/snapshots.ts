// Cases of snapshots of one order: several in one second, wrong clocks, and versions that decide
// the order.
import type { Ticket } from '../world/types.ts'
import { type CaseContext, DAY, type Outcome } from './context.ts'
import { noonOf } from './expiry.ts'
import { points } from './model.ts'

/**
 * A ticket created without a customer, and updated with one in the same second: the customer earns.
 */
export async function playTie(context: CaseContext): Promise<Outcome> {
  const { random } = context
  const customer = context.person()
  const amount = random.int(1, 60) * 100
  const sale = context.sale({ customer, amount, at: noonOf(context, 1) })
  const isSameEvent = random.chance(30)
  const first: Ticket = { ...sale, customer: null, event: isSameEvent ? 'updated' : 'created' }
  await context.send([first, { ...sale, event: 'updated' }])
  const earned = points([{ at: 0, amount }])
  return { balances: [{ person: customer, available: { points: earned, sliding: earned } }] }
}

/**
 * A void that is stamped before its sale: it has no effect, unless its version is later or staff
 * apply it.
 */
export async function playEarlyVoid(context: CaseContext): Promise<Outcome> {
  const { random, shop, counterpart } = context
  const customer = context.person()
  const amount = random.int(1, 60) * 100
  const isVersioned = shop.pos === 'standard' && random.chance(50)
  const paid = context.sale({ customer, amount, at: noonOf(context, 1) })
  const back = random.int(1, 40) * 60_000
  const sale: Ticket = { ...paid, ...(isVersioned && { version: 1 }) }
  const early: Ticket = {
    ...paid,
    state: 'void',
    payments: [],
    updatedAt: paid.updatedAt - back,
    sentAt: paid.sentAt - back,
    ...(isVersioned && { version: 2 }),
  }
  await context.send([sale, early])
  const isApplied = !isVersioned && random.chance(30)
  if (isApplied) {
    const order = await orderOf(context, paid.id)
    await counterpart.api.post(`/orders/${order}/apply-void`, { reason: 'Sample reason' })
  }
  const earned = isVersioned || isApplied ? 0 : points([{ at: 0, amount }])
  return {
    balances: [{ person: customer, available: { points: earned, sliding: earned } }],
    flags: isVersioned || isApplied ? {} : { [paid.id]: ['void_before_sale'] },
  }
}

/**
 * A till whose clock is ahead, by minutes or by a year: the order counts at the time of its
 * receipt, and a later void takes effect.
 */
export async function playClockAhead(context: CaseContext): Promise<Outcome> {
  const { random, now } = context
  const customer = context.person()
  const amount = random.int(1, 60) * 100
  const ahead = random.pick([random.int(15, 300) * 60_000, random.int(2, 400) * DAY])
  const sale = context.sale({ customer, amount, at: now + ahead })
  await context.send([sale])
  const isVoided = random.chance(40)
  if (isVoided) {
    const at = Date.now() + 1000
    await context.send([{ ...sale, state: 'void', payments: [], updatedAt: at, sentAt: at }])
  }
  const earned = isVoided ? 0 : points([{ at: 0, amount }])
  return {
    balances: [{ person: customer, available: { points: earned, sliding: earned } }],
    flags: { [sale.id]: ['clock_ahead'] },
  }
}

/** The id of an order in LoyaPro. */
export async function orderOf({ counterpart: { api } }: CaseContext, posOrderId: string): Promise<string> {
  const { data } = await api.get<{ data: { id: string }[] }>(`/orders?pos_order_id=${encodeURIComponent(posOrderId)}`)
  const [order] = data
  if (!order) throw new Error(`order ${posOrderId} is not known`)
  return order.id
}
