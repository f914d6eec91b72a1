// Faults of clocks: the two LoyaPros are hours apart, and their clocks jump while they serve.
import { setTimeout as delay } from 'node:timers/promises'
import type { Server } from '../harness/server.ts'
import type { Fault } from './fault.ts'
import { atRandom } from './moments.ts'

const HOUR = 3_600_000

export const CLOCK_FAULTS: readonly Fault[] = [
  {
    name: 'clocks',
    title: 'one LoyaPro is an hour ahead and the other an hour behind; then they jump back and forth while they serve',
    async strike({ pair, round, random, struck }) {
      const [fast, slow] = round % 2 === 0 ? pair : [pair[1], pair[0]]
      await startWith(fast, HOUR)
      await startWith(slow, -HOUR)
      struck()
      await delay(1_500)
      await fast.setClock(-HOUR)
      await atRandom(random, 2_000)
      await slow.setClock(HOUR)
      await atRandom(random, 2_000)
      await Promise.all([fast.setClock(random.int(-HOUR, HOUR)), slow.setClock(random.int(-HOUR, HOUR))])
      await delay(1_500)
      for (const server of pair) await startWith(server, undefined)
    },
  },
]

async function startWith(server: Server, aheadMs: number | undefined): Promise<void> {
  await server.stop()
  await server.start(aheadMs)
}
