// Installations (POS accounts) and the catalogue imported from them, in the business API.
import { type Static, Type } from 'typebox'
import { actor, choice, date, instant, nullable, PosName } from './common.ts'

const count = (description: string) => Type.Integer({ description, examples: [0] })
const Names = Type.Object(
  { en: Type.String(), ar: nullable(Type.String()) },
  { description: 'Name in the POS. The Arabic name can be null.' },
)

export const Backfill = Type.Object({
  pos: PosName,
  from: date('First business day to import.'),
  status: choice(['running', 'done', 'failed'], {
    description: '`failed`: the import stopped. Fix the problem and start it again.',
  }),
  last_reference: Type.Integer({
    description: 'POS reference of the last imported order.',
    examples: [382546],
  }),
  orders: count('Orders imported so far.'),
  processed: count('Orders applied.'),
  duplicate: count('Orders that were already applied.'),
  stale: count('Orders whose newer state was already known.'),
  parked: count('Returns whose sale was not received yet.'),
  passed_over: count('Orders skipped: no customer, or before the first day.'),
  not_applied: count('Orders that could not be applied; the log names them.'),
  problem: nullable(Type.String({ description: 'Why it is waiting or failed.' })),
  started_at: instant('When it was started.'),
  started_by: actor('Who started it.'),
  finished_at: nullable(instant('When it ended.')),
})
export type Backfill = Static<typeof Backfill>

export const Installation = Type.Object({
  pos: PosName,
  status: choice(['connected', 'needs_consent'], {
    description:
      '`needs_consent`: the POS no longer accepts the token. No data is lost; work continues after the merchant consents again.',
  }),
  reference: Type.String({
    description: 'Reference of the business in the POS, as confirmed by the POS.',
    examples: ['440810'],
  }),
  name: nullable(Type.String({ description: 'What the POS calls the business.' })),
  problem: nullable(
    Type.String({ description: 'Why the last call failed or a new consent is needed, as reported by the POS.' }),
  ),
  paused_until: nullable(instant('Time until which LoyaPro makes no calls to the POS.')),
  customers_waiting: count('Customers not sent to the POS yet.'),
  customers_refused: count('Customers rejected by the POS. They are sent again after a change or a sync.'),
  catalogue: Type.Object(
    {
      synced_at: nullable(instant('When branches, categories and products were last fully imported.')),
      syncing: Type.Boolean({ description: 'An import is running.' }),
      problem: nullable(Type.String({ description: 'Why the import is waiting.' })),
    },
    { description: 'Status of the catalogue import.' },
  ),
  backfill: nullable(Backfill),
  connected_at: instant('When the first consent was given.'),
  connected_by: actor('Who requested the latest consent.'),
  updated_by: actor('Who last requested a consent or a sync.'),
})
export type Installation = Static<typeof Installation>

export const Consent = Type.Object({
  url: Type.String({
    description: 'URL to open for the owner of the POS account. The POS asks them for consent there.',
  }),
  expires_at: instant('When the link expires.'),
})

export const NewBackfill = Type.Object({ from: date('First business day to import.') }, { additionalProperties: false })

export const Product = Type.Object({
  pos: PosName,
  id: Type.String({
    description: 'ID in the POS. Use it in rules and rewards.',
    examples: ['_7g3g8555'],
  }),
  name: Names,
  category_id: nullable(Type.String({ description: 'POS ID of its category.', examples: ['_7ad32937'] })),
  sku: nullable(Type.String({ description: 'Stock keeping unit (SKU).' })),
  barcode: nullable(Type.String({ description: 'Barcode.' })),
  price: nullable(Type.Integer({ description: 'Price in minor units. null for an open price.', examples: [2400] })),
  active: Type.Boolean({ description: 'Whether the product is for sale.' }),
})
export type Product = Static<typeof Product>

export const Category = Type.Object({
  pos: PosName,
  id: Type.String({ description: 'ID in the POS. Use it in rules.', examples: ['_7ad32937'] }),
  name: Names,
})
export type Category = Static<typeof Category>
