// How the business API shows what an order earns above the ceilings, and what staff decided on it.
import { actorToJson } from '../../../../contract/actor.ts'
import type { OrderInFull } from '../../../../contract/api/orders.ts'
import { formatId } from '../../../kernel/ids.ts'
import type { OrderRow } from '../../../orders/store.ts'
import { formatInstant } from '../format.ts'

export function waitingToJson({ facts }: OrderRow): OrderInFull['pending'] {
  return Object.entries(facts?.waiting ?? {}).map(([programId, { units, granted }]) => {
    return { program_id: formatId('program', programId), units, granted }
  })
}

export function decisionToJson({ ceiling }: OrderRow): OrderInFull['ceiling_decision'] {
  if (ceiling === null) return null
  const { kind, at, by } = ceiling.last
  return { kind, at: formatInstant(at), by: actorToJson(by).id, actor: actorToJson(by) }
}
