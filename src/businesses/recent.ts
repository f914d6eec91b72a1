// A value loaded from the database and kept for a few seconds at most, however many callers ask for
// it at once.

export interface Recent<T> {
  /**
   * The value, loaded anew when it is older than `ms`. Rejects when loading fails: an older value
   * is never given instead.
   */
  notOlderThan(ms: number): Promise<T>
  /** The next caller loads anew. */
  forget(): void
}

/**
 * Age counts from the moment at which loading began, so that a change committed before is always
 * seen. `elapsed` gives milliseconds that only ever grow; the wall clock may be set back, and
 * stands still in tests.
 */
export function recent<T>(load: () => Promise<T>, elapsed: () => number = () => performance.now()): Recent<T> {
  let latest: { since: number; value: Promise<T> } | null = null
  return {
    notOlderThan(ms) {
      if (latest && elapsed() - latest.since <= ms) return latest.value
      const attempt = { since: elapsed(), value: load() }
      latest = attempt
      attempt.value.catch(() => {
        if (latest === attempt) latest = null
      })
      return attempt.value
    },
    forget() {
      latest = null
    },
  }
}
