// Faults of the network between LoyaPro and PostgreSQL.
import { setTimeout as delay } from 'node:timers/promises'
import { type Fault, NothingToBreak } from './fault.ts'
import { atRandom } from './moments.ts'

export const NETWORK_FAULTS: readonly Fault[] = [
  {
    name: 'slow',
    title: 'the network to PostgreSQL takes 200 ms each way for 3 s',
    async strike({ proxy, random, struck }) {
      await atRandom(random)
      proxy.delayBy(200)
      struck()
      await delay(3_000)
      proxy.delayBy(0)
    },
  },
  {
    name: 'cut',
    title: 'the network to PostgreSQL cuts every connection, five times',
    async strike({ proxy, random, struck }) {
      for (let n = 0; n < 5; n++) {
        await atRandom(random, 200)
        proxy.cut()
        if (n === 0) struck()
      }
    },
  },
  {
    name: 'commit',
    title: 'the network cuts after COMMIT was sent and before it is answered, ten times',
    async strike({ proxy, random, struck }) {
      await atRandom(random)
      const before = proxy.cutCommits
      proxy.cutAfterCommits(10)
      for (const ends = performance.now() + 20_000; proxy.cutCommits < before + 10; await delay(10)) {
        if (performance.now() < ends) continue
        proxy.cutAfterCommits(0)
        throw new NothingToBreak('fewer than ten commits in 20 s')
      }
      struck()
    },
  },
]
