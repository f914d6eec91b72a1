// The clock is passed as an argument, so that a test or a sandbox can move it.

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number

/** A calendar date, `YYYY-MM-DD`. The field that contains it says in which time zone. */
export type IsoDate = string

/**
 * Whether PostgreSQL can store the instant and return it unchanged: whole milliseconds in the years
 * 1 to 9999, less a day at both ends, so that its local date can be stored in every time zone.
 */
export function isStorableInstant(ms: EpochMs): boolean {
  return Number.isInteger(ms) && ms >= FIRST_STORABLE && ms < FIRST_UNSTORABLE
}

/** Whether the text is a calendar date, `YYYY-MM-DD` in the years 1 to 9999. */
export function isStorableDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text.startsWith('0000')) return false
  const ms = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)
}

const FIRST_STORABLE: EpochMs = Date.parse('0001-01-02T00:00:00Z')
const FIRST_UNSTORABLE: EpochMs = Date.parse('9999-12-31T00:00:00Z')

export interface Clock {
  now(): EpochMs
}

export const systemClock: Clock = { now: () => Date.now() }

/** A clock that moves only when it is set. For tests and sandboxes. */
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
