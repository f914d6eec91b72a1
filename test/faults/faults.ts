// The faults: each does one harm to a pair of LoyaPros under load, and leaves them running again.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { BenchWorld } from '../../bench/world.ts'
import { assert } from '../../src/kernel/assert.ts'
import type { Clients } from './clients.ts'
import type { Server } from './pair.ts'
import type { Detour } from './proxy.ts'

export interface Scene {
  world: BenchWorld
  pair: readonly [Server, Server]
  /** Between the pair and PostgreSQL. */
  proxy: Detour
  clients: Clients
  /** Which round it is, from 0. */
  round: number
  /** Called when the harm is done: from here the seconds until the next answer count. */
  struck(): void
}

export interface Fault {
  name: string
  title: string
  strike(scene: Scene): Promise<void>
}

export const FAULTS: readonly Fault[] = [
  {
    name: 'kill',
    title: 'kill -9 of a LoyaPro, in every third round of both',
    async strike({ pair, round, struck }) {
      const hit = round % 3 === 2 ? pair : [pair[round % 2 === 0 ? 0 : 1]]
      await atRandom()
      const gone = Promise.all(hit.map((server) => server.end('SIGKILL')))
      struck()
      await gone
      await Promise.all(hit.map((server) => server.start()))
    },
  },
  {
    name: 'restart',
    title: 'stop and start of one LoyaPro after the other',
    async strike({ pair, struck }) {
      await atRandom()
      for (const [n, server] of pair.entries()) {
        const gone = server.end('SIGTERM')
        if (n === 0) struck()
        await gone
        await server.start()
      }
    },
  },
  {
    name: 'connections',
    title: 'PostgreSQL ends connections in the middle of their work',
    async strike({ world, struck }) {
      for (let n = 0; n < 5; n++) {
        await atRandom(200)
        await world.db.query(TERMINATE)
        if (n === 0) struck()
      }
    },
  },
  {
    name: 'backend',
    title: 'kill -9 of a backend: PostgreSQL starts itself again',
    async strike({ world, struck }) {
      const backends = await world.db.query<{ pid: number }>(BACKENDS)
      await atRandom()
      const victim = backends[Math.floor(Math.random() * backends.length)]
      if (victim) process.kill(victim.pid, 'SIGKILL')
      struck()
      await untilAnswers(world)
    },
  },
  {
    name: 'postgres',
    title: 'kill -9 of the whole PostgreSQL',
    async strike({ world, struck }) {
      const pid = await postmasterOf(world)
      await atRandom()
      process.kill(pid, 'SIGKILL')
      struck()
      await untilAnswers(world)
    },
  },
  {
    name: 'slow',
    title: 'the network to PostgreSQL takes 200 ms each way for 3 s',
    async strike({ proxy, struck }) {
      await atRandom()
      proxy.delayBy(200)
      struck()
      await delay(3_000)
      proxy.delayBy(0)
    },
  },
  {
    name: 'cut',
    title: 'the network to PostgreSQL cuts every connection, five times',
    async strike({ proxy, struck }) {
      for (let n = 0; n < 5; n++) {
        await atRandom(200)
        proxy.cut()
        if (n === 0) struck()
      }
    },
  },
  {
    name: 'commit',
    title: 'the network cuts after COMMIT was sent and before it is answered, ten times',
    async strike({ proxy, struck }) {
      await atRandom()
      const before = proxy.cutCommits
      proxy.cutAfterCommits(10)
      for (const ends = performance.now() + 20_000; proxy.cutCommits < before + 10; await delay(10)) {
        assert(performance.now() < ends, 'ten commits pass within 20 s')
      }
      struck()
    },
  },
  {
    name: 'pause',
    title: 'SIGSTOP of a LoyaPro, SIGCONT after 12 s at first, then 1 to 7 s',
    async strike({ pair, round, struck }) {
      const server = pair[round % 2 === 0 ? 0 : 1]
      await atRandom()
      server.signal('SIGSTOP')
      struck()
      await delay(round === 0 ? 12_000 : 1_000 + Math.random() * 6_000)
      server.signal('SIGCONT')
    },
  },
  {
    name: 'overload',
    title: 'one business sends twice as many orders at once as may wait for it',
    async strike({ clients, struck }) {
      const burst = clients.burst(2 * MAY_WAIT)
      struck()
      const turnedAway = await burst
      assert(turnedAway > 0, 'some are told to come again later')
    },
  },
]

/** Deliveries that may wait in a lane of ingest. */
const MAY_WAIT = 2_000

const LOYAPROS = `
from pg_stat_activity where datname = current_database() and application_name = 'loyapro' and pid <> pg_backend_pid()`
const TERMINATE = `select pg_terminate_backend(pid) ${LOYAPROS} and random() < 0.5`
const BACKENDS = `select pid ${LOYAPROS}`

/** Faults come when they come. */
function atRandom(mostMs = 1_000): Promise<void> {
  return delay(Math.random() * mostMs)
}

/** Source: https://www.postgresql.org/docs/current/storage-file-layout.html (the first line of postmaster.pid). */
async function postmasterOf({ directory }: BenchWorld): Promise<number> {
  return Number((await readFile(join(directory, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0])
}

/** The embedded PostgreSQL is started again by the process that holds it: this one. */
async function untilAnswers({ db }: BenchWorld): Promise<void> {
  for (const ends = performance.now() + 30_000; ; await delay(50)) {
    try {
      await db.query('select 1')
      return
    } catch (error) {
      if (performance.now() > ends) throw error
    }
  }
}
