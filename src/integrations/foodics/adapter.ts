// The adapter of Foodics: its order webhooks (API v5).
import type { PosAdapter } from '../adapter.ts'
import { parseEnvelope, peekReference } from '../toolkit/envelope.ts'
import { foodicsProfile } from './body-profile.ts'
import { readFoodicsOrder } from './order.ts'

export const foodics: PosAdapter = {
  name: 'foodics',
  peekReference,
  parse: (body, context) =>
    parseEnvelope(body, (order, timestamp, read, deleted) =>
      readFoodicsOrder(order, timestamp, context, read, deleted),
    ),
  // Foodics documents no shape; a list under this name is what integrations send. How many pieces
  // stands beside it.
  allowedProducts: (productIds, quantity) => [{ products_list: [...productIds], quantity }],
  // Integrations send a number that no order reaches.
  unlimited: 1_000_000,
  ...foodicsProfile,
}
