// What the versions of a stamp program say about its cards.
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
    // The award is valid until the end of its last day.
    expiresAt: (version, wonAt) => {
      const days = stampsOf(version).reward.valid_days
      return days === undefined ? null : slidingExpiry(wonAt, days, programs.business.timezone)
    },
  }
}
