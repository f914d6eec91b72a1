// A sample system: one folder, in a format and with an authentication scheme of its own. Tests run
// orders through it as through a shipped integration.
import type { Integration, ParseOutcome, PosContext } from '../../../src/integrations/integration.ts'
import { integration as standard } from '../../../src/integrations/standard/integration.ts'
import { objectOf } from '../../../src/integrations/toolkit/clean.ts'

/** A receipt of the sample system. `cents` are minor units. */
export interface SampleReceipt {
  shop: string
  number: string
  at: string
  mobile: string
  cashier: { number: string; name: string }
  items: { item: string; cents: number }[]
}

export const integration: Integration = {
  name: 'sample',
  title: { en: 'Sample', ar: 'تجريبي' },
  authentication: {
    kind: 'hmac',
    header: 'x-sample-signature',
    algorithm: 'sha256',
    encoding: 'base64',
    signed: 'body',
  },
  // The header names the shop, as in systems whose body does not.
  reference: (_body, headers) => (typeof headers['x-sample-shop'] === 'string' ? headers['x-sample-shop'] : null),
  read,
  reward: { allowedProducts: (productIds) => [...productIds], unlimited: null },
}

/** The receipt is translated into the standard format, which the standard integration reads. */
function read(body: unknown, context: PosContext): ParseOutcome {
  const { number, at, mobile, cashier, items } = objectOf(body) as unknown as SampleReceipt
  const outcome = standard.read(
    {
      timestamp: at,
      business: { reference: 'in-the-header' },
      order: {
        id: number,
        status: 'Paid',
        branch: { id: 'main' },
        customer: { phone: mobile },
        created_by: { id: cashier.number, name: cashier.name },
        products: items.map(({ item, cents }) => ({ product_id: item, quantity: 1, price: cents / 100 })),
        total: items.reduce((sum, { cents }) => sum + cents, 0) / 100,
      },
    },
    context,
  )
  return outcome.kind === 'order' ? { ...outcome, businessReference: '' } : outcome
}
