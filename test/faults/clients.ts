// Points of sale under whose load the faults happen: unique and repeated orders, tried thrice as Foodics does, each answer kept.
import { Agent, request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { createBodies } from '../../bench/bodies.ts'
import type { BenchWorld } from '../../bench/world.ts'
import type { Server } from './pair.ts'

export interface Clients {
  /** Seconds from now until the answer 2xx to a request that is begun from now on; null when none comes in `seconds`. */
  nextSuccess(seconds: number): Promise<number | null>
  /** Sends this many new orders of one business at once to one server, each as patiently as any; how many heard 429 at least once. */
  burst(count: number): Promise<number>
  /** Resolves when nothing is in flight. */
  stop(): Promise<Told>
}

/** What the servers said to the clients. */
export interface Told {
  /** Orders that were answered with 2xx, by the POS's id, and the reference of their business. */
  acknowledged: Map<string, number>
  /** 2xx that said neither `processed` nor `duplicate`: there is no order here that could be anything else. */
  odd: string[]
  /** Requests that were not answered with 2xx, by status, `broken` or `late`. */
  refused: Record<string, number>
  /** Deliveries that three attempts did not bring in. */
  givenUp: number
}

interface Delivery {
  orderId: string
  reference: number
  body: Buffer
}

/** Foodics waits 5 s for an answer and sends at most three times. */
const PATIENCE_MS = 5_000
const ATTEMPTS = 3
const REPEATED_SHARE = 0.25

export function startClients(world: BenchWorld, servers: readonly Server[], count: number, seed: number): Clients {
  const bodies = createBodies(world.size, seed)
  const agent = new Agent({ keepAlive: true, maxSockets: count * 2 })
  const told: Told = { acknowledged: new Map(), odd: [], refused: {}, givenUp: 0 }
  const recent: Delivery[] = []
  let waiting: { since: number; resolve: (seconds: number) => void }[] = []
  let stopped = false

  const crowd = createBodies({ ...world.size, businesses: 1 }, seed + 1_000)
  const crowdAgent = new Agent({ keepAlive: true })
  const fresh = ({ next: make }: typeof bodies): Delivery => {
    const body = make(Date.now())
    const { order, business } = JSON.parse(body.toString())
    return { orderId: order.id, reference: business.reference, body }
  }
  const next = (): Delivery => {
    const known = Math.random() < REPEATED_SHARE && recent[Math.floor(Math.random() * recent.length)]
    if (known) return known
    const made = fresh(bodies)
    recent.push(made)
    if (recent.length > 200) recent.shift()
    return made
  }
  const deliver = async ({ orderId, reference, body }: Delivery, first: number, by = agent): Promise<boolean> => {
    let turnedAway = false
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const port = servers[(first + attempt) % servers.length]?.port ?? 0
      const sentAt = performance.now()
      const answer = await post(by, port, world.token, body)
      if (answer.status >= 200 && answer.status < 300) {
        const { result } = JSON.parse(answer.text)
        if (result === 'processed' || result === 'duplicate') told.acknowledged.set(orderId, reference)
        else told.odd.push(`${answer.status} ${result} for ${orderId}`)
        const now = performance.now()
        for (const { resolve, since } of waiting) if (since <= sentAt) resolve((now - since) / 1000)
        waiting = waiting.filter(({ since }) => since > sentAt)
        return turnedAway
      }
      turnedAway ||= answer.status === 429 && answer.retryAfterMs !== undefined
      const why = answer.status === 0 ? answer.text : String(answer.status)
      told.refused[why] = (told.refused[why] ?? 0) + 1
      await delay(Math.min(answer.retryAfterMs ?? 250, 2_000))
    }
    told.givenUp += 1
    return turnedAway
  }
  const client = async (number: number) => {
    // Each has its own server first, or all would soon stand before the one that does not answer.
    while (!stopped) await deliver(next(), number)
  }
  const all = Promise.all(Array.from({ length: count }, (_, number) => client(number)))
  return {
    nextSuccess: (seconds) => {
      const since = performance.now()
      const success = new Promise<number>((resolve) => waiting.push({ since, resolve }))
      return Promise.race([success, delay(seconds * 1000, null, { ref: false })])
    },
    async burst(size) {
      const sent = Array.from({ length: size }, () => deliver(fresh(crowd), 0, crowdAgent))
      return (await Promise.all(sent)).filter((wasTurnedAway) => wasTurnedAway).length
    },
    async stop() {
      stopped = true
      await all
      agent.destroy()
      crowdAgent.destroy()
      return told
    },
  }
}

interface Answer {
  /** 0 when there was none; then `text` says why. */
  status: number
  text: string
  retryAfterMs?: number
}

function post(agent: Agent, port: number, token: string, body: Buffer): Promise<Answer> {
  return new Promise((resolve) => {
    const none = (text: 'broken' | 'late') => resolve({ status: 0, text })
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': body.length,
    }
    const path = '/pos/1.0.0/foodics/order'
    const sent = request({ host: '127.0.0.1', port, path, method: 'POST', headers, agent }, async (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', () => none('broken'))
      response.on('end', () => {
        clearTimeout(late)
        const after = Number(response.headers['retry-after'])
        resolve({
          ...{ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() },
          ...(after > 0 && { retryAfterMs: after * 1000 }),
        })
      })
    })
    const late = setTimeout(() => {
      none('late')
      sent.destroy()
    }, PATIENCE_MS)
    sent.on('error', () => {
      clearTimeout(late)
      none('broken')
    })
    sent.end(body)
  })
}
