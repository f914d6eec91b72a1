// The integration with any POS that sends the standard format, which LoyaPro documents
// (src/integrations/README.md).
import type { Integration } from '../integration.ts'
import { parseEnvelope, referenceInEnvelope } from '../toolkit/envelope.ts'
import { readStandardOrder } from './read/order.ts'

export const integration: Integration = {
  name: 'standard',
  title: { en: 'Standard format', ar: 'الصيغة القياسية' },
  authentication: { kind: 'jwt' },
  reference: referenceInEnvelope,
  read: (body, context) =>
    parseEnvelope(body, (order, timestamp, read, deleted) =>
      readStandardOrder(order, timestamp, context, read, deleted),
    ),
  reward: {
    allowedProducts: (productIds, quantity) => productIds.map((product_id) => ({ product_id, quantity })),
    unlimited: null,
  },
}
