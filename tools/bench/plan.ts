// What a benchmark shall do, and what it does when nothing else is said.

export interface Plan {
  businesses: number
  customersPerBusiness: number
  rounds: number
  /** Of each round of each server. */
  seconds: number
  halfSeconds: number
  /** Codes checked in a second beside half load, and as many redeemed. */
  tillCallsPerSecond: number
  warmUpSeconds: number
  connections: number
  /** False gives up safety against power failure: for the smoke test alone. */
  durable: boolean
  /** The folder in which the scratch folder is made; that of the system when not given. */
  under?: string
  /** Stored orders of the small and the large measurement of `--deep`; null skips it. */
  deep: { small: number; large: number } | null
  /** Called with each line of progress. */
  say: (line: string) => void
  /**
   * Aborting it stops everything that was started, and rejects the promise.
   */
  signal?: AbortSignal
}

export const USUAL: Omit<Plan, 'say'> = {
  businesses: 200,
  customersPerBusiness: 500,
  rounds: 5,
  seconds: 5,
  halfSeconds: 20,
  warmUpSeconds: 8,
  connections: 128,
  tillCallsPerSecond: 40,
  durable: true,
  deep: null,
}
