// Random moments within a round, and waiting for PostgreSQL.
import { setTimeout as delay } from 'node:timers/promises'
import type { World } from '../harness/world.ts'
import type { Random } from '../simulator/world/random.ts'

/** Waits for a random time. */
export function atRandom(random: Random, mostMs = 1_000): Promise<void> {
  return delay(random.int(0, mostMs))
}

/** Waits until PostgreSQL answers; this process starts it again after a crash. */
export async function untilAnswers({ db }: World): Promise<void> {
  for (const ends = performance.now() + 30_000; ; await delay(50)) {
    try {
      await db.query('select 1')
      return
    } catch (error) {
      if (performance.now() > ends) throw error
    }
  }
}
