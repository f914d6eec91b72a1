// Writes what was decided about a sale into the row of its order (pure).
import type { Uuid } from '../kernel/ids.ts'
import { creditedTo } from '../orders/apply-snapshot.ts'
import { withoutWaiting } from '../orders/ceiling.ts'
import { isFree } from '../orders/family.ts'
import { withOwnFlags } from '../orders/own-flags.ts'
import type { SaleFacts } from '../orders/sale-facts.ts'
import type { OrderRow } from '../orders/store.ts'
import type { Assessment } from './assessments.ts'
import { pinnedBy } from './pinned-facts.ts'

/** Writes each judgement into the row of its sale, and says which rows are other than before. */
export function recordDecisions(cases: readonly Assessment[], rows: Map<Uuid, OrderRow>): Uuid[] {
  return cases.flatMap((one) => {
    const row = rows.get(one.family.id)
    if (row?.kind !== 'sale' || !one.judgement) return []
    const pinned = pinnedBy(one)
    const { terms, facts, reason } = one.judgement
    const sealed: OrderRow = {
      ...row,
      ...creditedTo(row, one.customer?.id ?? null),
      terms: terms ?? pinned?.terms ?? null,
      // A sale that does not count for now keeps what it was judged by, in case it counts again.
      facts: withFree(terms === null ? withoutCarry(withoutWaiting(pinned?.facts ?? null)) : facts, isFree(one.family)),
      reason,
    }
    sealed.flags = withOwnFlags(row.flags, sealed)
    rows.set(row.id, sealed)
    const same = (['customerId', 'terms', 'reason'] as const).every((field) => sealed[field] === row[field])
    return same &&
      String(sealed.flags) === String(row.flags) &&
      JSON.stringify(sealed.facts) === JSON.stringify(row.facts)
      ? []
      : [row.id]
  })
}

export function withFree(facts: SaleFacts | null, free: boolean): SaleFacts | null {
  if (free === (facts?.free ?? false)) return facts
  const { free: _was, ...rest } = facts ?? {}
  const now: SaleFacts = free ? { ...rest, free } : rest
  return Object.keys(now).length === 0 ? null : now
}

/** A sale that gives nothing leaves of the carried fraction what it found. */
export function withoutCarry(facts: SaleFacts | null): SaleFacts | null {
  if (!facts?.carry) return facts
  const carry = Object.fromEntries(
    Object.entries(facts.carry).map(([id, { in: found }]) => [id, { in: found, out: found }]),
  )
  return { ...facts, carry }
}
