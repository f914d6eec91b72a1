// Terms: which program versions are in force at an instant.
import type { Definition, ProgramType } from '../../contract/program.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

/** A version of a program; it never changes. */
export interface PinnedVersion {
  readonly programId: Uuid
  readonly type: ProgramType
  readonly name: string
  readonly nameAr: string
  readonly version: number
  readonly definition: Definition
}

export interface Terms {
  readonly number: number
  readonly effectiveFrom: EpochMs
  readonly members: readonly PinnedVersion[]
}

/**
 * The last terms that started at or before the instant; null when none had. `terms` ascend by
 * number and time.
 */
export function termsAt(terms: readonly Terms[], instant: EpochMs): Terms | null {
  return terms.findLast(({ effectiveFrom }) => effectiveFrom <= instant) ?? null
}

/**
 * The program's version in force at the instant; the last one of a program that has ended;
 * undefined when none was ever in force.
 */
export function lastInForce(terms: readonly Terms[], programId: Uuid, instant: EpochMs): PinnedVersion | undefined {
  return terms
    .filter(({ effectiveFrom }) => effectiveFrom <= instant)
    .reverse()
    .flatMap(({ members }) => members)
    .find((member) => member.programId === programId)
}
