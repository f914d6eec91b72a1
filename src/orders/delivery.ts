// A delivery on its way through a batch, what the waves of the batch share, and how its outcome is recorded.
import type { OrderAnswer } from '../../contract/pos-answer.ts'
import type { PosOrder } from '../../contract/pos-order.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import type { AdapterName } from '../pos/index.ts'
import type { BusinessPrograms, ProgramCache } from '../programs/store.ts'
import { bareAnswer } from './answer.ts'
import type { BranchCache, KnownBranch } from './branches.ts'
import type { CeilingDecision } from './ceiling.ts'
import type { DictionaryCache, FramePacker } from './dictionaries.ts'
import { frameOf } from './frame.ts'
import type { DeliveryResult, DeliveryRow } from './store.ts'

/** A delivery on its way in: who sent it, the bytes, and what the adapter made of them. */
export interface Delivery {
  id: Uuid
  businessId: Uuid
  posName: string
  adapter: AdapterName
  event: string | null
  /** The `jti` of the token that it came with. */
  token?: string
  receivedAt: EpochMs
  body: Buffer
  /** `text`: the order in JSON, where somebody has written it already. */
  parsed: { kind: 'order'; order: PosOrder; text?: Buffer } | { kind: 'ignored'; reason: string }
  /** Somebody asked to apply it again, so it is judged anew even when it was taken before. */
  replay?: boolean
  /** Staff apply it although it is a void older than its sale; `by` names the API key. */
  apply?: { at: EpochMs; by: string }
  /** Staff decide on what the order gives above a ceiling. The delivery is then the order as it is stored, and leaves no record. */
  decide?: CeilingDecision
}

export interface BatchDeps {
  now: EpochMs
  ids: Ids
  programs: ProgramCache
  branches: BranchCache
  dictionaries: DictionaryCache
}

/** What the waves of one batch share. */
export interface BatchState extends BatchDeps {
  books: Map<Uuid, BusinessPrograms>
  answers: Map<Uuid, OrderAnswer>
  rows: DeliveryRow[]
  /** Orders in the frames of `rows`, by the delivery's id. */
  unwritten: Map<Uuid, PosOrder>
  /** Deliveries that had an effect before: what is on record of them stays, whatever comes of them now. */
  lasting: ReadonlySet<Uuid>
  packer: FramePacker
  /** Branches learned in this batch, by id; they are remembered in the process once it is committed. */
  fresh: Map<Uuid, KnownBranch & { businessId: Uuid }>
}

/** Notes what is answered to a delivery, and what of it is to be kept, if that is not on record already. */
export function settle(
  state: BatchState,
  delivery: Delivery,
  outcome: { result: DeliveryResult; answer: OrderAnswer; orderId: Uuid | null },
): void {
  const { answer } = outcome
  state.answers.set(delivery.id, answer)
  if (state.lasting.has(delivery.id)) return
  const { body, parsed } = delivery
  const order = parsed.kind === 'order' ? (parsed.text ?? JSON.stringify(parsed.order)) : null
  const { dictionary, bytes } = state.packer.pack(delivery, frameOf({ body, order, answer }), order !== null)
  if (parsed.kind === 'order') state.unwritten.set(delivery.id, parsed.order)
  state.rows.push({
    businessId: delivery.businessId,
    id: delivery.id,
    posName: delivery.posName,
    orderId: outcome.orderId,
    event: delivery.event,
    result: outcome.result,
    reason: answer.reason,
    error: null,
    dictionary,
    body: bytes,
    receivedAt: delivery.receivedAt,
  })
}

/** Keeps a delivery that has no effect, with the reason. */
export function ignore(state: BatchState, delivery: Delivery, reason: string): void {
  const answer = bareAnswer({ eventId: delivery.id, result: 'ignored', reason, order: null, customer: null })
  settle(state, delivery, { result: 'ignored', answer, orderId: null })
}
