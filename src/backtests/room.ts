// The room that the tested caps leave to a sale: what was really used, moved by what the tested
// definition gives more or less to earlier sales (pure).
import type { Definition } from '../../contract/program.ts'
import type { IsoDate } from '../kernel/clock.ts'
import type { CapRoom } from '../orders/sale-facts.ts'
import { capPeriods } from '../programs/caps.ts'
import type { Given } from './back-test.ts'

export interface RoomInputs {
  tested: Definition
  /** The version that assessed the sale; null when the program did not assess it. */
  actual: Definition | null
  /** The room that the sale found then; null when it had no such cap. */
  found: CapRoom | null
  businessDate: IsoDate
  /** Units of other sales of the customer on these days, both included. */
  usedBetween: (from: IsoDate, to: IsoDate) => Given
  /** Units of the program's budget that earlier sales took. */
  budgetUsed: Given
}

/** Null when the tested definition has no cap over several orders. */
export function testedRoom(inputs: RoomInputs): CapRoom | null {
  const { tested, actual, found, businessDate } = inputs
  const limitsThen = new Map(limitsOf(actual, businessDate).map(({ by, limit }) => [by, limit]))
  return limitsOf(tested, businessDate)
    .map(({ by, limit, from, to }): CapRoom => {
      const counted = from === null ? inputs.budgetUsed : inputs.usedBetween(from, to)
      const then = usedThen({ by, counted: counted.actual, limit: limitsThen.get(by) ?? null, found })
      return { by, units: Math.max(0, limit - (then + counted.tested - counted.actual)) }
    })
    .reduce<CapRoom | null>((least, room) => (least === null || room.units < least.units ? room : least), null)
}

/**
 * What the sale really found to be used. The pinned room is the truth where it tells: sales are
 * counted as they are now, and may have been returned since, or assessed in another sequence.
 */
function usedThen({
  by,
  counted,
  limit,
  found,
}: {
  by: CapRoom['by']
  counted: number
  limit: number | null
  found: CapRoom | null
}): number {
  if (limit === null || found === null) return counted
  // Room is never below 0, so an exhausted cap only tells that all of it was used.
  if (found.units === 0) return found.by === by ? Math.max(counted, limit) : counted
  const used = limit - found.units
  return found.by === by ? used : Math.min(counted, used)
}

interface Limit {
  by: CapRoom['by']
  limit: number
  /** Null for the budget, which has no period. */
  from: IsoDate | null
  to: IsoDate
}

function limitsOf(definition: Definition | null, businessDate: IsoDate): Limit[] {
  if (!definition || definition.type === 'subscription') return []
  const budget = definition.caps?.budget
  return [
    ...capPeriods(definition, businessDate).map(({ scope, ...period }) => ({ by: scope, ...period })),
    ...(budget === undefined ? [] : [{ by: 'budget' as const, limit: budget, from: null, to: businessDate }]),
  ]
}

/** Whether the definition limits what a customer earns over several orders. */
export function limitsCustomers(definition: Definition): boolean {
  return definition.type !== 'subscription' && definition.caps?.per_customer !== undefined
}
