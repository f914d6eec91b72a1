// Faults of LoyaPro's processes: killed, restarted, paused.
import { setTimeout as delay } from 'node:timers/promises'
import type { Fault } from './fault.ts'
import { atRandom } from './moments.ts'

export const PROCESS_FAULTS: readonly Fault[] = [
  {
    name: 'kill',
    title: 'kill -9 of a LoyaPro, in every third round of both',
    async strike({ pair, round, random, struck }) {
      const hit = round % 3 === 2 ? pair : [pair[round % 2 === 0 ? 0 : 1]]
      await atRandom(random)
      const gone = Promise.all(hit.map((server) => server.stop('SIGKILL')))
      struck()
      await gone
      await Promise.all(hit.map((server) => server.start()))
    },
  },
  {
    name: 'restart',
    title: 'stop and start of one LoyaPro after the other',
    async strike({ pair, random, struck }) {
      await atRandom(random)
      for (const [n, server] of pair.entries()) {
        const gone = server.stop()
        if (n === 0) struck()
        await gone
        await server.start()
      }
    },
  },
  {
    name: 'pause',
    title: 'SIGSTOP of a LoyaPro, SIGCONT after 12 s at first, then 1 to 7 s',
    async strike({ pair, round, random, struck }) {
      const server = pair[round % 2 === 0 ? 0 : 1]
      await atRandom(random)
      server.signal('SIGSTOP')
      struck()
      await delay(round === 0 ? 12_000 : random.int(1_000, 7_000))
      server.signal('SIGCONT')
    },
  },
]
