// An event as the API shows it.
import { actorToJson } from '../../../../contract/actor.ts'
import type { LiveEvent } from '../../../../contract/api/events.ts'
import type { RecordedEvent } from '../../../events/readers.ts'
import { formatInstant } from '../format.ts'

export function eventToJson({ seq, type, at, actor, subject, data }: RecordedEvent): LiveEvent {
  return {
    number: seq,
    type,
    at: formatInstant(at),
    actor: actorToJson(actor),
    subject,
    data: data as LiveEvent['data'],
  }
}
