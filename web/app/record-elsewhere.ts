// A link to a record of another business of the person: which record the address names, and which
// business has it.
import { findRecord } from '../api/account.ts'

/** The id in the address of a screen, as the API shows it. */
export function recordIn(pathname: string): string | null {
  return /\/([a-z]{3}_[0-9a-z]{26})(?:\/|$)/.exec(pathname)?.[1] ?? null
}

let last: { id: string; found: Promise<string | null> } | null = null

/** Null when no business of the person has it. The calls of one screen ask once. */
export function businessOf(id: string): Promise<string | null> {
  if (last?.id !== id) {
    const found = findRecord(id).then(
      ({ business_id }) => business_id,
      () => null,
    )
    last = { id, found }
  }
  return last.found
}
