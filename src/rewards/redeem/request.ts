// What a till sends when it checks or redeems a code, as it was read.
import type { Exact } from '../../integrations/toolkit/amounts.ts'
import type { Json } from '../../integrations/toolkit/clean.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { RedeemedProduct } from '../claims/claim.ts'

/** What both calls carry. */
export interface CodeRequest {
  businessReference: string
  code: string
  /** E.164. */
  phone: string
  posBranchId: string | null
  /** The fields that come back exactly as they were sent; null where the country was left out. */
  echo: Json
}

export interface RedeemRequest extends CodeRequest {
  posOrderId: string
  posUserId: string | null
  /** What was really taken off. */
  discount: Exact
  products: RedeemedProduct[] | null
  /** When the till says that the discount was given. */
  date: EpochMs | null
}
