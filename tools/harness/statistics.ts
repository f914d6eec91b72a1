// Percentiles, medians and random arrivals.

/** Milliseconds. */
export interface Percentiles {
  p50: number
  p95: number
  p99: number
  max: number
}

export function percentiles(times: readonly number[]): Percentiles {
  const sorted = Float64Array.from(times).sort()
  const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0, 2)
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

export function round(value: number, places: number): number {
  const scale = 10 ** places
  return Math.round(value * scale) / scale
}

/**
 * Milliseconds until the next random arrival with this mean rate; `uniform` is a random number from
 * 0 to below 1.
 */
export function gapMs(perSecond: number, uniform: number): number {
  return (-Math.log(1 - uniform) * 1000) / perSecond
}
