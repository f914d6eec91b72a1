// What LoyaPro asks of a POS that it may call. One implementation a POS; all of them answer in
// these words.
import type { EpochMs, IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Minor } from '../kernel/money.ts'

/**
 * How a call ended. `unauthorised`: the token is no good, or may not do this. `limited`: the POS
 * wants to be left alone for so long (milliseconds). `unavailable`: no answer, or the POS's own
 * error; the same call may succeed later. `refused`: the POS understood and said no, and will say
 * no again.
 */
export type Outcome<T> =
  | { kind: 'ok'; value: T }
  | { kind: 'unauthorised'; reason: string }
  | { kind: 'limited'; retryAfterMs: number | null }
  | { kind: 'unavailable'; reason: string }
  | { kind: 'refused'; status: number; reason: string }

export interface Tokens {
  accessToken: string
  /** Null when the token does not run out. */
  refreshToken: string | null
  /** Seconds. */
  expiresIn: number | null
}

/** What the POS says of the business whose token it is. */
export interface AccountFacts {
  reference: string
  name: string | null
}

/** A customer by the POS's own id. */
export interface PosPerson {
  id: string
  name: string | null
  email: string | null
  gender: 'male' | 'female' | null
  birthDate: IsoDate | null
}

/** What the POS shall know of a customer; what is null is not told. */
export interface PersonDetails extends Omit<PosPerson, 'id'> {
  /** E.164. */
  phone: string
}

export interface CategoryRecord {
  id: string
  name: string
  nameAr: string | null
}

export interface ProductRecord extends CategoryRecord {
  categoryId: string | null
  sku: string | null
  barcode: string | null
  /** Null when the till asks for it. */
  price: Minor | null
  active: boolean
}

export interface BranchRecord extends CategoryRecord {
  reference: string | null
  /** `HH:MM`, local. */
  dayEndsAt: string | null
}

/** Of a list that is read page by page, from 1. */
export interface Page<T> {
  items: T[]
  /** Null after the last page. */
  nextPage: number | null
  /** How many there are in all, when the POS says so. */
  total: number | null
}

/** A past order, in the envelope in which the POS would have sent it by itself. */
export interface PastOrder {
  reference: number
  posOrderId: string | null
  businessDate: IsoDate | null
  /** The POS sends orders by itself only for customers and, to give back, for returns. */
  isSent: boolean
  body: unknown
}

export interface PastOrders {
  orders: PastOrder[]
  /** Nothing comes after the reference that was asked for. */
  isEnd: boolean
}

export interface PosConnector {
  /**
   * Where the merchant gives the consent; the POS then sends them to `redirectUri` with a code and
   * the state.
   */
  consentUrl(state: string, redirectUri: string): string
  exchangeCode(code: string, redirectUri: string): Promise<Outcome<Tokens>>
  refresh(refreshToken: string): Promise<Outcome<Tokens>>
  account(token: string): Promise<Outcome<AccountFacts>>
  findCustomer(token: string, phone: string): Promise<Outcome<PosPerson | null>>
  /** `refused` also when the phone is taken meanwhile. */
  createCustomer(token: string, details: PersonDetails): Promise<Outcome<PosPerson>>
  /** Null when the POS does not know the id any more. */
  updateCustomer(token: string, id: string, details: PersonDetails): Promise<Outcome<PosPerson | null>>
  branches(token: string, page: number): Promise<Outcome<Page<BranchRecord>>>
  categories(token: string, page: number): Promise<Outcome<Page<CategoryRecord>>>
  products(token: string, page: number, currency: string): Promise<Outcome<Page<ProductRecord>>>
  /** Orders after a reference, lowest first, from about a business date on. */
  orders(token: string, after: number, from: IsoDate, account: AccountFacts): Promise<Outcome<PastOrders>>
  /** Calls that a token may make in a minute. */
  readonly callsPerMinute: number
}

/** Why a call that went wrong went wrong, for people. */
export interface CallReport {
  pos: string
  result: Outcome<unknown>['kind']
}

/**
 * Delay before the attempt after `failures` failures: a minute, doubled each time, an hour at most.
 */
export function backOff(failures: number): EpochMs {
  return Math.min(60, 2 ** Math.min(failures - 1, 10)) * 60_000
}
export interface InstallationKey {
  businessId: Uuid
  posName: string
}
