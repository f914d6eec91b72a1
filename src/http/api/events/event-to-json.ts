// An event as the API shows it.
import { actorToJson } from '../../../../contract/actor.ts'
import type { LiveEvent } from '../../../../contract/api/events.ts'
import { EVENT_FIELDS, type FieldKind } from '../../../events/event.ts'
import type { RecordedEvent } from '../../../events/readers.ts'
import { formatId } from '../../../kernel/ids.ts'
import { formatInstant } from '../format.ts'

export function eventToJson({ seq, type, version, at, actor, subject, data }: RecordedEvent): LiveEvent {
  const fields = EVENT_FIELDS[type]
  const values: Readonly<Record<string, unknown>> = data
  const shown = Object.entries<FieldKind>(fields.data).map(([name, kind]) => [name, show(kind, values[name])])
  return {
    number: seq,
    type,
    at: formatInstant(at),
    actor: actorToJson(actor),
    subject: formatId(fields.subject, subject),
    data: { version, ...Object.fromEntries(shown) },
  }
}

function show(kind: FieldKind, value: unknown): unknown {
  if (kind === 'value' || value === null) return value
  return kind === 'instant' ? formatInstant(value as number) : formatId(kind, value as string)
}
