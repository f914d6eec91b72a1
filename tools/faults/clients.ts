// The load during faults: points of sale that send orders, some of them twice, and tills that check
// and redeem codes. Records every answer.
import { setTimeout as delay } from 'node:timers/promises'
import { createBodies } from '../harness/bodies.ts'
import type { Code } from '../harness/codes.ts'
import { HttpClient } from '../harness/http-client.ts'
import type { Server } from '../harness/server.ts'
import type { World } from '../harness/world.ts'
import type { Random } from '../simulator/world/random.ts'
import { ATTEMPTS, isRetryable, isSuccess, post, TIMEOUT_MS } from './post.ts'
import { Successes } from './successes.ts'
import { openTills, type TillOutcomes } from './till.ts'

export interface Clients {
  /**
   * Seconds until the first 2xx answer to a request that begins from now on; null when there is
   * none within `seconds`.
   */
  nextSuccess(seconds: number): Promise<number | null>
  /**
   * Sends this many new orders of one business at once to one server, with the usual retries;
   * returns the number of orders that got a 429 at least once.
   */
  burst(count: number): Promise<number>
  /** Runs `work` while no request is in flight or sent. */
  whileQuiet<T>(work: () => Promise<T>): Promise<T>
  /** The outcomes so far; other senders add theirs. */
  readonly outcomes: Outcomes
  /** Resolves when no request is in flight. */
  stop(): Promise<Outcomes>
}

/** The outcomes of all requests. */
export interface Outcomes extends TillOutcomes {
  /** Orders answered with 2xx, by the POS's id, with the reference of their business. */
  acknowledged: Map<string, number>
  /** Wrong answers, in words. */
  odd: string[]
  /** Requests that had to be sent again, by status, `broken` or `late`. */
  refused: Record<string, number>
  /** Deliveries and calls that failed in all attempts. */
  givenUp: number
}

export interface OrderToSend {
  orderId: string
  reference: number
  body: Buffer
}

export interface LoadClients {
  /** Number of points of sale. */
  clients: number
  /** Milliseconds that each of them waits between two orders. */
  pauseMs: number
  random: Random
  /** Codes for the tills. */
  codes: readonly Code[]
}

const REPEATED_SHARE_PERCENT = 25
const TILLS = 3

export function startClients(
  world: World,
  servers: readonly Server[],
  { clients, pauseMs, random, codes }: LoadClients,
): Clients {
  const connect = (connections: number) =>
    servers.map(({ url }) => new HttpClient(url, { connections, timeoutMs: TIMEOUT_MS }))
  const usual = connect(clients * 2)
  const forBursts = connect(Number.POSITIVE_INFINITY)
  const outcomes: Outcomes = { acknowledged: new Map(), odd: [], refused: {}, givenUp: 0, spent: new Map() }
  const makeOrder = ordersOf(world.size, random.fork('orders'))
  const makeBurstOrder = ordersOf({ ...world.size, businesses: 1 }, random.fork('burst'))
  const recent: OrderToSend[] = []
  const successes = new Successes()
  const gate = new Gate()

  const sendUntilAnswered = async (call: string, body: Buffer | string, first: number, over = usual) => {
    let wasRefused = false
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const sentAt = performance.now()
      const answer = await post(over[(first + attempt) % over.length] as HttpClient, call, world.token, body)
      if (isSuccess(answer)) successes.note(sentAt)
      if (!isRetryable(answer)) return { answer, wasRefused }
      wasRefused ||= answer.status === 429 && answer.retryAfterMs !== undefined
      const why = answer.status === 0 ? answer.text : String(answer.status)
      outcomes.refused[why] = (outcomes.refused[why] ?? 0) + 1
      await delay(Math.min(answer.retryAfterMs ?? 250, 2_000))
    }
    outcomes.givenUp += 1
    return { answer: null, wasRefused }
  }
  const deliver = async (
    { orderId, reference, body }: OrderToSend,
    first: number,
    over?: HttpClient[],
  ): Promise<boolean> => {
    const { answer, wasRefused } = await sendUntilAnswered('order', body, first, over)
    const strange = answer && whyWrong(answer)
    if (strange) outcomes.odd.push(`order ${orderId}: ${strange}`)
    else if (answer) outcomes.acknowledged.set(orderId, reference)
    return wasRefused
  }
  const next = (own: Random): OrderToSend => {
    if (recent.length > 0 && own.chance(REPEATED_SHARE_PERCENT)) return own.pick(recent)
    const made = makeOrder()
    recent.push(made)
    if (recent.length > 200) recent.shift()
    return made
  }
  const client = async (number: number) => {
    const own = random.fork(`client ${number}`)
    // Each client starts with its own server; otherwise all would soon wait for a server that does
    // not answer.
    for (; await gate.open(); await delay(pauseMs)) await gate.count(deliver(next(own), number))
  }
  const tills = openTills(
    codes,
    async (call, body, first) => (await sendUntilAnswered(call, body, first)).answer,
    outcomes,
  )
  const cashier = async (number: number) => {
    const own = random.fork(`till ${number}`)
    for (; await gate.open(); await delay(100)) await gate.count(tills.visit(own))
  }
  const all = Promise.all([
    ...Array.from({ length: clients }, (_, number) => client(number)),
    ...Array.from({ length: TILLS }, (_, number) => cashier(number)),
  ])
  return {
    outcomes,
    nextSuccess: (seconds) => successes.next(seconds),
    async burst(size) {
      const sent = Array.from({ length: size }, () => deliver(makeBurstOrder(), 0, forBursts))
      return (await Promise.all(sent)).filter((wasRefused) => wasRefused).length
    },
    whileQuiet: (work) => gate.whileClosed(work),
    async stop() {
      gate.end()
      await all
      for (const client of [...usual, ...forBursts]) client.close()
      return outcomes
    },
  }
}

/** A source of new orders of random businesses of the world. */
export function ordersOf(size: World['size'], random: Random): () => OrderToSend {
  const bodies = createBodies(size, random.int(1, 1_000_000_000))
  return () => {
    const body = bodies.next(Date.now())
    const { order, business } = JSON.parse(body.toString())
    return { orderId: order.id, reference: business.reference, body }
  }
}

/**
 * The reason why an answer is wrong, or null. Every order is valid, so only `processed` and
 * `duplicate` are correct.
 */
export function whyWrong(answer: { status: number; text: string }): string | null {
  const { result } = isSuccess(answer) ? JSON.parse(answer.text) : { result: answer.text }
  return result === 'processed' || result === 'duplicate' ? null : `${answer.status} ${result}`
}

/** Lets clients work, pauses them, or ends them. */
class Gate {
  #ended = false
  #closed: Promise<unknown> | null = null
  #inside = new Set<Promise<unknown>>()

  /** Resolves with true when clients may work, and with false when they must end. */
  async open(): Promise<boolean> {
    while (this.#closed !== null) await this.#closed
    return !this.#ended
  }

  async count(work: Promise<unknown>): Promise<void> {
    this.#inside.add(work)
    await work.finally(() => this.#inside.delete(work))
  }

  async whileClosed<T>(work: () => Promise<T>): Promise<T> {
    const done = Promise.withResolvers<void>()
    this.#closed = done.promise
    try {
      // A client that has just passed the gate is not counted yet.
      await delay(0)
      await Promise.all(this.#inside)
      return await work()
    } finally {
      this.#closed = null
      done.resolve()
    }
  }

  end(): void {
    this.#ended = true
  }
}
