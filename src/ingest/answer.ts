// Words the answer to a delivery, and gives it again for a repetition.
import type { OrderAnswer } from '../../contract/pos-answer.ts'
import { unitOf } from '../../contract/unit.ts'
import { answerIn } from '../archive/record.ts'
import type { KnownCustomer } from '../customers/enrol.ts'
import type { Assessment } from '../earning/assessments.ts'
import { must } from '../kernel/assert.ts'
import { formatId, type Uuid } from '../kernel/ids.ts'
import type { Movement } from '../ledger/transfers.ts'
import { type Change, familyIdOf } from '../orders/apply-snapshot.ts'
import type { Delivery } from '../orders/delivery.ts'
import type { DeliveryResult, SeenDelivery } from '../orders/delivery-store.ts'
import type { OrderRow } from '../orders/store.ts'
import { summarise } from '../programs/movements.ts'
import type { BusinessPrograms } from '../programs/store.ts'
import { explain, type Why } from '../programs/why.ts'
import type { ReconciledOrder } from '../rewards/reconcile/decide-orders.ts'

/** What a delivery led to. */
export interface Outcome {
  readonly delivery: Delivery
  readonly result: DeliveryResult
  readonly answer: OrderAnswer
  readonly orderId: Uuid | null
  /** As in the answer. */
  readonly customerId: Uuid | null
}

/** For a delivery that has no effect. */
export function ignored(delivery: Delivery, reason: string): Outcome {
  const answer = bareAnswer({ eventId: delivery.id, result: 'ignored', reason, order: null, customer: null })
  return { delivery, result: 'ignored', answer, orderId: null, customerId: null }
}

/** What a round decided. */
interface Decided {
  rows: ReadonlyMap<Uuid, OrderRow>
  programs: BusinessPrograms
  assessments: readonly Assessment[]
  redemptions: ReadonlyMap<Uuid, ReconciledOrder>
}

export function answerChange(change: Change, { rows, programs, assessments, redemptions }: Decided): Outcome {
  const { delivery, id, stale } = change
  const row = must(rows.get(id), 'the order')
  const own = assessments.filter((one) => one.cause === delivery.id)
  const main = own.find((one) => one.family.id === familyIdOf(row))
  const movements = [
    ...(stale ? [] : change.families.flatMap((family) => redemptions.get(family)?.movements ?? [])),
    ...own.filter(({ isOther }) => !isOther).flatMap((one) => one.movements),
    ...own.filter(({ isOther }) => isOther).flatMap((one) => one.movements),
  ]
  // A sale that was undone and now waits as a return of an unknown sale has moved what it was
  // worth.
  const waits = row.parked && movements.length === 0
  const result = stale ? 'stale' : waits ? 'parked' : 'processed'
  const reason = stale ? 'newer_snapshot_known' : waits ? 'original_order_unknown' : (main?.decision.reason ?? null)
  const order = { id, posOrderId: row.order.pos_order_id, status: row.status }
  const parts = { eventId: delivery.id, result, reason, order, customer: main?.customer ?? null } as const
  // An order that was not paid, and that moves nothing, would reveal a balance to anyone who names
  // a phone number.
  const balances = row.status === 'paid' || movements.length > 0 ? (main?.balances ?? []) : []
  const answer = result === 'processed' ? buildAnswer({ ...parts, movements, balances }, programs) : bareAnswer(parts)
  return { delivery, result, answer, orderId: id, customerId: parts.customer?.id ?? null }
}

export interface AnswerParts {
  eventId: Uuid
  result: OrderAnswer['result']
  reason: string | null
  order: { id: Uuid; posOrderId: string; status: string } | null
  customer: Pick<KnownCustomer, 'id' | 'phone'> | null
  movements: readonly Movement<Why>[]
  balances: Assessment['balances']
}

export function buildAnswer(parts: AnswerParts, programs: BusinessPrograms): OrderAnswer {
  const { currency } = programs.business
  const typeOf = (programId: Uuid) => must(programs.programs.get(programId), `program ${programId}`).type
  const named = (programId: Uuid) => {
    const type = typeOf(programId)
    return { program_id: formatId('program', programId), program_type: type, unit: unitOf(type, currency) }
  }
  const { listed, more } = summarise(parts.movements)
  return {
    ...bareAnswer(parts),
    movements: listed.map(({ programId, units, balance, why }) => {
      const setting = { type: typeOf(programId), currency }
      return {
        ...named(programId),
        units,
        balance,
        why: { en: explain(why, 'en', setting), ar: explain(why, 'ar', setting) },
      }
    }),
    balances: parts.balances.map(({ programId, available, pending }) => ({ ...named(programId), available, pending })),
    ...(more > 0 && { more_movements: more }),
  }
}

/** An answer in which nothing moved. */
export function bareAnswer(
  parts: Pick<AnswerParts, 'eventId' | 'result' | 'reason' | 'order' | 'customer'>,
): OrderAnswer {
  const { order, customer } = parts
  return {
    event_id: formatId('delivery', parts.eventId),
    result: parts.result,
    reason: parts.reason,
    order: order && { id: formatId('order', order.id), pos_order_id: order.posOrderId, status: order.status },
    customer: customer && { id: formatId('customer', customer.id), phone: customer.phone },
    movements: [],
    balances: [],
  }
}

/**
 * Returns the first answer again, with the result `duplicate` when the delivery was applied.
 * `record` is the delivery's archive record, unpacked.
 */
export function repeatAnswer(seen: SeenDelivery, record: Buffer): OrderAnswer {
  const first = answerIn(record, seen)
  return seen.result === 'processed' ? { ...first, result: 'duplicate' } : first
}
