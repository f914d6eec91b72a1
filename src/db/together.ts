// A socket that sends everything written in one turn of the event loop with one system call, so
// that pipelined statements share it.
import { Socket } from 'node:net'

/**
 * The driver corks and uncorks the socket around each statement; it stays corked until the end of
 * the turn.
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
