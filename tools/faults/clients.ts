// Points of sale under whose load the faults happen: orders, sent twice at times, and codes at the
// till; each answer is kept.
import { setTimeout as delay } from 'node:timers/promises'
import { createBodies } from '../harness/bodies.ts'
import type { Code } from '../harness/codes.ts'
import { HttpClient } from '../harness/http-client.ts'
import type { Server } from '../harness/server.ts'
import type { World } from '../harness/world.ts'
import type { Random } from '../simulator/world/random.ts'
import { ATTEMPTS, isRetryable, isSuccess, post, TIMEOUT_MS } from './post.ts'
import { Successes } from './successes.ts'
import { openTills, type TillTold } from './till.ts'

export interface Clients {
  /**
   * Seconds from now until the answer 2xx to a request that is begun from now on; null when none
   * comes in `seconds`.
   */
  nextSuccess(seconds: number): Promise<number | null>
  /**
   * Sends this many new orders of one business at once to one server, each as patiently as any; how
   * many heard 429 at least once.
   */
  burst(count: number): Promise<number>
  /** Nothing is in flight, and nothing is sent, until `work` is done. */
  whileQuiet<T>(work: () => Promise<T>): Promise<T>
  /** What others heard of orders counts as if these clients had heard it. */
  readonly told: Told
  /** Resolves when nothing is in flight. */
  stop(): Promise<Told>
}

/** What the servers said to the clients. */
export interface Told extends TillTold {
  /** Orders that were answered with 2xx, by the POS's id, and the reference of their business. */
  acknowledged: Map<string, number>
  /** Answers that nothing here can have deserved. */
  odd: string[]
  /** Requests that were to be sent again, by status, `broken` or `late`. */
  refused: Record<string, number>
  /** Deliveries and calls that three attempts did not bring in. */
  givenUp: number
}

export interface OrderToSend {
  orderId: string
  reference: number
  body: Buffer
}

export interface LoadClients {
  /** How many send orders. */
  clients: number
  random: Random
  /** That the tills may spend. */
  codes: readonly Code[]
}

const REPEATED_SHARE_PERCENT = 25
const TILLS = 3

export function startClients(
  world: World,
  servers: readonly Server[],
  { clients, random, codes }: LoadClients,
): Clients {
  const connect = (connections: number) =>
    servers.map(({ url }) => new HttpClient(url, { connections, timeoutMs: TIMEOUT_MS }))
  const usual = connect(clients * 2)
  const forBursts = connect(Number.POSITIVE_INFINITY)
  const told: Told = { acknowledged: new Map(), odd: [], refused: {}, givenUp: 0, spent: new Map() }
  const makeOrder = ordersOf(world.size, random.fork('orders'))
  const makeBurstOrder = ordersOf({ ...world.size, businesses: 1 }, random.fork('burst'))
  const recent: OrderToSend[] = []
  const successes = new Successes()
  const gate = new Gate()

  const sendUntilAnswered = async (call: string, body: Buffer | string, first: number, over = usual) => {
    let turnedAway = false
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const sentAt = performance.now()
      const answer = await post(over[(first + attempt) % over.length] as HttpClient, call, world.token, body)
      if (isSuccess(answer)) successes.note(sentAt)
      if (!isRetryable(answer)) return { answer, turnedAway }
      turnedAway ||= answer.status === 429 && answer.retryAfterMs !== undefined
      const why = answer.status === 0 ? answer.text : String(answer.status)
      told.refused[why] = (told.refused[why] ?? 0) + 1
      await delay(Math.min(answer.retryAfterMs ?? 250, 2_000))
    }
    told.givenUp += 1
    return { answer: null, turnedAway }
  }
  const deliver = async (
    { orderId, reference, body }: OrderToSend,
    first: number,
    over?: HttpClient[],
  ): Promise<boolean> => {
    const { answer, turnedAway } = await sendUntilAnswered('order', body, first, over)
    const strange = answer && whatIsOdd(answer)
    if (strange) told.odd.push(`order ${orderId}: ${strange}`)
    else if (answer) told.acknowledged.set(orderId, reference)
    return turnedAway
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
    // Each has its own server first, or all would soon stand before the one that does not answer.
    while (await gate.open()) await gate.count(deliver(next(own), number))
  }
  const tills = openTills(codes, async (call, body, first) => (await sendUntilAnswered(call, body, first)).answer, told)
  const cashier = async (number: number) => {
    const own = random.fork(`till ${number}`)
    for (; await gate.open(); await delay(100)) await gate.count(tills.visit(own))
  }
  const all = Promise.all([
    ...Array.from({ length: clients }, (_, number) => client(number)),
    ...Array.from({ length: TILLS }, (_, number) => cashier(number)),
  ])
  return {
    told,
    nextSuccess: (seconds) => successes.next(seconds),
    async burst(size) {
      const sent = Array.from({ length: size }, () => deliver(makeBurstOrder(), 0, forBursts))
      return (await Promise.all(sent)).filter((wasTurnedAway) => wasTurnedAway).length
    },
    whileQuiet: (work) => gate.whileClosed(work),
    async stop() {
      gate.end()
      await all
      for (const client of [...usual, ...forBursts]) client.close()
      return told
    },
  }
}

/** New orders of any business of this world. */
export function ordersOf(size: World['size'], random: Random): () => OrderToSend {
  const bodies = createBodies(size, random.int(1, 1_000_000_000))
  return () => {
    const body = bodies.next(Date.now())
    const { order, business } = JSON.parse(body.toString())
    return { orderId: order.id, reference: business.reference, body }
  }
}

/**
 * Every order here can be processed: 2xx that says neither `processed` nor `duplicate`, and 4xx,
 * are no answers to it.
 */
export function whatIsOdd(answer: { status: number; text: string }): string | null {
  const { result } = isSuccess(answer) ? JSON.parse(answer.text) : { result: answer.text }
  return result === 'processed' || result === 'duplicate' ? null : `${answer.status} ${result}`
}

/** Lets clients work, holds them, or sends them home. */
class Gate {
  #ended = false
  #closed: Promise<unknown> | null = null
  #inside = new Set<Promise<unknown>>()

  /** Resolves when there is work to do, with false when there is none any more. */
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
      // Who has just been let in has not been counted yet.
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
