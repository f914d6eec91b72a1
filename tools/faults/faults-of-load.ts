// Faults of load: a burst, steady overload, and one business with most of the orders.
import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { assert } from '../../src/kernel/assert.ts'
import { referenceOf } from '../harness/bodies.ts'
import type { Server } from '../harness/server.ts'
import { type OrderToSend, ordersOf } from './clients.ts'
import type { Fault, FaultContext } from './fault.ts'
import { pour, type Stretch, type Stretched, saturate } from './stretch.ts'

export const LOAD_FAULTS: readonly Fault[] = [
  {
    name: 'burst',
    title: 'one business sends four times as many orders at once as may wait for it',
    async strike({ clients, struck }) {
      const burst = clients.burst(4 * MAY_WAIT)
      struck()
      const wasRefused = await burst
      assert(wasRefused > 0, 'some orders are refused with Retry-After')
    },
  },
  {
    name: 'overload',
    title: 'orders come at twice the rate that can be served, for 12 s',
    needs: 'no proxy',
    async strike(context) {
      const { clients, pair, random, struck, note } = context
      await clients.whileQuiet(async () => {
        const next = ordersOf(context.world.size, random.fork('orders'))
        const capacity = await capacityOf(context, next)
        await using memory = watchMemory(pair)
        const poured = await pour(stretchOf(context, next, 12), 2 * capacity, random.fork('moments'))
        struck()
        note(`${whole(capacity)}/s can be served; ${wordsOf(poured)}; ${memory.most()}`)
        if (poured.perSecond < capacity / 4)
          clients.outcomes.odd.push(`${whole(poured.perSecond)}/s of ${whole(capacity)}/s`)
        for (const [why, n] of Object.entries(poured.harsh)) {
          clients.outcomes.odd.push(`${n} × ${why} without Retry-After`)
        }
      })
    },
  },
  {
    name: 'noisy',
    title: 'one business sends 50 times as many orders as each of the others, for 10 s',
    needs: 'no proxy',
    async strike(context) {
      const { clients, random, struck, note } = context
      await clients.whileQuiet(async () => {
        const every = ordersOf(context.world.size, random.fork('orders'))
        const next = untilOther(every)
        const loud = ordersOf({ ...context.world.size, businesses: 1 }, random.fork('noisy'))
        const capacity = await capacityOf(context, every)
        const others = context.world.size.businesses - 1
        const rate = (SHARE * capacity) / (NOISE + others)
        const pourOthers = (label: string) => pour(stretchOf(context, next, 10), others * rate, random.fork(label))
        const alone = await pourOthers('alone')
        const noise = pour(stretchOf(context, loud, 10), NOISE * rate, random.fork('noise'))
        const beside = await pourOthers('beside')
        const noisy = await noise
        struck()
        if (beside.ms.p99 > 1_000)
          clients.outcomes.odd.push(`the others waited ${whole(beside.ms.p99)} ms (p99) beside the noise`)
        note(
          `the others alone ${timesOf(alone)}; beside ${whole(NOISE * rate)}/s of one business ${timesOf(beside)}, ` +
            `${beside.acknowledged} of ${beside.sent} acknowledged; the one ${timesOf(noisy)}, ${noisy.acknowledged} of ${noisy.sent}`,
        )
      })
    },
  },
]

/**
 * Maximum number of waiting deliveries of one business: maxWaitingOfOne in src/ingest/ingest.ts.
 */
const MAY_WAIT = 2_000
/** Enough to keep the servers busy. */
const CONNECTIONS = 256
const NOISE = 50
/** Share of the capacity for the noisy business and the others together. */
const SHARE = 0.8

function stretchOf({ pair, world, clients }: FaultContext, next: () => OrderToSend, seconds: number): Stretch {
  return { ports: pair.map(({ port }) => port), token: world.token, seconds, next, outcomes: clients.outcomes }
}

/**
 * Orders per second that the servers process. The first stretch warms up processes that have just
 * started.
 */
async function capacityOf(context: FaultContext, next: () => OrderToSend): Promise<number> {
  await saturate(stretchOf(context, next, 2), CONNECTIONS)
  return (await saturate(stretchOf(context, next, 4), CONNECTIONS)).perSecond
}

/** A source of orders of all businesses except the first. */
function untilOther(make: () => OrderToSend): () => OrderToSend {
  return () => {
    for (;;) {
      const order = make()
      if (order.reference !== referenceOf(0)) return order
    }
  }
}

function wordsOf({ sent, acknowledged, perSecond, ms, refused, late }: Stretched): string {
  const shares = Object.entries(refused).map(([status, n]) => `${n} × ${status}`)
  const times = `p50 ${whole(ms.p50)} ms, p99 ${whole(ms.p99)} ms`
  return `of ${sent} ${acknowledged} acknowledged (${whole(perSecond)}/s, ${times}), ${shares.join(', ') || 'none refused'}, ${late} late`
}

function timesOf({ ms }: Stretched): string {
  return `p95 ${whole(ms.p95)} ms, p99 ${whole(ms.p99)} ms`
}

function whole(value: number): string {
  return value.toFixed(0)
}

/**
 * The maximum memory of the processes, sampled; unknown where the system has no /proc.
 */
function watchMemory(pair: readonly Server[]): AsyncDisposable & { most(): string } {
  let most = 0
  const ending = new AbortController()
  const watching = (async () => {
    while (!ending.signal.aborted) {
      for (const { pid } of pair) most = Math.max(most, await residentMegabytes(pid))
      await delay(200, undefined, { signal: ending.signal }).catch(() => {})
    }
  })()
  return {
    most: () => (most === 0 ? 'memory not known' : `${whole(most)} MB at most in a process`),
    async [Symbol.asyncDispose]() {
      ending.abort()
      await watching
    },
  }
}

/** Source: proc_pid_status(5). */
async function residentMegabytes(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/VmRSS:\s+(\d+) kB/.exec(text)?.[1] ?? 0) / 1024
}
