// Which stamps fill which card: a pure function of when they were earned and when they expire, as
// if every order had been known in time.
import { assert } from '../../kernel/assert.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import { byAge, type Lot, type LotUnits } from '../../ledger/lots.ts'

/** The units of a lot that are on no used award, expired or not. */
export interface Stamps {
  readonly lot: Lot
  readonly units: number
}

/** A filled card; the fields are those of `Award`. */
export interface Filling {
  readonly version: number
  readonly goal: number
  readonly lots: readonly LotUnits[]
  readonly wonAt: EpochMs
  readonly status: 'won'
}

/**
 * The maximum of unused awards of a customer and program, and of stamps on them (one card may have
 * more). Every change reopens and fills all of them: without a limit, one order of a million items
 * would create an award, a row and a movement for each goal, and each later order would load them
 * again. Further stamps stay in the balance and fill the next card when an award is used.
 */
export const MOST_UNUSED_CARDS = 100
export const MOST_STAMPS_ON_CARDS = 10_000

/**
 * Processes the stamps by the time from which they can fill a card. Expired stamps are dropped at
 * each step; as soon as the waiting stamps suffice, the oldest fill a card. `waiting`: valid stamps
 * at `now` that could fill a card beyond the limit; else 0.
 */
export function fillCards(
  stamps: readonly Stamps[],
  terms: { goalOf(version: number): number },
  now: EpochMs,
): { full: Filling[]; waiting: number } {
  const full: Filling[] = []
  let onCards = 0
  let waiting: Stamps[] = []
  const coming = [...stamps].sort((a, b) => goodFrom(a) - goodFrom(b) || byAge(a.lot, b.lot))
  for (const [index, one] of coming.entries()) {
    waiting = joined(waiting, one)
    for (;;) {
      const version = waiting[0]?.lot.version
      if (version === undefined) break
      const goal = terms.goalOf(version)
      assert(goal > 0, `a card's goal of ${goal}`)
      if (total(waiting) < goal) break
      if (full.length === MOST_UNUSED_CARDS || (full.length > 0 && onCards + goal > MOST_STAMPS_ON_CARDS)) {
        const left = [...waiting, ...coming.slice(index + 1)].filter((other) => isGood(other, now))
        return { full, waiting: total(left) >= goal ? total(left) : 0 }
      }
      const { taken, left, last } = take(waiting, goal)
      full.push({ version, goal, lots: taken, wonAt: last.occurredAt, status: 'won' })
      onCards += goal
      waiting = left
    }
  }
  return { full, waiting: 0 }
}

/**
 * The waiting stamps and one more that are still valid, oldest first. Usually the new one is the
 * youngest and nothing expires.
 */
function joined(waiting: Stamps[], one: Stamps): Stamps[] {
  const at = goodFrom(one)
  const good = waiting.every((other) => isGood(other, at)) ? waiting : waiting.filter((other) => isGood(other, at))
  if (!isGood(one, at)) return good
  const last = good.at(-1)
  good.push(one)
  return last && byAge(last.lot, one.lot) > 0 ? good.sort((a, b) => byAge(a.lot, b.lot)) : good
}

/** Pending stamps can fill a card when they are released. */
function goodFrom({ lot }: Stamps): EpochMs {
  return Math.max(lot.occurredAt, lot.availableAt)
}

function isGood({ lot }: Stamps, at: EpochMs): boolean {
  return lot.expiresAt === null || lot.expiresAt > at
}

function total(stamps: readonly Stamps[]): number {
  return stamps.reduce((sum, { units }) => sum + units, 0)
}

/** The first `units` stamps, the remaining ones, and the lot of the last one taken. */
function take(stamps: readonly Stamps[], units: number): { taken: LotUnits[]; left: Stamps[]; last: Lot } {
  const taken: LotUnits[] = []
  let missing = units
  for (const [index, { lot, units: has }] of stamps.entries()) {
    const part = Math.min(has, missing)
    taken.push({ lotId: lot.id, units: part })
    missing -= part
    if (missing > 0) continue
    const rest = has - part
    return { taken, left: [...(rest > 0 ? [{ lot, units: rest }] : []), ...stamps.slice(index + 1)], last: lot }
  }
  throw new Error(`${missing} stamps are missing for a card`)
}
