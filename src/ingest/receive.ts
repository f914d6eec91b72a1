// From the bytes that a POS sent to a delivery that ingest can accept, or the reason why it cannot.
import type { PosOrder } from '../../contract/pos-order.ts'
import { pack } from '../archive/codec.ts'
import type { Connected, Connections } from '../businesses/connection-cache.ts'
import { findCodes } from '../businesses/connection-codes.ts'
import type { Queryable, Statement } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { ParseOutcome, PosProblem, RequestHeaders } from '../integrations/integration.ts'
import type { Integrations } from '../integrations/registry.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { normaliseReference } from '../kernel/text.ts'
import type { Delivery } from '../orders/delivery.ts'
import { deliveryId } from '../orders/identity.ts'
import { boundToReceipt } from '../orders/order-clock.ts'

export type Received =
  | { kind: 'delivery'; delivery: Delivery; business: Connected; reference: string }
  | { kind: 'unmatched'; unmatched: Unmatched }
  | { kind: 'invalid'; errors: PosProblem[]; business: Connected | null; reference: string }

/** A delivery whose business is not connected. */
export interface Unmatched {
  id: Uuid
  posName: string
  adapter: string
  reference: string
  body: Buffer
  receivedAt: EpochMs
  /** Connection codes in the names and SKUs of its products. */
  connectionCodes: string[]
}

/** The POS that sent it, and the integration that reads its bodies. */
export interface Sender {
  posName: string
  adapter: string
  /** The `jti` of the token, or the ID of the secret; absent for a token without `jti`. */
  token?: string
}

/** For reading a body whose business is not known yet; it is read again when it is. */
const UNKNOWN_BUSINESS = { currency: 'SAR', timezone: 'Asia/Riyadh', country: null }

/** Reads a body and finds its business. `value` is what JSON.parse gave for `raw`. */
export async function receive(
  deps: { connections: Connections; clock: Clock; integrations: Integrations },
  sender: Sender,
  { raw, value, headers = {} }: { raw: Buffer; value: unknown; headers?: RequestHeaders },
): Promise<Received> {
  const integration = deps.integrations.get(sender.adapter)
  const reference = integration.reference(value, headers) ?? ''
  const business = reference === '' ? null : await deps.connections.find(sender.posName, reference)
  const outcome = integration.read(value, business ?? UNKNOWN_BUSINESS)
  if (outcome.kind === 'invalid') return { kind: 'invalid', errors: outcome.errors, business, reference }
  if (business && outcome.kind === 'order' && (outcome.order.currency ?? business.currency) !== business.currency) {
    return { kind: 'invalid', errors: [otherCurrency(business.currency)], business, reference }
  }
  const receivedAt = deps.clock.now()
  const id = deliveryId(sender.posName, reference, outcome.timestamp, raw)
  if (business) {
    const delivery = toDelivery({ ...sender, id }, business, outcome, raw, receivedAt)
    return { kind: 'delivery', delivery, business, reference }
  }
  return {
    kind: 'unmatched',
    unmatched: {
      ...sender,
      id,
      reference,
      body: raw,
      receivedAt,
      connectionCodes: outcome.kind === 'order' ? codesOf(outcome.order) : [],
    },
  }
}

/**
 * Only the menu proves who runs the shop. A customer can dictate names, notes and coupon codes, and
 * could so connect the orders of the shop to another business.
 */
function codesOf({ lines }: PosOrder): string[] {
  return findCodes(lines.flatMap(({ name, name_ar = '', sku = '' }) => [name, name_ar, sku]))
}

/** A ledger counts in one currency, and LoyaPro does not convert. */
function otherCurrency(currency: string): PosProblem {
  return {
    pointer: '/order/currency',
    message: `must be ${currency} (the currency of the business), or omitted`,
    message_ar: `يجب أن تكون ${currency} (عملة المنشأة)، أو احذف الحقل`,
  }
}

export function toDelivery(
  sender: Sender & { id: Uuid },
  { businessId, timezone }: Pick<Connected, 'businessId' | 'timezone'>,
  outcome: Exclude<ParseOutcome, { kind: 'invalid' }>,
  raw: Buffer,
  receivedAt: EpochMs,
): Delivery {
  return {
    ...sender,
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

/** Stores a delivery until its business is connected. Storing it again changes nothing. */
export async function storeUnmatched(
  q: Queryable,
  { id, posName, adapter, reference, body, receivedAt }: Omit<Unmatched, 'connectionCodes'>,
): Promise<void> {
  const { dictionary, bytes } = pack(adapter, body)
  const key = normaliseReference(reference) ?? ''
  await q.query(STORE_UNMATCHED, [id, posName, reference, key, dictionary, bytes, instant(receivedAt)])
}

const STORE_UNMATCHED: Statement = {
  name: 'store_unmatched',
  text: `
insert into unmatched_deliveries (id, pos_name, reference, reference_key, dictionary, body, received_at)
values ($1, $2, $3, $4, $5, $6, $7::timestamptz)
on conflict (id) do nothing`,
}
