// Random moments within a round, and waiting for PostgreSQL.
import { setTimeout as delay } from 'node:timers/promises'
import { postmasterOf } from '../harness/scratch.ts'
import type { World } from '../harness/world.ts'
import type { Random } from '../simulator/world/random.ts'

/** Waits for a random time. */
export function atRandom(random: Random, mostMs = 1_000): Promise<void> {
  return delay(random.int(0, mostMs))
}

/** The server processes of a killed PostgreSQL answer for a moment before they end. */
const ENDING_MS = 200

/** Waits until a PostgreSQL whose main process was killed runs again; this process starts it. */
export async function untilRestarted(world: World, killed: number): Promise<void> {
  const isOld = () => [killed, null].includes(postmasterOf(world.directory))
  for (const ends = performance.now() + 30_000; isOld() && performance.now() < ends; ) await delay(50)
  await untilAnswers(world)
}

/** Waits until PostgreSQL answers; this process starts it again after a crash. */
export async function untilAnswers({ db }: World): Promise<void> {
  await delay(ENDING_MS)
  for (const ends = performance.now() + 30_000; ; await delay(50)) {
    try {
      await db.query('select 1')
      return
    } catch (error) {
      if (performance.now() > ends) throw error
    }
  }
}
