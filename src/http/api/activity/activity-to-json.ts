// Entries of the activity log as the API shows them, with the names of who and what.
import { type Actor, actorToJson } from '../../../../contract/actor.ts'
import type { Activity } from '../../../../contract/api/activity.ts'
import type { ActivityRow } from '../../../activity/read.ts'
import type { SubjectName } from '../../../activity/row-of.ts'
import { formatId, type Uuid } from '../../../kernel/ids.ts'
import type { AppContext } from '../../../server/context.ts'
import { formatInstant } from '../format.ts'
import { namesOfActors } from './names.ts'

/**
 * The subject of an entry can be a key or a person, whose names come from tables that all businesses
 * share; `subjects` has the others.
 */
export async function activityToJson(
  ctx: Pick<AppContext, 'db'>,
  businessId: Uuid,
  rows: readonly ActivityRow[],
  subjects: ReadonlyMap<string, SubjectName>,
): Promise<Activity[]> {
  const asActors = rows.flatMap(({ subject }) => asActor(subject) ?? [])
  const names = await namesOfActors(ctx, businessId, [...rows.map(({ actor }) => actor), ...asActors])
  const nameOf = (subject: string | null): SubjectName | null => {
    const actor = asActor(subject)
    const name = actor && names.get(actor)
    return name ? { en: name, ar: null } : (subject !== null && subjects.get(subject)) || null
  }
  return rows.map((row) => ({
    id: formatId('activity', row.id),
    at: formatInstant(row.at),
    actor: actorToJson(row.actor),
    actor_name: names.get(row.actor) ?? null,
    operation: row.operation,
    subject: row.subject,
    subject_name: nameOf(row.subject),
    address: row.address,
    user_agent: row.user_agent,
    request_id: row.request_id,
    before: row.before,
    after: row.after,
  }))
}

/** A key or a person as the actor that it can be. */
function asActor(subject: string | null): Actor | null {
  if (subject?.startsWith('stf_')) return `staff:${subject}`
  return subject?.startsWith('key_') ? `key:${subject}` : null
}
