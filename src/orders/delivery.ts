// A delivery on its way through a batch, what the waves of the batch share, and how its outcome is recorded.
import type { OrderAnswer } from '../../contract/pos-answer.ts'
import type { PosOrder } from '../../contract/pos-order.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import type { AdapterName } from '../pos/index.ts'
import type { BusinessPrograms, ProgramCache } from '../programs/store.ts'
import { packAnswer } from './answer.ts'
import { pack } from './archive.ts'
import type { BranchCache, KnownBranch } from './branches.ts'
import type { DeliveryResult, DeliveryRow } from './store.ts'

/** A delivery on its way in: who sent it, the bytes, and what the adapter made of them. */
export interface Delivery {
  id: Uuid
  businessId: Uuid
  posName: string
  adapter: AdapterName
  event: string | null
  receivedAt: EpochMs
  body: Buffer
  parsed: { kind: 'order'; order: PosOrder } | { kind: 'ignored'; reason: string }
  /** Somebody asked to apply it again, so it is judged anew even when it was taken before. */
  replay?: boolean
}

export interface BatchDeps {
  now: EpochMs
  ids: Ids
  programs: ProgramCache
  branches: BranchCache
}

/** What the waves of one batch share. */
export interface BatchState extends BatchDeps {
  books: Map<Uuid, BusinessPrograms>
  answers: Map<Uuid, OrderAnswer>
  rows: DeliveryRow[]
  /** Branches learned in this batch, by id; they are remembered in the process once it is committed. */
  fresh: Map<Uuid, KnownBranch & { businessId: Uuid }>
}

/** Records what became of a delivery and what is answered. */
export function settle(
  state: BatchState,
  delivery: Delivery,
  outcome: { result: DeliveryResult; answer: OrderAnswer; orderId: Uuid | null },
): void {
  const { dictionary, bytes } = pack(delivery.adapter, delivery.body)
  state.answers.set(delivery.id, outcome.answer)
  state.rows.push({
    businessId: delivery.businessId,
    id: delivery.id,
    posName: delivery.posName,
    orderId: outcome.orderId,
    event: delivery.event,
    result: outcome.result,
    reason: outcome.answer.reason,
    error: null,
    dictionary,
    body: bytes,
    answer: packAnswer(outcome.answer),
    receivedAt: delivery.receivedAt,
  })
}
