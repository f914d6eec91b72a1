// The activity log of the business, in the business API.
import { type Static, Type } from 'typebox'
import { ActorObject } from '../actor.ts'
import { idOf, instant, nullable } from './common.ts'

const values = (description: string) => nullable(Type.Record(Type.String(), Type.Unknown(), { description }))

export const Activity = Type.Object({
  id: idOf('act', 'The entry.'),
  at: instant('When it happened.'),
  actor: Type.Object(ActorObject.properties, { description: 'Who did it.' }),
  actor_name: nullable(
    Type.String({
      description: 'Name of the person or of the API key. null when it is not known.',
      examples: ['Noura'],
    }),
  ),
  operation: Type.String({
    description: 'Operation of the API, as in its reference.',
    examples: ['updateCustomer'],
  }),
  subject: nullable(
    Type.String({
      description: 'ID of what was changed. null for the business itself.',
      examples: ['cus_01kb4w7x2jf8m9t3v6q0c5n1rd'],
    }),
  ),
  subject_name: nullable(
    Type.Object(
      { en: Type.String(), ar: nullable(Type.String()) },
      { description: 'Its present name in English and Arabic. null when it has none, or is gone.' },
    ),
  ),
  address: Type.String({
    description: 'IP address that the request came from. Empty for what the operator did on the command line.',
    examples: ['203.0.113.7'],
  }),
  user_agent: Type.String({ description: 'Browser or client, as it names itself.' }),
  request_id: Type.String({ description: 'ID of the request.' }),
  before: values('Former values of the fields that changed.'),
  after: values(
    'New values of the fields that changed, or what was sent. Without secrets; personal data of customers is replaced by `•••`.',
  ),
})
export type Activity = Static<typeof Activity>

export const ActivityActor = Type.Object({
  actor: Type.Object(ActorObject.properties, { description: 'Somebody who is in the log.' }),
  name: nullable(Type.String({ description: 'Name of the person or of the API key. null when it is not known.' })),
})
export type ActivityActor = Static<typeof ActivityActor>
