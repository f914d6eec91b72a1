// What earning needs to know besides the orders that it assesses.
import type { Actor } from '../../contract/actor.ts'
import type { KnownBranch } from '../businesses/known-branches.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import type { SnapshotSource } from '../orders/snapshots.ts'
import type { BusinessPrograms } from '../programs/store.ts'

export interface EarningContext {
  now: EpochMs
  ids: Ids
  programs: ReadonlyMap<Uuid, BusinessPrograms>
  branchOf: (businessId: Uuid, branchId: Uuid) => KnownBranch | undefined
  snapshots: SnapshotSource
  /** Who causes the work; null where each delivery is the work of its POS. */
  actor: Actor | null
}
