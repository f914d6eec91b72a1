// Units of an order above the ceilings of its programs: the decisions of staff, stored with the
// order, and its flag (pure).
import type { Actor } from '../../contract/actor.ts'
import type { OrderFlag } from '../../contract/order-flags.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { CeilingDecided, Waiting } from '../programs/ceiling.ts'

/** Column `ceiling` of an order's row; null if staff have made no decision. */
export interface OrderCeiling {
  /** The customer of the decision: it does not apply when the order is another customer's. */
  customer: Uuid
  programs: Record<Uuid, CeilingDecided>
  /** The latest decision. */
  last: CeilingDecision
}

export interface CeilingDecision {
  kind: 'released' | 'rejected'
  at: EpochMs
  by: Actor
}

/**
 * The ceiling after a decision on everything that waits: released units are granted, rejected ones
 * no longer wait. Units that a later snapshot adds wait again.
 */
export function decideCeiling(
  before: OrderCeiling | null,
  customer: Uuid,
  waiting: Record<Uuid, Waiting>,
  last: CeilingDecision,
): OrderCeiling {
  const decided = Object.entries(waiting).map(([programId, { units, granted, of }]) => {
    return [programId, { granted: last.kind === 'released' ? granted + units : granted, of }] as const
  })
  const known = before?.customer === customer ? before.programs : {}
  return { customer, programs: { ...known, ...Object.fromEntries(decided) }, last }
}

/** What staff decided for this customer in one program, as an argument of `evaluate`. */
export function decidedFor(
  ceiling: OrderCeiling | null,
  customerId: Uuid | null,
  programId: Uuid,
): { decided?: CeilingDecided } {
  const decided = ceiling?.customer === customerId ? ceiling?.programs[programId] : undefined
  return decided ? { decided } : {}
}

/** The part of a sale's facts with the waiting units. */
interface WithWaiting {
  waiting?: Record<Uuid, Waiting>
}

/** Whether staff released units between the two. */
export function isReleasedAfter(before: OrderCeiling | null, now: OrderCeiling | null): boolean {
  return now?.last.kind === 'released' && JSON.stringify(before) !== JSON.stringify(now)
}

/** The facts without the waiting units, which every assessment calculates again. */
export function withoutWaiting<F extends WithWaiting>(facts: F | null): Omit<F, 'waiting'> | null {
  if (!facts?.waiting) return facts
  const { waiting: _was, ...rest } = facts
  return Object.keys(rest).length === 0 ? null : rest
}

export function ceilingFlags(facts: WithWaiting | null): OrderFlag[] {
  return facts?.waiting ? ['above_ceiling'] : []
}
