// Who did it: the actor of every write, as it is stored and as the API shows it.
import { type Static, Type } from 'typebox'

/**
 * - `key`: an API key (`key_…`)
 * - `staff`: a member of staff, signed in
 * - `device`: a paired device of a branch
 * - `customer`: the customer (`cus_…`)
 * - `pos`: a POS, by its name
 * - `job`: a scheduled job, by its name
 * - `system`: LoyaPro itself: `cli`, `demo`, `ingest`
 */
export const ACTOR_KINDS = ['key', 'staff', 'device', 'customer', 'pos', 'job', 'system'] as const
export type ActorKind = (typeof ACTOR_KINDS)[number]

/** As it is stored: kind, colon, id, e.g. `key:key_01kb4w7x2jf8m9t3v6q0c5n1rd` or `pos:foodics`. */
export type Actor = `${ActorKind}:${string}`

export const ActorObject = Type.Object(
  {
    kind: Type.Enum([...ACTOR_KINDS], { type: 'string', description: 'Kind of the actor.' }),
    id: Type.String({
      description:
        'ID of the API key, member of staff, device or customer; name of the POS or job. For `system`, the part of LoyaPro.',
      examples: ['key_01kb4w7x2jf8m9t3v6q0c5n1rd'],
    }),
  },
  { title: 'Actor', description: 'Who did it.' },
)
export type ActorObject = Static<typeof ActorObject>

/** Null for a row that was written before actors were recorded. */
export function actorToJson(actor: Actor): ActorObject
export function actorToJson(actor: Actor | null): ActorObject | null
export function actorToJson(actor: Actor | null): ActorObject | null {
  if (actor === null) return null
  const colon = actor.indexOf(':')
  return { kind: actor.slice(0, colon) as ActorKind, id: actor.slice(colon + 1) }
}
