// Formats an erasure for the business API.
import { actorToJson } from '../../../../contract/actor.ts'
import type { Erasure } from '../../../../contract/api/privacy.ts'
import { formatId, type Uuid } from '../../../kernel/ids.ts'
import type { Ended, Erasure as ErasureRow } from '../../../privacy/erasure-store.ts'
import type { BusinessPrograms } from '../../../programs/store.ts'
import { formatInstant } from '../format.ts'
import { programToJson } from '../programs/programs-of.ts'

export function erasureToJson(erasure: ErasureRow, programs: BusinessPrograms): Erasure {
  const { id, customerId, merged, erasedAt, erasedBy, completedAt, ended } = erasure
  return {
    id: formatId('erasure', id),
    customer_id: formatId('customer', customerId),
    merged: merged.map((one) => formatId('customer', one)),
    status: completedAt === null ? 'searching' : 'completed',
    erased_at: formatInstant(erasedAt),
    erased_by: actorToJson(erasedBy),
    completed_at: formatInstant(completedAt),
    ended: endedToJson(ended, programs),
  }
}

export function endedToJson(
  { units, orders, claims, subscriptions, cards }: Ended,
  programs: BusinessPrograms,
): Erasure['ended'] {
  const balances = Object.entries(units).map(([programId, ended]: [Uuid, number]) => {
    return { ...programToJson(programs, programId), units: ended }
  })
  return { orders, claims, subscriptions, cards, balances }
}
