// Movements as an answer shows them: equal ones that follow each other are one, and a list never
// grows beyond its limit.
import type { Movement } from '../ledger/transfers.ts'
import type { Why } from './why.ts'

/** The most movements that one answer lists; the ledger has them all. */
export const MOST_MOVEMENTS = 100

/**
 * Joins movements that follow each other and say the same of several cards or lots, so that an
 * answer does not grow with what a request completes. `more` is the number of joined movements that
 * do not fit.
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

/** The one reason for both; null when they are two. */
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
