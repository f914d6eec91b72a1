// Load for a while: orders as fast as the servers answer, or at a fixed rate. Records every answer.
import { gapMs, type Percentiles, percentiles } from '../harness/statistics.ts'
import { type Answer, postRequest, Wire } from '../harness/wire.ts'
import type { Random } from '../simulator/world/random.ts'
import { type OrderToSend, type Outcomes, whyWrong } from './clients.ts'
import { TIMEOUT_MS } from './post.ts'

export interface Stretch {
  ports: readonly number[]
  token: string
  seconds: number
  next(): OrderToSend
  /** Collects the outcomes. */
  outcomes: Pick<Outcomes, 'acknowledged' | 'odd'>
}

/** The results of the orders, each sent once. */
export interface Stretched {
  sent: number
  acknowledged: number
  /** Acknowledged orders per second, from the first order to the last answer. */
  perSecond: number
  /** Latency of acknowledged orders, from the instant at which they were due. */
  ms: Percentiles
  /** Orders refused with 429 or 503 and `Retry-After`, by status. */
  refused: Record<string, number>
  /**
   * Orders refused without `Retry-After` or with another status, by status.
   */
  harsh: Record<string, number>
  /** Not answered within the time limit of a POS. */
  late: number
}

/**
 * Saturation: each connection sends its next order after the answer to the last.
 */
export async function saturate(stretch: Stretch, connections: number): Promise<Stretched> {
  const book = new Book(stretch)
  const ends = performance.now() + stretch.seconds * 1000
  await Promise.all(
    Array.from({ length: connections }, async (_, n) => {
      while (performance.now() < ends) await book.send(performance.now(), n)
    }),
  )
  return book.close()
}

/** Orders are due at random instants with this mean rate, whether or not the servers keep up. */
export async function pour(stretch: Stretch, perSecond: number, random: Random): Promise<Stretched> {
  const book = new Book(stretch)
  const began = performance.now()
  const ends = began + stretch.seconds * 1000
  const sent: Promise<void>[] = []
  let due = began
  await new Promise<void>((resolve) => {
    const clock = setInterval(() => {
      for (const now = performance.now(); due <= now && due < ends; ) {
        sent.push(book.send(due, sent.length))
        due += gapMs(perSecond, random.next() / 2 ** 32)
      }
      if (due < ends) return
      clearInterval(clock)
      resolve()
    }, 1)
  })
  await Promise.all(sent)
  return book.close()
}

class Book {
  #stretch: Stretch
  #idle: Wire[][]
  #began = performance.now()
  #times: number[] = []
  #result = { sent: 0, refused: {} as Record<string, number>, harsh: {} as Record<string, number>, late: 0 }

  constructor(stretch: Stretch) {
    this.#stretch = stretch
    this.#idle = stretch.ports.map(() => [])
  }

  /** Uses a free connection or opens a new one, so that no order waits for a connection. */
  send(due: number, number: number): Promise<void> {
    const { ports, token, next } = this.#stretch
    const server = number % ports.length
    const order = next()
    const idle = this.#idle[server] as Wire[]
    const wire = idle.pop() ?? new Wire(ports[server] as number)
    this.#result.sent += 1
    return new Promise((resolve) => {
      const late = setTimeout(() => wire.close(), TIMEOUT_MS)
      wire.send(postRequest('/pos/1.0.0/foodics/order', token, order.body), (answer) => {
        clearTimeout(late)
        this.#note(answer, order, due)
        if (wire.isOpen) idle.push(wire)
        resolve()
      })
    })
  }

  close(): Stretched {
    for (const wire of this.#idle.flat()) wire.close()
    const seconds = (performance.now() - this.#began) / 1000
    const acknowledged = this.#times.length
    return { ...this.#result, acknowledged, perSecond: acknowledged / seconds, ms: percentiles(this.#times) }
  }

  #note(answer: Answer | null, { orderId, reference }: OrderToSend, due: number): void {
    const { outcomes } = this.#stretch
    if (answer === null) {
      this.#result.late += 1
      return
    }
    const { status, head, body } = answer
    if (status === 200) {
      const strange = whyWrong({ status, text: body })
      if (strange) outcomes.odd.push(`order ${orderId}: ${strange}`)
      outcomes.acknowledged.set(orderId, reference)
      this.#times.push(performance.now() - due)
      return
    }
    const honest = (status === 429 || status === 503) && /^retry-after: *\d/im.test(head)
    const tally = honest ? this.#result.refused : this.#result.harsh
    tally[status] = (tally[status] ?? 0) + 1
  }
}
