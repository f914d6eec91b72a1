// What a list of events concerns: movements to count, and the orders, claims and customers to look
// at again (pure).
import type { Event } from '../events/event.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

export interface CountedMovement {
  readonly programId: Uuid
  readonly kind: string
  readonly debit: string
  readonly credit: string
  readonly units: number
  readonly occurredAt: EpochMs
}

export interface Concerned {
  readonly movements: CountedMovement[]
  /** Transfers that changed what a source earns, with their customers. */
  readonly earnings: { customerId: Uuid; id: Uuid }[]
  readonly orders: Set<Uuid>
  readonly claims: Set<Uuid>
  readonly customers: Set<Uuid>
  /** Customers all of whose orders may belong to somebody else now. */
  readonly moved: Set<Uuid>
}

export function concernedBy(events: readonly Event[]): Concerned {
  const all: Concerned = {
    movements: [],
    earnings: [],
    orders: new Set(),
    claims: new Set(),
    customers: new Set(),
    moved: new Set(),
  }
  for (const event of events) gather(all, event)
  return all
}

function gather(all: Concerned, event: Event): void {
  switch (event.type) {
    case 'movement.created':
      gatherMovement(all, event.subject, event.data)
      break
    case 'order.processed':
      all.orders.add(event.subject)
      break
    case 'reward.claimed':
    case 'reward.redeemed':
    case 'reward.restored':
    case 'reward.expired':
      all.claims.add(event.subject)
      break
    case 'customer.created':
    case 'customer.updated':
      all.customers.add(event.subject)
      break
    case 'customer.erased':
      gatherMoved(all, event.subject)
      break
    case 'customer.merged':
      gatherMoved(all, event.subject)
      all.customers.add(event.data.into)
  }
}

type Movement = Extract<Event, { type: 'movement.created' }>['data']

function gatherMovement(all: Concerned, id: Uuid, movement: Movement): void {
  const { program_id: programId, customer_id: customerId, kind, debit, credit, units, occurred_at } = movement
  all.movements.push({ programId, kind, debit, credit, units, occurredAt: occurred_at })
  if (kind === 'earn' || kind === 'reverse') all.earnings.push({ customerId, id })
}

function gatherMoved(all: Concerned, customerId: Uuid): void {
  all.customers.add(customerId)
  all.moved.add(customerId)
}
