// The branches that the orders of a batch name: those that the process has cached, and new or changed
// ones (pure).
import { type BranchCache, branchId, type KnownBranch, learnBranch } from '../businesses/known-branches.ts'
import type { Uuid } from '../kernel/ids.ts'
import { type Change, MOST_BRANCHES, type OrderDelivery } from '../orders/apply-snapshot.ts'

export interface BatchBranches {
  readonly cache: BranchCache
  /** By id; they enter the cache when the batch is committed. */
  readonly learned: ReadonlyMap<Uuid, LearnedBranch>
}

/** A branch that is new or that an order changes. */
export interface LearnedBranch {
  readonly businessId: Uuid
  readonly posName: string
  readonly posBranchId: string
  readonly branch: KnownBranch
}

export function findBranch({ cache, learned }: BatchBranches, businessId: Uuid, id: Uuid): KnownBranch | undefined {
  return learned.get(id)?.branch ?? cache.get(businessId)?.branches.get(id)
}

/**
 * The branch of an order with the data of the order; the known branch itself if nothing changes.
 */
export function branchAfter(
  branches: BatchBranches,
  { businessId, posName, parsed: { order } }: OrderDelivery,
): KnownBranch {
  const id = branchId(businessId, posName, order.branch.id)
  return learnBranch(findBranch(branches, businessId, id), id, order.branch)
}

/** The new and changed branches of these changes, each branch once. */
export function learnBranches(branches: BatchBranches, changes: readonly Change[]): LearnedBranch[] {
  const learned = new Map(branches.learned)
  return changes.flatMap(({ delivery }) => {
    const { businessId, posName, parsed } = delivery
    const branch = branchAfter({ ...branches, learned }, delivery)
    if (branch === findBranch({ ...branches, learned }, businessId, branch.id)) return []
    const one = { businessId, posName, posBranchId: parsed.order.branch.id, branch }
    learned.set(branch.id, one)
    return [one]
  })
}

export function withLearned(branches: BatchBranches, learned: readonly LearnedBranch[]): BatchBranches {
  if (learned.length === 0) return branches
  return {
    ...branches,
    learned: new Map([...branches.learned, ...learned.map((one) => [one.branch.id, one] as const)]),
  }
}

/** Whether the order names a branch beyond the maximum number of branches. */
export function isBranchTooMany(
  branches: BatchBranches,
  { businessId, posName, parsed: { order } }: OrderDelivery,
): boolean {
  const known = branches.cache.get(businessId)?.branches.size ?? 0
  if (known + branches.learned.size < MOST_BRANCHES) return false
  const learned = [...branches.learned.values()].filter((one) => one.businessId === businessId).length
  if (known + learned < MOST_BRANCHES) return false
  return findBranch(branches, businessId, branchId(businessId, posName, order.branch.id)) === undefined
}
