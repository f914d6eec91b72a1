// What a list of events concerns: movements to count, and the orders, claims and customers to look
// at again (pure).
import type { RecordedEvent } from '../events/readers.ts'
import { parseId, type Uuid } from '../kernel/ids.ts'

export interface CountedMovement {
  readonly programId: Uuid
  readonly kind: string
  readonly debit: string
  readonly credit: string
  readonly units: number
  readonly occurredAt: string
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

export function concernedBy(events: readonly RecordedEvent[]): Concerned {
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

function gather(all: Concerned, { type, subject, data }: RecordedEvent): void {
  if (type === 'movement.created') gatherMovement(all, subject, data)
  if (type === 'order.processed') addId(all.orders, parseId('order', subject))
  if (type.startsWith('reward.')) addId(all.claims, parseId('claim', subject))
  if (!type.startsWith('customer.')) return
  const customer = parseId('customer', subject)
  addId(all.customers, customer)
  if (type === 'customer.created' || type === 'customer.updated') return
  addId(all.moved, customer)
  addId(all.customers, typeof data.into === 'string' ? parseId('customer', data.into) : null)
}

function gatherMovement(all: Concerned, subject: string, data: RecordedEvent['data']): void {
  const { program_id, customer_id, kind, debit, credit, units, occurred_at } = data
  const programId = parseId('program', String(program_id))
  const customerId = parseId('customer', String(customer_id))
  const id = parseId('transfer', subject)
  if (programId === null || customerId === null || id === null) return
  all.movements.push({
    programId,
    kind: String(kind),
    debit: String(debit),
    credit: String(credit),
    units: Number(units),
    occurredAt: String(occurred_at),
  })
  if (kind === 'earn' || kind === 'reverse') all.earnings.push({ customerId, id })
}

function addId(ids: Set<Uuid>, id: Uuid | null): void {
  if (id !== null) ids.add(id)
}
