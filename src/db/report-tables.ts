// The types of the rows of sums for Home and the reports.
import type { IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { OptionalInstant, OptionalJson } from './columns.ts'

export interface ReportStateTable {
  business_id: Uuid
  timezone: string
  built_at: OptionalInstant
  counted_at: OptionalInstant
}

export interface CountedOrderTable {
  business_id: Uuid
  id: Uuid
  day: IsoDate
  branch_id: Uuid
  customer_id: Uuid | null
  orders: number
  amount: number
  returns: number
  returned: number
  earned: OptionalJson<Record<Uuid, number>>
}

export interface CountedClaimTable {
  business_id: Uuid
  id: Uuid
  program_id: Uuid
  kind: string
  reward_id: Uuid
  claimed_on: IsoDate
  outcome: string
  ended_on: IsoDate | null
  branch_id: Uuid
  units: number
  discount: number
}

export interface CustomerMonthTable {
  business_id: Uuid
  customer_id: Uuid
  month: IsoDate
  orders: number
  amount: number
}

export interface CustomerVisitTable {
  business_id: Uuid
  customer_id: Uuid
  joined_on: IsoDate
  first_on: IsoDate | null
  last_on: IsoDate | null
  orders: number
  amount: number
}

export interface DailyUnitTable {
  business_id: Uuid
  day: IsoDate
  program_id: Uuid
  earned: number
  taken_back: number
  redeemed: number
  restored: number
  expired: number
  unexpired: number
  added: number
  deducted: number
  written_off: number
}

export interface DailyOrderTable {
  business_id: Uuid
  day: IsoDate
  branch_id: Uuid
  orders: number
  amount: number
  customer_orders: number
  customer_amount: number
  returns: number
  returned: number
  customer_returned: number
}

export interface DailyBranchUnitTable {
  business_id: Uuid
  day: IsoDate
  branch_id: Uuid
  program_id: Uuid
  earned: number
}

export interface DailyCustomerTable {
  business_id: Uuid
  day: IsoDate
  joined: number
  active: number
}

export interface DailyClaimTable {
  business_id: Uuid
  day: IsoDate
  program_id: Uuid
  kind: string
  reward_id: Uuid
  branch_id: Uuid
  claimed: number
  redeemed: number
  restored: number
  unused: number
  units: number
  discount: number
}

export interface CohortMonthTable {
  business_id: Uuid
  joined: IsoDate
  month: IsoDate
  customers: number
  orders: number
  amount: number
}
