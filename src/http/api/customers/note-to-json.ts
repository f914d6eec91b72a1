// The JSON of a note on a customer.
import { actorToJson } from '../../../../contract/actor.ts'
import type { CustomerNote } from '../../../../contract/api/customer-notes.ts'
import type { CustomerNote as Note } from '../../../customers/notes.ts'
import { formatId } from '../../../kernel/ids.ts'
import { formatInstant } from '../format.ts'

export function noteToJson({ id, text, createdAt, createdBy }: Note): CustomerNote {
  return {
    id: formatId('note', id),
    text,
    created_at: formatInstant(createdAt),
    created_by: actorToJson(createdBy),
  }
}
