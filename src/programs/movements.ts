// Prepares movements for an answer: joins equal consecutive ones and limits the list.
import type { Movement } from '../ledger/transfers.ts'
import type { Why } from './why.ts'

/** The maximum number of movements in one answer; the ledger has all of them. */
export const MOST_MOVEMENTS = 100

/**
 * Joins consecutive movements that say the same about several cards or lots, so that the size of an
 * answer is limited. `more` is the number of joined movements beyond the limit.
 */
export function summarise(movements: readonly Movement<Why>[]): { listed: Movement<Why>[]; more: number } {
  const joined: Movement<Why>[] = []
  for (const movement of movements) {
    const last = joined.at(-1)
    const why = last && isAlike(last, movement) ? joinWhys(last.why, movement.why) : null
    if (last && why) joined[joined.length - 1] = { ...movement, units: last.units + movement.units, why }
    else joined.push(movement)
  }
  return { listed: joined.slice(0, MOST_MOVEMENTS), more: Math.max(0, joined.length - MOST_MOVEMENTS) }
}

function isAlike(a: Movement<Why>, b: Movement<Why>): boolean {
  return a.customerId === b.customerId && a.programId === b.programId && a.kind === b.kind
}

/** The common reason of both; null when the reasons differ. */
function joinWhys(a: Why, b: Why): Why | null {
  if (a.t === 'card_filled' && b.t === 'card_filled' && a.goal === b.goal) return { ...b, n: (a.n ?? 1) + (b.n ?? 1) }
  if (a.t === 'card_reopened' && b.t === 'card_reopened' && a.goal === b.goal) {
    return { ...b, n: (a.n ?? 1) + (b.n ?? 1) }
  }
  if (a.t === 'card_in_time' && b.t === 'card_in_time') return { ...b, u: a.u + b.u }
  if (a.t === 'expiry' && b.t === 'expiry' && a.d === b.d) return { ...b, u: a.u + b.u }
  if (a.t === 'pending_release' && b.t === 'pending_release' && a.d === b.d) return { ...b, u: a.u + b.u }
  return null
}
