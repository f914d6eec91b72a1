// An event as it is stored: an array of values without their names, because every order writes some.
import type { Actor } from '../../contract/actor.ts'
import type { EventType } from '../../contract/events/event.ts'
import { EVENT_VERSIONS } from '../../contract/events/versions.ts'
import { must } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { EVENT_FIELDS, type Event } from './event.ts'

/** The data follow in the order of `EVENT_FIELDS`. */
type StoredEvent = [
  type: EventType,
  version: number,
  at: EpochMs,
  actor: Actor | null,
  subject: Uuid,
  ...data: unknown[],
]

/** The version of the schema of its data comes with what is stored. */
export type VersionedEvent = Event & { readonly version: number }

/** The events of one commit, as JSON. Those that were stored before keep their version. */
export function encodeEvents(events: readonly (Event | VersionedEvent)[]): string {
  return `[${events.map(encode).join(',')}]`
}

function encode(event: Event | VersionedEvent): string {
  const { type, at, actor, subject, data } = event
  const stored: StoredEvent = [type, 'version' in event ? event.version : EVENT_VERSIONS[type], at, actor, subject]
  const values: Readonly<Record<string, unknown>> = data
  for (const name of namesOf(type)) stored.push(values[name])
  return JSON.stringify(stored)
}

/** Of what `encodeEvents` wrote. */
export function decodeEvents(json: string): VersionedEvent[] {
  const stored: StoredEvent[] = JSON.parse(json)
  return stored.map(([type, version, at, actor, subject, ...values]) => {
    const data = Object.fromEntries(namesOf(type).map((name, n) => [name, values[n]]))
    return { type, version, at, actor, subject, data } as VersionedEvent
  })
}

const NAMES: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(EVENT_FIELDS).map(([type, { data }]) => [type, Object.keys(data)]),
)

function namesOf(type: EventType): readonly string[] {
  return must(NAMES[type], type)
}
