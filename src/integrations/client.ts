// What LoyaPro calls at a POS. Every integration with a client implements PosClient.
import type { EpochMs, IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Minor } from '../kernel/money.ts'

/** How an integration reads its settings and creates its client. */
export interface ClientDefinition {
  readonly settings: Readonly<Record<string, ClientSetting>>
  create(settings: Readonly<Record<string, string>>, timeoutMs?: number): PosClient
}

/**
 * A setting from an environment variable. `credential`: the client is configured when all of its
 * credentials are set. `url`: HTTPS, or this machine, because secrets are sent to it.
 */
export type ClientSetting =
  | { readonly variable: string; readonly kind: 'credential' }
  | { readonly variable: string; readonly kind: 'url'; readonly fallback: string }

/** `create` receives one text for each of the settings. */
export function defineClient<Key extends string>(definition: {
  readonly settings: Readonly<Record<Key, ClientSetting>>
  create(settings: Readonly<Record<Key, string>>, timeoutMs?: number): PosClient
}): ClientDefinition {
  return definition
}

/**
 * How a call ended. `unauthorised`: the token is not accepted, or does not allow this call.
 * `limited`: the POS rate-limits LoyaPro; `retryAfterMs` is in milliseconds. `unavailable`: no
 * response, or an error of the POS; the same call can succeed later. `refused`: the POS rejected
 * the call and would reject it again.
 */
export type Outcome<T> =
  | { kind: 'ok'; value: T }
  | { kind: 'unauthorised'; reason: string }
  | { kind: 'limited'; retryAfterMs: number | null }
  | { kind: 'unavailable'; reason: string }
  | { kind: 'refused'; status: number; reason: string }

export interface Tokens {
  accessToken: string
  /** Null when the access token does not expire. */
  refreshToken: string | null
  /** Seconds. */
  expiresIn: number | null
}

/** The business that a token belongs to, as the POS states it. */
export interface AccountFacts {
  reference: string
  name: string | null
}

/** A customer under the ID of the POS. */
export interface PosPerson {
  id: string
  name: string | null
  email: string | null
  gender: 'male' | 'female' | null
  birthDate: IsoDate | null
}

/** What is sent to the POS about a customer; null values are not sent. */
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
  /** Null for an open price. */
  price: Minor | null
  active: boolean
}

export interface BranchRecord extends CategoryRecord {
  reference: string | null
  /** `HH:MM`, local. */
  dayEndsAt: string | null
}

/** One page of a list; the first page is 1. */
export interface Page<T> {
  items: T[]
  /** Null after the last page. */
  nextPage: number | null
  /** The number of items on all pages, when the POS states it. */
  total: number | null
}

/** A past order, in the envelope in which the POS would have sent it. */
export interface PastOrder {
  reference: number
  posOrderId: string | null
  businessDate: IsoDate | null
  /** Whether the POS would have sent it: only orders with a customer, and returns. */
  isSent: boolean
  body: unknown
}

export interface PastOrders {
  orders: PastOrder[]
  /** No order follows the requested reference. */
  isEnd: boolean
}

export interface PosClient {
  /**
   * The URL at which the merchant consents; the POS then redirects to `redirectUri` with a code and
   * the state.
   */
  consentUrl(state: string, redirectUri: string): string
  exchangeCode(code: string, redirectUri: string): Promise<Outcome<Tokens>>
  refresh(refreshToken: string): Promise<Outcome<Tokens>>
  account(token: string): Promise<Outcome<AccountFacts>>
  findCustomer(token: string, phone: string): Promise<Outcome<PosPerson | null>>
  /** Also `refused` when another customer has taken the phone in the meantime. */
  createCustomer(token: string, details: PersonDetails): Promise<Outcome<PosPerson>>
  /** Null when the POS no longer knows the ID. */
  updateCustomer(token: string, id: string, details: PersonDetails): Promise<Outcome<PosPerson | null>>
  branches(token: string, page: number): Promise<Outcome<Page<BranchRecord>>>
  categories(token: string, page: number): Promise<Outcome<Page<CategoryRecord>>>
  products(token: string, page: number, currency: string): Promise<Outcome<Page<ProductRecord>>>
  /** Orders after a reference, lowest first, starting about the business date. */
  orders(token: string, after: number, from: IsoDate, account: AccountFacts): Promise<Outcome<PastOrders>>
  /** Calls per minute that one token may make. */
  readonly callsPerMinute: number
}

export interface CallReport {
  pos: string
  result: Outcome<unknown>['kind']
}

/** Delay before the next attempt after `failures` failures: 1 minute, doubled up to an hour. */
export function backOff(failures: number): EpochMs {
  return Math.min(60, 2 ** Math.min(failures - 1, 10)) * 60_000
}

export interface InstallationKey {
  businessId: Uuid
  posName: string
}
