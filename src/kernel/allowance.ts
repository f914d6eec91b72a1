// Rate limits: how much each key may use per minute (requests, bytes, failed attempts), and how
// long it must wait.

export interface Allowance {
  /**
   * Uses `amount` for the key and returns 0, or uses nothing and returns the milliseconds until it
   * is available. An amount above the whole allowance needs a full one.
   */
  take(key: string, amount?: number): number
  /** As `take`, without using anything. */
  waitMs(key: string, amount?: number): number
}

export interface AllowanceOptions {
  perMinute: number
  /** The maximum of keys in memory; beyond it, the least recently used are forgotten. */
  maxKeys?: number
  /** A monotonic clock in milliseconds; that of the process by default. */
  elapsed?: () => number
}

const WINDOW_MS = 60_000

/**
 * The allowance of a full minute can be used at once and refills evenly (the generic cell rate
 * algorithm). For each key one number is stored: the time at which its allowance is full again. A
 * key that was not used for a minute has a full allowance, so it can be forgotten: two maps
 * alternate.
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

/** Sums of fractions of a millisecond are inexact. */
const TOLERANCE_MS = 1e-3
