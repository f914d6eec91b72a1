// Words the answer to a delivery, and repeats it for a repetition.
import type { OrderAnswer } from '../../contract/pos-answer.ts'
import { unitOf } from '../../contract/unit.ts'
import { answerIn } from '../archive/record.ts'
import { must } from '../kernel/assert.ts'
import { formatId, type Uuid } from '../kernel/ids.ts'
import type { Movement } from '../ledger/transfers.ts'
import type { SeenDelivery } from '../orders/delivery-store.ts'
import { summarise } from '../programs/movements.ts'
import type { BusinessPrograms } from '../programs/store.ts'
import { explain, type Why } from '../programs/why.ts'

export interface AnswerParts {
  eventId: Uuid
  result: OrderAnswer['result']
  reason: string | null
  order: { id: Uuid; posOrderId: string; status: string } | null
  customer: { id: Uuid; phone: string } | null
  movements: readonly Movement<Why>[]
  balances: readonly { programId: Uuid; available: number; pending: number }[]
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

/** An answer in which nothing moved: for deliveries that have no effect. */
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
