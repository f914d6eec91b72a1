// A back-test as it is stored, and its result.
import type { Actor } from '../../contract/actor.ts'
import type { Definition } from '../../contract/program.ts'
import type { EpochMs, IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Minor } from '../kernel/money.ts'

export interface BackTest {
  businessId: Uuid
  id: Uuid
  programId: Uuid
  /** Null for a draft that is no version of the program. */
  version: number | null
  definition: Definition
  /** Business dates, both included. */
  from: IsoDate
  to: IsoDate
  status: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  /** The sales of these days; null until they are counted. */
  orders: number | null
  assessed: number
  result: BackTestResult | null
  /** Why it failed. */
  problem: BackTestProblem | null
  createdAt: EpochMs
  createdBy: Actor
  startedAt: EpochMs | null
  finishedAt: EpochMs | null
}

/** `too_many_orders`: more than a back-test reads. `error`: it is in the log. */
export type BackTestProblem = 'too_many_orders' | 'error'

/** Units of the program; of a subscription, plans. */
export interface Given {
  /** What was really given, after returns and corrections, as of the back-test. */
  actual: number
  /** What the tested definition gives. */
  tested: number
}

export interface Part extends Given {
  /** Sales. */
  orders: number
}

export interface BackTestResult {
  total: Part & {
    /** Sales that name a customer. */
    withCustomer: number
    /** Customers who were given something, or would be. */
    customers: number
    /** Sales that were given something, and that would be. */
    earning: Given
    /** Units above the tested ceiling, which would wait for staff. */
    waiting: number
  }
  /** What units are worth, by the rewards of the day on which the back-test ended. */
  worth: UnitWorth | null
  days: (Part & { date: IsoDate })[]
  /** Monday is 1. */
  weekdays: (Part & { weekday: number })[]
  /** Most orders first; null collects sales without a branch. */
  branches: (Part & { branchId: Uuid | null })[]
  more: Changed
  less: Changed
  /** Customers for whom nothing changes. */
  same: number
}

/** `amount` minor units of money for `units` units. */
export interface UnitWorth {
  amount: Minor
  units: number
}

export interface Changed {
  customers: number
  /** The difference of them all; never negative. */
  units: number
  /** Those with the greatest difference. */
  greatest: (Given & { customerId: Uuid })[]
}
