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
  /** Orders stored for the small and the large measurement of `--deep`; null leaves it out. */
  deep: { small: number; large: number } | null
  /** Told what is going on. */
  say: (line: string) => void
  /**
   * Aborted when somebody does not want to wait: then all that was started ends, and the promise
   * rejects.
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
