// What the rounds of one batch share.
import type { OrderAnswer } from '../../contract/pos-answer.ts'
import type { PosOrder } from '../../contract/pos-order.ts'
import type { DictionaryCache, RecordPacker } from '../archive/dictionaries.ts'
import type { BranchCache, KnownBranch } from '../businesses/known-branches.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import type { DeliveryRow } from '../orders/delivery-store.ts'
import type { BusinessPrograms, ProgramCache } from '../programs/store.ts'

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
  /**
   * Deliveries that had an effect before: what is on record of them stays, whatever comes of them
   * now.
   */
  lasting: ReadonlySet<Uuid>
  packer: RecordPacker
  /**
   * Branches learned in this batch, by id; they are remembered in the process once it is committed.
   */
  fresh: Map<Uuid, KnownBranch & { businessId: Uuid }>
}
