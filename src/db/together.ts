// A socket that sends what is written in one turn of the event loop together: statements of a
// pipeline share one system call.
import { Socket } from 'node:net'

/**
 * The driver corks and uncorks around each statement; this one stays corked until the turn is over.
 */
export class TogetherSocket extends Socket {
  #waits = false

  override cork(): void {
    if (!this.#waits) {
      this.#waits = true
      super.cork()
      process.nextTick(() => {
        this.#waits = false
        super.uncork()
      })
    }
    super.cork()
  }
}
