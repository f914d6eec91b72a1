// The integration with Foodics: its order webhooks and its REST API, version 5.
import type { Integration } from '../integration.ts'
import { parseEnvelope, referenceInEnvelope } from '../toolkit/envelope.ts'
import { client } from './client/client.ts'
import { readFoodicsOrder } from './read/order.ts'
import { reward } from './render.ts'

export const integration: Integration = {
  name: 'foodics',
  title: { en: 'Foodics', ar: 'فودكس' },
  authentication: { kind: 'jwt' },
  reference: referenceInEnvelope,
  read: (body, context) =>
    parseEnvelope(body, (order, timestamp, read, deleted) =>
      readFoodicsOrder(order, timestamp, context, read, deleted),
    ),
  reward,
  client,
}
