// The limits of adjustments as the form holds them, and what of it is sent.
import type {
  AdjustmentLimitChanges,
  AdjustmentLimits,
  NewAdjustmentLimit,
} from '../../../contract/api/adjustment-limits.ts'

/** A field that is empty counts as 0. */
export type LimitDraft = Partial<NewAdjustmentLimit>

export interface Draft {
  support: LimitDraft
  /** Null: managers have no limit. */
  manager: LimitDraft | null
}

export function draftOf({ support, manager }: AdjustmentLimits): Draft {
  return { support: amountsOf(support), manager: manager && amountsOf(manager) }
}

/** Null when nothing is changed. */
export function changesOf(now: Draft, was: Draft): AdjustmentLimitChanges | null {
  const support = amountsOf(now.support)
  const manager = now.manager && amountsOf(now.manager)
  const changes = {
    ...(isOther(support, was.support) && { support }),
    ...(isOther(manager, was.manager) && { manager }),
  }
  return Object.keys(changes).length === 0 ? null : changes
}

function amountsOf({ per_adjustment = 0, per_day = 0 }: LimitDraft): NewAdjustmentLimit {
  return { per_adjustment, per_day }
}

function isOther(a: LimitDraft | null, b: LimitDraft | null): boolean {
  return a?.per_adjustment !== b?.per_adjustment || a?.per_day !== b?.per_day
}
