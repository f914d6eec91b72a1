// How much each key may use in a minute, and how long it has to wait when it has used it: requests,
// bytes, failed attempts.

export interface Allowance {
  /**
   * Takes `amount` for the key and gives 0, or takes nothing and gives the milliseconds after which
   * the same amount is there. An amount above the whole allowance is taken from a full one.
   */
  take(key: string, amount?: number): number
  /** As `take`, without taking anything. */
  waitMs(key: string, amount?: number): number
}

export interface AllowanceOptions {
  perMinute: number
  /** Keys that are remembered, at most; beyond that those unused for longest are forgotten. */
  maxKeys?: number
  /** Milliseconds that only ever grow; those of the process when not given. */
  elapsed?: () => number
}

const WINDOW_MS = 60_000

/**
 * A full minute's allowance can be used at once; it grows back evenly. For each key one number is
 * kept: the time at which its allowance is full again (the generic cell rate algorithm). Two maps
 * take turns, so that forgetting costs nothing: a key that was not used for a minute has a full
 * allowance whether it is remembered or not.
 */
export function createAllowance({
  perMinute,
  maxKeys = 50_000,
  elapsed = () => performance.now(),
}: AllowanceOptions): Allowance {
  let fullAt = new Map<string, number>()
  let before = new Map<string, number>()
  let turned = elapsed()

  const recall = (key: string, now: number) => {
    if (now - turned >= WINDOW_MS || fullAt.size >= maxKeys) {
      before = now - turned >= 2 * WINDOW_MS ? new Map() : fullAt
      fullAt = new Map()
      turned = now
    }
    return Math.max(now, fullAt.get(key) ?? before.get(key) ?? 0)
  }

  const costOf = (amount: number) => (Math.min(amount, perMinute) / perMinute) * WINDOW_MS

  return {
    take(key, amount = 1) {
      const now = elapsed()
      const next = recall(key, now) + costOf(amount)
      const wait = next - now - WINDOW_MS
      if (wait > TOLERANCE_MS) return Math.ceil(wait)
      fullAt.set(key, next)
      return 0
    },
    waitMs(key, amount = 1) {
      const now = elapsed()
      const wait = recall(key, now) + costOf(amount) - now - WINDOW_MS
      return wait > TOLERANCE_MS ? Math.ceil(wait) : 0
    },
  }
}

/** Fractions of a millisecond are added up inexactly. */
const TOLERANCE_MS = 1e-3
