// The progress of a long run: a bar with rate and remaining time on a terminal, plain lines
// otherwise.

export interface Screen {
  write(text: string): void
  isTerminal: boolean
}

/** `at` may be called often; it writes rarely. */
export class Progress {
  readonly #screen: Screen
  readonly #total: number
  readonly #what: string
  readonly #began = performance.now()
  #shown = Number.NEGATIVE_INFINITY

  constructor(screen: Screen, what: string, total: number) {
    this.#screen = screen
    this.#what = what
    this.#total = total
  }

  at(done: number): void {
    const now = performance.now()
    const isLast = done >= this.#total
    if (!isLast && now - this.#shown < (this.#screen.isTerminal ? 200 : 10_000)) return
    this.#shown = now
    const line = this.#line(done, (now - this.#began) / 1000)
    if (!this.#screen.isTerminal) this.#screen.write(`${line}\n`)
    else this.#screen.write(`\r${line}\u001b[K${isLast ? '\n' : ''}`)
  }

  #line(done: number, seconds: number): string {
    const rate = seconds > 0 ? done / seconds : 0
    const left = rate > 0 ? (this.#total - done) / rate : 0
    const share = this.#total > 0 ? done / this.#total : 1
    const numbers = `${done}/${this.#total}, ${Math.round(rate)}/s, ${done >= this.#total ? `took ${clock(seconds)}` : `${clock(left)} left`}`
    if (!this.#screen.isTerminal) return `${this.#what}: ${Math.floor(share * 100)} %, ${numbers}`
    const filled = Math.round(share * 28)
    return `${this.#what} ${'█'.repeat(filled)}${'░'.repeat(28 - filled)} ${numbers}`
  }
}

function clock(seconds: number): string {
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
