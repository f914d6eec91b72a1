// Notes on customers in the business API.
import { type Static, Type } from 'typebox'
import { actor, idOf, instant } from './common.ts'

export const CustomerNote = Type.Object({
  id: idOf('not', 'The note.'),
  text: Type.String({ description: 'The note.', examples: ['Prefers oat milk'] }),
  created_at: instant('When it was written.'),
  created_by: actor('Who wrote it.'),
})
export type CustomerNote = Static<typeof CustomerNote>

export const NewNote = Type.Object(
  {
    text: Type.String({
      minLength: 1,
      maxLength: 2000,
      description: 'The note.',
      examples: ['Prefers oat milk'],
    }),
  },
  { additionalProperties: false },
)
