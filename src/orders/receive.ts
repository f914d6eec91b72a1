// The door of a delivery: from the bytes that a POS sent to a delivery that ingest can take, or the reason why it cannot.
import type { PosOrder } from '../../contract/pos-order.ts'
import { findCodes } from '../businesses/connection-codes.ts'
import { referenceKeys } from '../businesses/connections.ts'
import type { Queryable, Statement } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import { countryOf } from '../kernel/country.ts'
import type { Uuid } from '../kernel/ids.ts'
import { normaliseReference } from '../kernel/text.ts'
import type { ParseOutcome, PosProblem } from '../pos/adapter.ts'
import { type AdapterName, adapters } from '../pos/index.ts'
import { pack } from './archive.ts'
import type { Delivery } from './delivery.ts'
import { deliveryId } from './identity.ts'
import { boundToReceipt } from './order-clock.ts'

/** The business that a reference names, as far as parsing needs it. */
export interface Connected {
  businessId: Uuid
  /** SHA-256 of the secret that the POS must send; null when the connection has none. */
  secretHash: Buffer | null
  /** Of the one before, and until when it is accepted. */
  oldSecretHash: Buffer | null
  oldSecretUntil: EpochMs | null
  currency: string
  timezone: string
  /** ISO 3166-1 alpha-2; null when neither the business nor its time zone names one. */
  country: string | null
  language: 'ar' | 'en'
}

export type Received =
  | { kind: 'delivery'; delivery: Delivery; business: Connected; reference: string }
  | { kind: 'unmatched'; unmatched: Unmatched }
  | { kind: 'invalid'; errors: PosProblem[]; business: Connected | null; reference: string }

/** A delivery whose business is not connected. */
export interface Unmatched {
  id: Uuid
  posName: string
  adapter: AdapterName
  reference: string
  body: Buffer
  receivedAt: EpochMs
  /** Connection codes in the names and SKUs of its products. */
  connectionCodes: string[]
}

/** Who sent it: the POS of the token, and the adapter that reads its bodies. */
export interface Sender {
  posName: string
  adapter: AdapterName
  /** The `jti` of the token, where it has one. */
  token?: string
}

/** What a body is read with when nobody knows its business yet; it is read again when the business is known. */
const UNKNOWN_BUSINESS = { currency: 'SAR', timezone: 'Asia/Riyadh', country: null }

/** Reads a body and finds its business. `value` is what JSON.parse gave for `raw`. */
export async function receive(
  deps: { connections: Connections; clock: Clock },
  sender: Sender,
  { raw, value }: { raw: Buffer; value: unknown },
): Promise<Received> {
  const adapter = adapters[sender.adapter]
  const reference = adapter.peekReference(value) ?? ''
  const business = reference === '' ? null : await deps.connections.find(sender.posName, reference)
  const outcome = adapter.parse(value, business ?? UNKNOWN_BUSINESS)
  if (outcome.kind === 'invalid') return { kind: 'invalid', errors: outcome.errors, business, reference }
  if (business && outcome.kind === 'order' && (outcome.order.currency ?? business.currency) !== business.currency) {
    return { kind: 'invalid', errors: [otherCurrency(business.currency)], business, reference }
  }
  const receivedAt = deps.clock.now()
  if (business) {
    const delivery = toDelivery(sender, business, outcome, raw, receivedAt)
    return { kind: 'delivery', delivery, business, reference }
  }
  const id = deliveryId(sender.posName, outcome.businessReference, outcome.timestamp, raw)
  return {
    kind: 'unmatched',
    unmatched: {
      ...sender,
      ...{ id, reference: outcome.businessReference, body: raw, receivedAt },
      connectionCodes: outcome.kind === 'order' ? codesOf(outcome.order) : [],
    },
  }
}

/**
 * Only what the shop itself writes into its menu proves anything: names, notes and coupon codes can be told by any customer, who
 * could so give somebody else the orders of the shop.
 */
function codesOf({ lines }: PosOrder): string[] {
  return findCodes(lines.flatMap(({ name, name_ar = '', sku = '' }) => [name, name_ar, sku]))
}

/** A ledger counts in one currency; what another is worth LoyaPro does not know. */
function otherCurrency(currency: string): PosProblem {
  return {
    pointer: '/order/currency',
    message: `must be ${currency} (the currency of the business), or omitted`,
    message_ar: `يجب أن تكون ${currency} (عملة المنشأة)، أو احذف الحقل`,
  }
}

export function toDelivery(
  sender: Sender,
  { businessId, timezone }: Pick<Connected, 'businessId' | 'timezone'>,
  outcome: Exclude<ParseOutcome, { kind: 'invalid' }>,
  raw: Buffer,
  receivedAt: EpochMs,
): Delivery {
  return {
    ...sender,
    id: deliveryId(sender.posName, outcome.businessReference, outcome.timestamp, raw),
    businessId,
    event: outcome.event || null,
    receivedAt,
    body: raw,
    parsed:
      outcome.kind === 'order'
        ? { kind: 'order', order: boundToReceipt(outcome.order, receivedAt, timezone) }
        : { kind: 'ignored', reason: outcome.reason },
  }
}

/** Keeps a delivery until its business is connected. The same one again changes nothing. */
export async function keepUnmatched(
  q: Queryable,
  { id, posName, adapter, reference, body, receivedAt }: Omit<Unmatched, 'connectionCodes'>,
): Promise<void> {
  const { dictionary, bytes } = pack(adapter, body)
  const key = normaliseReference(reference) ?? ''
  await q.query(KEEP_UNMATCHED, [id, posName, reference, key, dictionary, bytes, instant(receivedAt)])
}

const KEEP_UNMATCHED: Statement = {
  name: 'keep_unmatched',
  text: `
insert into unmatched_deliveries (id, pos_name, reference, reference_key, dictionary, body, received_at)
values ($1, $2, $3, $4, $5, $6, $7::timestamptz)
on conflict (id) do nothing`,
}

/** Which business a POS means by a reference, remembered for a moment: orders of one shop come many a minute. */
export interface Connections {
  find(posName: string, reference: string): Promise<Connected | null>
  /** The next `find` of this reference asks the database. */
  forget(posName: string, reference: string): void
}

const REMEMBERED_MS = 5_000
const MAX_REMEMBERED = 10_000

/** Only what is connected is remembered, so that a new connection takes effect at once. */
export function createConnections(q: Queryable, clock: Clock): Connections {
  const remembered = new Map<string, { business: Connected; until: EpochMs }>()
  return {
    async find(posName, reference) {
      const key = `${posName} ${reference}`
      const known = remembered.get(key)
      const left = known ? known.until - clock.now() : 0
      // More is left than there ever was when the clock was set back: who knows how long ago that was learnt.
      if (known && left > 0 && left <= REMEMBERED_MS) return known.business
      remembered.delete(key)
      const [row] = await q.query<Connected>(FIND_BUSINESS, [posName, referenceKeys(reference)])
      if (!row) return null
      const business = { ...row, country: countryOf(row) }
      if (remembered.size >= MAX_REMEMBERED) remembered.clear()
      remembered.set(key, { business, until: clock.now() + REMEMBERED_MS })
      return business
    },
    forget: (posName, reference) => void remembered.delete(`${posName} ${reference}`),
  }
}

const FIND_BUSINESS: Statement = {
  name: 'find_business',
  text: `
select b.id as "businessId", c.secret_hash as "secretHash", c.old_secret_hash as "oldSecretHash",
  c.old_secret_until as "oldSecretUntil", b.currency, b.timezone, b.country, b.language
from pos_connections c join businesses b on b.id = c.business_id
where c.pos_name = $1 and c.reference_key = any ($2::text[])
order by array_position($2::text[], c.reference_key)
limit 1`,
}
