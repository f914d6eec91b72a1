// What came of the deliveries: counted by result, and what no LoyaPro should ever answer.

export interface Counts {
  /** Requests made, those that were torn and repeated included. */
  requests: number
  /** Deliveries that were acknowledged. */
  acknowledged: number
  torn: number
  /** Repeated because there was no answer, or because LoyaPro asked to come again. */
  retries: number
  results: Record<string, number>
  /** Milliseconds, of acknowledged requests. */
  latencies: number[]
}

export function noCounts(): Counts {
  return { requests: 0, acknowledged: 0, torn: 0, retries: 0, results: {}, latencies: [] }
}

/** The answer below which `share` of them lie. */
export function quantile(latencies: readonly number[], share: number): number {
  const sorted = [...latencies].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** Something that LoyaPro answered, and should not have. */
export interface Oddity {
  what: string
  order: string
  detail: string
}
