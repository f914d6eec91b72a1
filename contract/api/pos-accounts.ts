// Accounts at points of sale that LoyaPro may call, and the catalogue read from them, as the business API shows and takes them.
import { type Static, Type } from 'typebox'
import { choice, date, instant, nullable, PosName } from './common.ts'

const count = (description: string) => Type.Integer({ description, examples: [0] })
const Names = Type.Object(
  { en: Type.String(), ar: nullable(Type.String()) },
  { description: 'The name as the POS has it; the Arabic one may be missing.' },
)

export const Backfill = Type.Object({
  pos: PosName,
  from: date('The first business day whose orders are read.'),
  status: choice(['running', 'done', 'failed'], {
    description: '`failed` ends it; start it again when the problem is solved.',
  }),
  last_reference: Type.Integer({
    description: "The POS's number of the last order that was read.",
    examples: [382546],
  }),
  orders: count('Orders read.'),
  processed: count('Orders that were applied.'),
  duplicate: count('Orders that had been applied before.'),
  stale: count('Orders of which a newer state was known.'),
  parked: count('Returns that wait for their sale.'),
  passed_over: count('Orders without a customer, or from before the first day.'),
  not_applied: count('Orders that could not be applied; the log names them.'),
  problem: nullable(Type.String({ description: 'Why it waits or has failed.' })),
  started_at: instant('When it was started.'),
  finished_at: nullable(instant('When it ended.')),
})
export type Backfill = Static<typeof Backfill>

export const PosAccount = Type.Object({
  pos: PosName,
  status: choice(['connected', 'needs_consent'], {
    description:
      '`needs_consent`: the POS takes the token no more; nothing is lost, and a new consent goes on from here.',
  }),
  reference: Type.String({
    description: 'By which the POS names the business, as the POS said.',
    examples: ['440810'],
  }),
  name: nullable(Type.String({ description: 'What the POS calls the business.' })),
  problem: nullable(
    Type.String({ description: 'Why the last call failed, or the consent is needed; in the words of the POS.' }),
  ),
  paused_until: nullable(instant('Until when the POS is left alone.')),
  customers_waiting: count('Customers of whom the POS has still to hear.'),
  customers_refused: count('Customers whom the POS refused; a change or a sync tries them again.'),
  catalogue: Type.Object(
    {
      synced_at: nullable(instant('When branches, categories and products were last read to the end.')),
      syncing: Type.Boolean({ description: 'They are being read.' }),
      problem: nullable(Type.String({ description: 'Why reading them waits.' })),
    },
    { description: 'How the reading of the catalogue goes.' },
  ),
  backfill: nullable(Backfill),
  connected_at: instant('When the first consent was given.'),
})
export type PosAccount = Static<typeof PosAccount>

export const Consent = Type.Object({
  url: Type.String({ description: 'Send the owner of the POS account there; the POS asks for the consent.' }),
  expires_at: instant('Until when it can be given.'),
})

export const NewBackfill = Type.Object(
  { from: date('The first business day whose orders are read.') },
  { additionalProperties: false },
)

export const Product = Type.Object({
  pos: PosName,
  id: Type.String({
    description: 'The id that the POS knows it by: what rules and rewards name.',
    examples: ['_7g3g8555'],
  }),
  name: Names,
  category_id: nullable(Type.String({ description: 'Its category, by the id of the POS.', examples: ['_7ad32937'] })),
  sku: nullable(Type.String({ description: 'Stock keeping unit.' })),
  barcode: nullable(Type.String({ description: 'Barcode.' })),
  price: nullable(Type.Integer({ description: 'Minor units; null when the till asks for it.', examples: [2400] })),
  active: Type.Boolean({ description: 'It is on sale.' }),
})
export type Product = Static<typeof Product>

export const Category = Type.Object({
  pos: PosName,
  id: Type.String({ description: 'The id that the POS knows it by: what rules name.', examples: ['_7ad32937'] }),
  name: Names,
})
export type Category = Static<typeof Category>
