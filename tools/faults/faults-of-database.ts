// Faults of PostgreSQL: connections that end, processes that are killed, a disk that is full.
import { setTimeout as delay } from 'node:timers/promises'
import { must } from '../../src/kernel/assert.ts'
import { postmasterOf } from '../harness/scratch.ts'
import type { World } from '../harness/world.ts'
import type { Fault } from './fault.ts'
import { atRandom, untilAnswers, untilRestarted } from './moments.ts'

export const DATABASE_FAULTS: readonly Fault[] = [
  {
    name: 'connections',
    title: 'PostgreSQL ends connections in the middle of their work',
    async strike({ world, random, struck }) {
      for (let n = 0; n < 5; n++) {
        await atRandom(random, 200)
        const ended = (await backendsOf(world)).filter(() => random.chance(50))
        await world.db.query('select pg_terminate_backend(pid) from unnest($1::int[]) as b (pid)', [ended])
        if (n === 0) struck()
      }
    },
  },
  {
    name: 'backend',
    title: 'kill -9 of a backend: PostgreSQL starts itself again',
    async strike({ world, random, struck }) {
      await atRandom(random)
      process.kill(random.pick(await someBackends(world)), 'SIGKILL')
      struck()
      await untilAnswers(world)
    },
  },
  {
    name: 'postgres',
    title: 'kill -9 of the whole PostgreSQL',
    async strike({ world, random, struck }) {
      const pid = must(postmasterOf(world.directory), 'a PostgreSQL')
      await atRandom(random)
      process.kill(pid, 'SIGKILL')
      struck()
      await untilRestarted(world, pid)
    },
  },
  {
    name: 'disk',
    title: 'the disk of PostgreSQL is full for 5 s; in every second round it cannot write its log and stops',
    needs: 'small disk',
    async strike({ world, clients, disk, round, random, struck, note }) {
      const { fill, free } = must(disk, 'a small disk')
      await atRandom(random)
      const before = { ...clients.outcomes.refused }
      const acknowledged = clients.outcomes.acknowledged.size
      const postmaster = postmasterOf(world.directory)
      try {
        for (let n = 0; n < 10; n++) {
          await fill()
          await delay(500)
          // PostgreSQL needs new log files at once and has no space for them, so it stops with a
          // panic.
          if (round % 2 === 1) await world.db.query('select pg_switch_wal()').catch(() => {})
        }
      } finally {
        await free()
      }
      struck()
      const refusals = Object.entries(clients.outcomes.refused).map(
        ([why, n]) => [why, n - (before[why] ?? 0)] as const,
      )
      const refused = refusals.filter(([, n]) => n > 0).map(([why, n]) => `${n} × ${why}`)
      const meanwhile = clients.outcomes.acknowledged.size - acknowledged
      if (!refusals.some(([why, n]) => why === '503' && n > 0))
        clients.outcomes.odd.push('no request was answered 503 while the disk was full')
      await untilAnswers(world)
      const fell = postmasterOf(world.directory) === postmaster ? '' : ', PostgreSQL was started again'
      note(`full: ${refused.join(', ')}; ${meanwhile} acknowledged${fell}`)
    },
  },
]

async function backendsOf({ db }: World): Promise<number[]> {
  const rows = await db.query<{ pid: number }>(BACKENDS)
  return rows.map(({ pid }) => pid)
}

/** Servers that have just started, or lost all connections, have none for a moment. */
async function someBackends(world: World): Promise<number[]> {
  for (let tries = 0; tries < 100; tries++) {
    const backends = await backendsOf(world)
    if (backends.length > 0) return backends
    await delay(100)
  }
  throw new Error('no LoyaPro has had a connection for ten seconds')
}

/** Connections of all pools. */
const BACKENDS = `
select pid from pg_stat_activity
where datname = current_database() and application_name like 'loyapro%' and pid <> pg_backend_pid() order by pid`
