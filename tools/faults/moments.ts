// When things happen in a round, and waiting for what must be there again.
import { setTimeout as delay } from 'node:timers/promises'
import type { World } from '../harness/world.ts'
import type { Random } from '../simulator/world/random.ts'

/** Faults come when they come. */
export function atRandom(random: Random, mostMs = 1_000): Promise<void> {
  return delay(random.int(0, mostMs))
}

/** The embedded PostgreSQL is started again by the process that holds it: this one. */
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
