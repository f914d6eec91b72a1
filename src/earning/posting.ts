// The input and the result of posting one assessed sale.
import type { AccountKey } from '../ledger/accounts.ts'
import type { Movement } from '../ledger/transfers.ts'
import type { Subscription } from '../programs/plans/subscriptions.ts'
import type { PinnedVersion } from '../programs/terms.ts'
import type { UndoneBy, Why } from '../programs/why.ts'
import type { Decision, Entitlement } from './assess.ts'
import type { SaleToAssess } from './assessments.ts'
import type { BudgetChange } from './customer-facts.ts'
import type { SharedState, WorkingSet } from './working-set.ts'

export interface PostingContext {
  readonly sale: SaleToAssess
  readonly decision: Decision
  readonly working: WorkingSet
}

/** One customer in one program, and what the sale entitles them to there. */
export interface Target {
  key: AccountKey
  version: PinnedVersion
  /** Null when the customer is no longer entitled; `by` has the reason. */
  entitlement: Entitlement | null
  by: UndoneBy | null
}

/** The results other than transfers, which are in the book. */
export interface Posted {
  readonly movements: readonly Movement<Why>[]
  readonly subscriptions: readonly Subscription[]
  readonly budgets: readonly BudgetChange[]
  /** The input of the next posting. */
  readonly shared: SharedState
}
