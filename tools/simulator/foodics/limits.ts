// The rate limits of Foodics: calls per minute, and longer blocks for callers that continue.
// Source: the Foodics API v5 documentation, "Rate limiting".

export interface Limits {
  /** Calls that a token may make per minute. */
  perMinute: number
  /** More responses with 429 than this in 10 seconds block the caller for a minute. */
  refusalsIn10s: number
  /** More responses with 401 or 403 than this in a minute block the caller for an hour. */
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

/** Counts by caller, with the clock that is passed in. */
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

  /** A response was 401 or 403. */
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
