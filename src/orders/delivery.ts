// A delivery on its way through a batch, what the waves of the batch share, and how its outcome is
// recorded.
import type { PosOrder } from '../../contract/pos-order.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { CeilingDecision } from './ceiling.ts'

/** A delivery on its way in: who sent it, the bytes, and what the adapter made of them. */
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
  /** `text`: the order in JSON, where somebody has written it already. */
  parsed: { kind: 'order'; order: PosOrder; text?: Buffer } | { kind: 'ignored'; reason: string }
  /** Somebody asked to apply it again, so it is judged anew even when it was taken before. */
  replay?: boolean
  /** Staff apply it although it is a void older than its sale; `by` names the API key. */
  apply?: { at: EpochMs; by: string }
  /**
   * Staff decide on what the order gives above a ceiling. The delivery is then the order as it is
   * stored, and leaves no record.
   */
  decide?: CeilingDecision
}
