// The adapter of the standard shape: for any POS that can send plain JSON and has no adapter of its
// own.
import type { PosAdapter } from '../adapter.ts'
import { parseEnvelope, peekReference } from '../toolkit/envelope.ts'
import { standardProfile } from './body-profile.ts'
import { readStandardOrder } from './order.ts'

export const standard: PosAdapter = {
  name: 'standard',
  peekReference,
  parse: (body, context) =>
    parseEnvelope(body, (order, timestamp, read, deleted) =>
      readStandardOrder(order, timestamp, context, read, deleted),
    ),
  allowedProducts: (productIds, quantity) => productIds.map((product_id) => ({ product_id, quantity })),
  unlimited: null,
  ...standardProfile,
}
