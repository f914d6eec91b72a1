// The outcomes of deliveries, counted by result, and the wrong answers.

export interface Counts {
  /** Number of requests, including torn and repeated ones. */
  requests: number
  /** Deliveries that were acknowledged. */
  acknowledged: number
  torn: number
  /** Requests repeated because there was no answer, or because LoyaPro asked for it. */
  retries: number
  results: Record<string, number>
  /** Milliseconds of each acknowledged request. */
  latencies: number[]
}

export function noCounts(): Counts {
  return { requests: 0, acknowledged: 0, torn: 0, retries: 0, results: {}, latencies: [] }
}

/** The time below which `share` of them lie. */
export function quantile(latencies: readonly number[], share: number): number {
  const sorted = [...latencies].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** A wrong answer of LoyaPro. */
export interface Oddity {
  what: string
  order: string
  detail: string
}
