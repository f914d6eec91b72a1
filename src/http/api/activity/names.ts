// The names of people and API keys in the activity log.
import type { Actor } from '../../../../contract/actor.ts'
import { namesOfKeys } from '../../../businesses/api-keys.ts'
import { formatId, parseId, type Uuid } from '../../../kernel/ids.ts'
import type { AppContext } from '../../../server/context.ts'
import { namesOfPeople } from '../../../staff/people.ts'

/** By actor. */
export async function namesOfActors(
  { db }: Pick<AppContext, 'db'>,
  businessId: Uuid,
  actors: readonly Actor[],
): Promise<Map<string, string>> {
  const idsOf = (kind: 'staff' | 'apiKey', mark: 'staff:' | 'key:') => [
    ...new Set(
      actors.flatMap((actor) => (actor.startsWith(mark) ? (parseId(kind, actor.slice(mark.length)) ?? []) : [])),
    ),
  ]
  const [people, keys] = await Promise.all([
    namesOfPeople(db, idsOf('staff', 'staff:')),
    namesOfKeys(db, businessId, idsOf('apiKey', 'key:')),
  ])
  return new Map([
    ...people.map(({ id, name }) => [`staff:${formatId('staff', id)}`, name] as const),
    ...keys.map(({ id, name }) => [`key:${formatId('apiKey', id)}`, name] as const),
  ])
}
