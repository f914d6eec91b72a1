// Records what was decided about sales in the rows of their orders (pure).
import type { Uuid } from '../kernel/ids.ts'
import { creditedTo } from '../orders/apply-snapshot.ts'
import { withoutWaiting } from '../orders/ceiling.ts'
import { isFree } from '../orders/family.ts'
import { withOwnFlags } from '../orders/own-flags.ts'
import type { SaleFacts } from '../orders/sale-facts.ts'
import type { OrderRow } from '../orders/store.ts'
import type { Assessment } from './assessments.ts'
import { pinnedBy } from './pinned-facts.ts'

/** The rows that differ from `rows` with what was decided. */
export function recordDecisions(assessments: readonly Assessment[], rows: ReadonlyMap<Uuid, OrderRow>): OrderRow[] {
  return assessments.flatMap((one) => {
    const row = rows.get(one.family.id)
    if (row?.kind !== 'sale') return []
    const decided = recordDecision(one, row)
    return isSame(decided, row) ? [] : [decided]
  })
}

function recordDecision(one: Assessment, row: OrderRow): OrderRow {
  const pinned = pinnedBy(one)
  const { terms, facts, reason } = one.decision
  const decided: OrderRow = {
    ...row,
    ...creditedTo(row, one.customer?.id ?? null),
    terms: terms ?? pinned?.terms ?? null,
    // A sale that does not count for now keeps what it was assessed by, in case it counts again.
    facts: withFree(terms === null ? withoutCarry(withoutWaiting(pinned?.facts ?? null)) : facts, isFree(one.family)),
    reason,
  }
  return { ...decided, flags: withOwnFlags(row.flags, decided) }
}

function isSame(a: OrderRow, b: OrderRow): boolean {
  return (
    (['customerId', 'terms', 'reason'] as const).every((field) => a[field] === b[field]) &&
    String(a.flags) === String(b.flags) &&
    JSON.stringify(a.facts) === JSON.stringify(b.facts)
  )
}

export function withFree(facts: SaleFacts | null, free: boolean): SaleFacts | null {
  if (free === (facts?.free ?? false)) return facts
  const { free: _was, ...rest } = facts ?? {}
  const now: SaleFacts = free ? { ...rest, free } : rest
  return Object.keys(now).length === 0 ? null : now
}

/** A sale that earns nothing leaves the carried fraction as it found it. */
export function withoutCarry(facts: SaleFacts | null): SaleFacts | null {
  if (!facts?.carry) return facts
  const carry = Object.fromEntries(
    Object.entries(facts.carry).map(([id, { in: found }]) => [id, { in: found, out: found }]),
  )
  return { ...facts, carry }
}
