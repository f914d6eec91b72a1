// The time from a harm to the next success.
import { setTimeout as delay } from 'node:timers/promises'

/** Waits for the first success of a request that began after the call. */
export class Successes {
  #waiting: { since: number; resolve: (seconds: number) => void }[] = []

  next(seconds: number): Promise<number | null> {
    const since = performance.now()
    const success = new Promise<number>((resolve) => this.#waiting.push({ since, resolve }))
    return Promise.race([success, delay(seconds * 1000, null, { ref: false })])
  }

  note(sentAt: number): void {
    const now = performance.now()
    for (const { resolve, since } of this.#waiting) if (since <= sentAt) resolve((now - since) / 1000)
    this.#waiting = this.#waiting.filter(({ since }) => since > sentAt)
  }
}
