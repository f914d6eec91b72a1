// Reads the profile fields of a request, and refuses an impossible birthday.
import type { CustomerChanges } from '../../../../contract/api/customers.ts'
import type { Profile } from '../../../customers/store.ts'
import type { EpochMs } from '../../../kernel/clock.ts'
import { invalid } from '../../problem.ts'

/** Absent fields stay absent. Throws 422 at `/birth_date`. */
export function readProfile(given: CustomerChanges, now: EpochMs): Partial<Profile> {
  const { name, email, gender, birth_date, language, blacklisted } = given
  if (birth_date != null && !isBirthDate(birth_date, now)) {
    throw invalid(
      '/birth_date',
      'must be a date in the past, after 1900',
      'يجب أن يكون تاريخًا سابقًا لليوم وبعد عام 1900',
    )
  }
  return {
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    ...(gender !== undefined && { gender }),
    ...(birth_date !== undefined && { birthDate: birth_date }),
    ...(language !== undefined && { language }),
    ...(blacklisted !== undefined && { blacklisted }),
  }
}

/** In some time zones it is already tomorrow. */
const DAY_MS = 24 * 60 * 60 * 1000

function isBirthDate(date: string, now: EpochMs): boolean {
  return date >= '1900-01-01' && Date.parse(date) <= now + DAY_MS
}
