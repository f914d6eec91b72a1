// The programs of a business as if one version had always been the only one in force: for trying a
// draft.
import type { BusinessPrograms } from './store.ts'
import type { PinnedVersion, Terms } from './terms.ts'

/** Whatever the terms of an order, it is assessed by `version` alone. */
export function underVersion(programs: BusinessPrograms, version: PinnedVersion): BusinessPrograms {
  const terms: Terms = { number: 1, effectiveFrom: Number.NEGATIVE_INFINITY, members: [version] }
  return { ...programs, terms: [terms], termsNumber: () => terms }
}
