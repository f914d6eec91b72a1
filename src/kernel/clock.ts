// Time as an argument: a clock is passed in, so a test or a sandbox can move it.

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number

/** A calendar date, `YYYY-MM-DD`, in whatever zone the field that carries it names. */
export type IsoDate = string

export interface Clock {
  now(): EpochMs
}

export const systemClock: Clock = { now: () => Date.now() }

/** A clock that stands still until it is moved. For tests and sandboxes. */
export class ManualClock implements Clock {
  #now: EpochMs

  constructor(start: EpochMs | string) {
    this.#now = typeof start === 'string' ? Date.parse(start) : start
  }

  now(): EpochMs {
    return this.#now
  }

  set(to: EpochMs | string): void {
    this.#now = typeof to === 'string' ? Date.parse(to) : to
  }

  advance(ms: number): void {
    this.#now += ms
  }
}
