// Removes a demo business: its people get an empty business of their own, and nothing of the demo
// stays.

import { createBusiness, type NewBusiness } from '../businesses/businesses.ts'
import { closeBusiness } from '../businesses/close-business.ts'
import type { WriteTransaction } from '../db/database.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { moveMembers } from '../staff/memberships.ts'
import { saveRemoval } from './state.ts'

type Created = Extract<Awaited<ReturnType<typeof createBusiness>>, { kind: 'created' }>['business']

export type RemoveDemoOutcome =
  | { kind: 'not_a_demo' }
  | { kind: 'name_missing' | 'currency_unknown' | 'timezone_unknown' | 'country_unknown' }
  | { kind: 'removed'; business: Created }

/**
 * Closes the demo and creates the business that takes its place, in one transaction. `eraseBusiness`
 * deletes the rows afterwards, and the job `erase_demos` what is left a minute later. Outcomes in
 * order of precedence: not_a_demo, those of `createBusiness`, removed.
 */
export async function removeDemo(
  tx: WriteTransaction,
  demoId: Uuid,
  replacement: NewBusiness,
  deps: { ids: Ids; clock: Clock },
): Promise<RemoveDemoOutcome> {
  const rows = await tx.query(
    'select business_id from demo_businesses where business_id = $1 and removed_at is null for update',
    [demoId],
  )
  if (rows.length === 0) return { kind: 'not_a_demo' }
  const created = await createBusiness(tx, replacement, deps)
  if (created.kind !== 'created') return created
  const { business } = created
  await moveMembers(tx, demoId, business.id)
  await closeBusiness(tx, demoId, deps)
  await saveRemoval(tx, demoId, business.id, deps.clock.now())
  return { kind: 'removed', business }
}
