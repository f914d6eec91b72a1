// A delivery that ingest processes.
import type { Actor } from '../../contract/actor.ts'
import type { PosOrder } from '../../contract/pos-order.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { CeilingDecision } from './ceiling.ts'

/** Its sender, its bytes, and the order that the adapter read from them. */
export interface Delivery {
  id: Uuid
  businessId: Uuid
  posName: string
  adapter: string
  event: string | null
  /** The `jti` of the token that it came with, or the ID of the secret. */
  token?: string
  receivedAt: EpochMs
  body: Buffer
  /** `text`: the order in JSON, where it is already serialised. */
  parsed: { kind: 'order'; order: PosOrder; text?: Buffer } | { kind: 'ignored'; reason: string }
  /** Applied again on request, even when it was applied before. */
  replay?: boolean
  /** Staff apply it although it is a void older than its sale. */
  apply?: { at: EpochMs; by: Actor }
  /**
   * Staff decide on what the order gives above a ceiling. The delivery is then the order as it is
   * stored, and leaves no record.
   */
  decide?: CeilingDecision
  /** The order is that of an erased customer; the customer is not in the delivery any more. */
  erased?: true
}
