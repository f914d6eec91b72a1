// What a till sends when it checks or redeems a code, after parsing.
import type { Exact } from '../../integrations/toolkit/amounts.ts'
import type { Json } from '../../integrations/toolkit/clean.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { RedeemedProduct } from '../claims/claim.ts'

/** The POS that asks, and the credential that it uses. */
export interface Till {
  posName: string
  /** The id of its credential; empty if it has none. */
  token: string
}

/** The fields of both requests. */
export interface CodeRequest {
  businessReference: string
  code: string
  /** E.164. */
  phone: string
  posBranchId: string | null
  /** The fields that the response repeats exactly as sent; null for a country that was not sent. */
  sent: Json
}

export interface RedeemRequest extends CodeRequest {
  posOrderId: string
  posUserId: string | null
  /** What was taken off. */
  discount: Exact
  products: RedeemedProduct[] | null
  /** When the discount was given, by the clock of the till. */
  date: EpochMs | null
}
