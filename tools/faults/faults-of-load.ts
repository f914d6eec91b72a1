// Faults of load: more orders than can be served, at once and steadily, and one business that has
// most of them.
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
      const turnedAway = await burst
      assert(turnedAway > 0, 'some are told to come again later')
    },
  },
  {
    name: 'overload',
    title: 'orders come at twice the rate that can be served, for 12 s',
    needs: 'no detour',
    async strike(scene) {
      const { clients, pair, random, struck, note } = scene
      await clients.whileQuiet(async () => {
        const next = ordersOf(scene.world.size, random.fork('orders'))
        const capacity = await capacityOf(scene, next)
        await using memory = watchMemory(pair)
        const poured = await pour(stretchOf(scene, next, 12), 2 * capacity, random.fork('moments'))
        struck()
        note(`${inWords(capacity)}/s can be served; ${wordsOf(poured)}; ${memory.most()}`)
        if (poured.perSecond < capacity / 4)
          clients.told.odd.push(`${inWords(poured.perSecond)}/s of ${inWords(capacity)}/s`)
        for (const [why, n] of Object.entries(poured.harsh)) {
          clients.told.odd.push(`${n} × ${why} without a word of when to come again`)
        }
      })
    },
  },
  {
    name: 'noisy',
    title: 'one business sends 50 times as many orders as each of the others, for 10 s',
    needs: 'no detour',
    async strike(scene) {
      const { clients, random, struck, note } = scene
      await clients.whileQuiet(async () => {
        const every = ordersOf(scene.world.size, random.fork('orders'))
        const next = untilOther(every)
        const loud = ordersOf({ ...scene.world.size, businesses: 1 }, random.fork('noisy'))
        const capacity = await capacityOf(scene, every)
        const others = scene.world.size.businesses - 1
        const rate = (SHARE * capacity) / (NOISE + others)
        const pourOthers = (label: string) => pour(stretchOf(scene, next, 10), others * rate, random.fork(label))
        const alone = await pourOthers('alone')
        const noise = pour(stretchOf(scene, loud, 10), NOISE * rate, random.fork('noise'))
        const beside = await pourOthers('beside')
        const noisy = await noise
        struck()
        if (beside.ms.p99 > 1_000)
          clients.told.odd.push(`the others waited ${inWords(beside.ms.p99)} ms (p99) beside the noise`)
        note(
          `the others alone ${timesOf(alone)}; beside ${inWords(NOISE * rate)}/s of one business ${timesOf(beside)}, ` +
            `${beside.acknowledged} of ${beside.sent} acknowledged; the one ${timesOf(noisy)}, ${noisy.acknowledged} of ${noisy.sent}`,
        )
      })
    },
  },
]

/**
 * Deliveries of one business that may wait in a process: maxWaitingOfOne in src/ingest/ingest.ts.
 */
const MAY_WAIT = 2_000
/** Enough for the servers to be busy all the time. */
const CONNECTIONS = 256
const NOISE = 50
/** Of what can be served: the noisy business and the others together. */
const SHARE = 0.8

function stretchOf({ pair, world, clients }: FaultContext, next: () => OrderToSend, seconds: number): Stretch {
  return { ports: pair.map(({ port }) => port), token: world.token, seconds, next, told: clients.told }
}

/**
 * Orders that are served in a second, by processes that are warm: they may have been started a
 * moment ago.
 */
async function capacityOf(scene: FaultContext, next: () => OrderToSend): Promise<number> {
  await saturate(stretchOf(scene, next, 2), CONNECTIONS)
  return (await saturate(stretchOf(scene, next, 4), CONNECTIONS)).perSecond
}

/** Orders of businesses other than the first. */
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
  const times = `p50 ${inWords(ms.p50)} ms, p99 ${inWords(ms.p99)} ms`
  return `of ${sent} ${acknowledged} acknowledged (${inWords(perSecond)}/s, ${times}), ${shares.join(', ') || 'none refused'}, ${late} late`
}

function timesOf({ ms }: Stretched): string {
  return `p95 ${inWords(ms.p95)} ms, p99 ${inWords(ms.p99)} ms`
}

function inWords(value: number): string {
  return value.toFixed(0)
}

/**
 * What the processes hold at most, sampled; in words. Where the system does not tell, nothing is
 * known.
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
    most: () => (most === 0 ? 'memory not known' : `${inWords(most)} MB at most in a process`),
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
