// What the versions of a stamp program say of its cards.
import type { Uuid } from '../../kernel/ids.ts'
import { slidingExpiry } from '../expiry.ts'
import type { BusinessPrograms } from '../store.ts'
import type { CardTerms } from './cards.ts'

export function cardTerms(programs: BusinessPrograms, programId: Uuid): CardTerms {
  const stampsOf = (version: number) => {
    const definition = programs.version(programId, version)?.definition
    if (definition?.type !== 'stamps') throw new TypeError(`version ${version} of program ${programId} has no cards`)
    return definition
  }
  return {
    goalOf: (version) => stampsOf(version).goal,
    // A reward is good until the end of the last of its days.
    expiresAt: (version, wonAt) => {
      const days = stampsOf(version).reward.valid_days
      return days === undefined ? null : slidingExpiry(wonAt, days, programs.business.timezone)
    },
  }
}
