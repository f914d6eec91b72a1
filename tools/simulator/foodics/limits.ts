// What Foodics takes of calls: so many a minute, and longer blocks for who goes on regardless.
// Source: the Foodics API v5 documentation, "Rate limiting".

export interface Limits {
  /** Calls that a token may make in a minute. */
  perMinute: number
  /** More answers of 429 than this in 10 seconds block for a minute. */
  refusalsIn10s: number
  /** More answers of 401 and 403 than this in a minute block for an hour. */
  strangersPerMinute: number
}

export const FOODICS_LIMITS: Limits = { perMinute: 90, refusalsIn10s: 10, strangersPerMinute: 60 }

const SECOND_MS = 1_000

interface Account {
  since: number
  calls: number
  /** Instants of the last refusals. */
  refusals: number[]
  strangers: number[]
  blockedUntil: number
}

export type Verdict = { taken: true; remaining: number } | { taken: false; retryAfterS: number }

/** Counts by caller, on the clock that is passed in. */
export class Counter {
  readonly limits: Limits
  readonly #accounts = new Map<string, Account>()

  constructor(limits: Limits) {
    this.limits = limits
  }

  take(caller: string, now: number): Verdict {
    const account = this.#accountOf(caller, now)
    if (now < account.blockedUntil) return this.#refuse(account, now, account.blockedUntil)
    if (now - account.since >= 60 * SECOND_MS) Object.assign(account, { since: now, calls: 0 })
    if (account.calls >= this.limits.perMinute) return this.#refuse(account, now, account.since + 60 * SECOND_MS)
    account.calls += 1
    return { taken: true, remaining: this.limits.perMinute - account.calls }
  }

  /** An answer of 401 or 403 was given. */
  stranger(caller: string, now: number): void {
    const account = this.#accountOf(caller, now)
    account.strangers = [...account.strangers.filter((at) => now - at < 60 * SECOND_MS), now]
    if (account.strangers.length > this.limits.strangersPerMinute) account.blockedUntil = now + 3_600 * SECOND_MS
  }

  #refuse(account: Account, now: number, until: number): Verdict {
    account.refusals = [...account.refusals.filter((at) => now - at < 10 * SECOND_MS), now]
    if (account.refusals.length > this.limits.refusalsIn10s) {
      account.blockedUntil = Math.max(account.blockedUntil, now + 60 * SECOND_MS)
    }
    return {
      taken: false,
      retryAfterS: Math.max(1, Math.ceil((Math.max(until, account.blockedUntil) - now) / SECOND_MS)),
    }
  }

  #accountOf(caller: string, now: number): Account {
    const known = this.#accounts.get(caller)
    if (known) return known
    const fresh = { since: now, calls: 0, refusals: [], strangers: [], blockedUntil: 0 }
    this.#accounts.set(caller, fresh)
    return fresh
  }
}
