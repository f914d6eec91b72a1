// Events in the business API: what happened, in order, as a list and as a stream.
import { type Static, Type } from 'typebox'
import { EVENT_VERSIONS } from '../events/versions.ts'
import { actor, choice, instant } from './common.ts'

export const EVENT_TYPES = Object.keys(EVENT_VERSIONS) as (keyof typeof EVENT_VERSIONS)[]

export const LiveEvent = Type.Object(
  {
    number: Type.Integer({ description: 'Events of a business are numbered without gaps.', examples: [1042] }),
    type: choice(EVENT_TYPES, { description: 'What happened.' }),
    at: instant('When it happened.'),
    actor: actor('Who did it. null: the POS of the order.'),
    subject: Type.String({ description: 'ID of what it is about.', examples: ['ord_01kb4w7x2jf8m9t3v6q0c5n1rd'] }),
    data: Type.Object(
      { version: Type.Integer({ description: 'Version of the schema of the data.' }) },
      { additionalProperties: true, description: 'Depends on the type.' },
    ),
  },
  { title: 'Event' },
)
export type LiveEvent = Static<typeof LiveEvent>

export const LiveEvents = Type.Object({
  data: Type.Array(LiveEvent),
  last: Type.Integer({
    description: 'Number of the last event of this answer, or of the business. Pass it as `after`.',
  }),
  complete: Type.Boolean({
    description: 'False if events after `after` are no longer stored: read the lists that you show again.',
  }),
})
export type LiveEvents = Static<typeof LiveEvents>
