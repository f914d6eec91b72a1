// What a recording consists of: visits, each a list of requests that follow each other.

/** A line of the recording. Its requests are sent one after the other. */
export interface Recorded {
  /** ISO 8601 in the time zone of the shop. */
  at: string
  steps: Step[]
}

export type Step =
  /** An order in the standard format. `$code` stands for the code of the latest claim of the visit. */
  | { order: object }
  /** A claim of the customer with this phone: a reward or a program of the demo, by its key. */
  | { claim: { phone: string; pick: string; amount?: number } }
  /** The cashier redeems the code of the latest claim. */
  | { redeem: object }

const ZONE_MS = 3 * 3_600_000

/** Riyadh has no daylight saving time. */
export function isoTime(at: number): string {
  return `${new Date(at + ZONE_MS).toISOString().slice(0, 19)}+03:00`
}

export function isoDay(at: number): string {
  return new Date(at + ZONE_MS).toISOString().slice(0, 10)
}
