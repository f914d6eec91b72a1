// A value that is loaded from the database and cached for a few seconds, however many callers
// request it at once.

export interface Recent<T> {
  /**
   * The value, loaded again when it is older than `ms`. Rejects when loading fails: an older value
   * is never returned instead.
   */
  notOlderThan(ms: number): Promise<T>
  /** Clears the cached value. */
  forget(): void
}

/**
 * Age counts from the start of loading, so that a change committed earlier is always seen.
 * `elapsed` returns milliseconds that only increase; the wall clock can be set back, and stands
 * still in tests.
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
