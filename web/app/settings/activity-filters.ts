// The filters of the activity log in the URL.
import { ACTIVITY_KINDS } from '../../../contract/activity/operations.ts'
import { filters, idOf, oneOf, text } from '../filters.ts'

export const readActivityFilters = filters({
  actor: text,
  kind: oneOf(...ACTIVITY_KINDS),
  subject: text,
  /** The entry that is open. */
  entry: idOf('act'),
})

export type ActivityFilters = ReturnType<typeof readActivityFilters>
