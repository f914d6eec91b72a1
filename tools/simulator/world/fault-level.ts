// Fault levels: how often each delivery is repeated, how late it is, and how often connections
// break.
import type { Random } from './random.ts'
import type { FaultLevel, Ms } from './types.ts'

/** How the connection breaks, once; then the sender tries again. */
export type Fault = 'torn_request' | 'torn_answer' | 'impatient'

export interface Copy {
  /** Delay after the event. */
  delayMs: Ms
  /** The same snapshot with the keys of its JSON in another order. */
  shuffled: boolean
  fault: Fault | null
}

interface Manners {
  /**
   * Percent of snapshots that are sent more than once, and of those the percent that are sent very
   * often.
   */
  repeated: number
  stormy: number
  most: number
  /** Percent of copies that are delayed, and the maximum delay. */
  late: number
  longest: Ms
  /** Percent of copies whose connection breaks. */
  broken: number
}

const HOUR = 3_600_000

const MANNERS: Record<FaultLevel, Manners> = {
  none: { repeated: 0, stormy: 0, most: 1, late: 0, longest: 0, broken: 0 },
  some: { repeated: 15, stormy: 0, most: 3, late: 10, longest: HOUR, broken: 1 },
  full: { repeated: 40, stormy: 4, most: 20, late: 35, longest: 12 * HOUR, broken: 5 },
}

/** At least one copy; up to 20 at the fault level `full`. */
export function copiesOf(random: Random, faultLevel: FaultLevel): Copy[] {
  const manners = MANNERS[faultLevel]
  const storm = random.chance(manners.stormy)
  const count = storm
    ? random.int(4, manners.most)
    : random.chance(manners.repeated)
      ? random.int(2, Math.min(3, manners.most))
      : 1
  return Array.from({ length: count }, (_, index) => copyOf(random, manners, index))
}

function copyOf(random: Random, { late, longest, broken }: Manners, index: number): Copy {
  return {
    delayMs: random.int(1, 5) * 1000 + (random.chance(late) ? random.int(0, longest / 1000) * 1000 : 0),
    shuffled: index > 0 && random.chance(20),
    fault: random.chance(broken) ? random.pick(['torn_request', 'torn_answer', 'impatient']) : null,
  }
}
