// The types of the simulated world: shops, menus, people, and tickets, which are orders as a till
// knows them.
import type { Channel, OrderType, PaymentKind } from '../../../contract/pos-order.ts'
import type { DefinitionInput } from '../../../contract/program.ts'
import type { PosName } from './pos-names.ts'

/** Hundred-thousandths of the currency's unit, in which a till calculates. */
export type Exact = number
/** Minor units of the currency. */
export type Minor = number
/** Thousandths of a piece. */
export type Milli = number
/** Milliseconds since 1970. */
export type Ms = number

export type FaultLevel = 'none' | 'some' | 'full'

export interface Item {
  product: string
  sku: string
  category: string
  name: string
  nameAr: string
  price: Minor
  sold: 'pieces' | 'weight'
  /** Not taxed. */
  taxFree: boolean
  options: readonly Option[]
}

/** A choice on an item; items whose own price is 0 are priced by it. */
export interface Option {
  id: string
  name: string
  nameAr: string
  price: Minor
}

export interface Branch {
  id: string
  name: string
  nameAr: string
  reference: string
  /** Error of its till's clock. */
  skewMs: number
}

export interface Person {
  phone: { dialCode: number; national: string; e164: string }
  id: string
  name: string
  birthDate: string | null
  /** The POS has blacklisted this person. */
  blacklisted: boolean
  /** Frequency of visits relative to other people. */
  weight: number
  favourites: readonly Item[]
}

/** A program with its versions, oldest first. */
export interface Scheme {
  key: string
  versions: readonly { from: Ms; definition: DefinitionInput }[]
  /** When the program ends; null: it does not end. */
  endsAt: Ms | null
}

export interface Shop {
  key: string
  name: string
  nameAr: string
  pos: PosName
  /** Reference of the business in its POS. */
  reference: string
  currency: string
  digits: number
  zone: string
  taxPercent: number
  /** Whether the prices of its menu include tax. */
  taxIncluded: boolean
  /**
   * False for a shop without returns and corrections: there, limits over several orders give the
   * same result in every order of arrival.
   */
  takesBack: boolean
  menu: readonly Item[]
  branches: readonly Branch[]
  people: readonly Person[]
  schemes: readonly Scheme[]
}

/** A line as it was sold. */
export interface Line {
  id: string
  item: Item
  quantity: Milli
  options: readonly { option: Option; quantity: number }[]
  /** Discount of this line, in menu prices. */
  discount: Minor
  voided: boolean
  /** Lines of one combo share its number. */
  combo: number | null
  /** The code of the reward that was used on this line. */
  rewardCode?: string
}

export interface Payment {
  kind: PaymentKind
  amount: Exact
  tips: Minor
}

export type DiscountKind = 'open' | 'predefined' | 'coupon' | 'loyalty' | 'promotion'

/** Everything on the bill besides the lines. */
export interface Extras {
  discount: { kind: DiscountKind; amount: Exact } | null
  /** Delivery and the like, before tax where tax is on top. */
  charge: Exact
  giftCard: Minor
  /**
   * Whether the till rounds the total to a tenth of the currency's unit, or to its minor unit where
   * tax is on top.
   */
  rounds: boolean
}

/** The amounts that the till calculated. */
export interface Bill {
  /** One per line, in the same order; voided lines have a price too. */
  lines: readonly BillLine[]
  discount: Exact
  discountNet: Exact
  charge: { printed: Exact; net: Exact; tax: Exact; whole: Exact }
  giftCard: Exact
  rounding: Exact
  /** Lines without tax, before the order's discount. */
  subtotalNet: Exact
  total: Exact
}

export interface BillLine {
  /** In menu prices, after the line's own discount. */
  price: Exact
  /** Its share of the order's discount, with and without tax. */
  off: Exact
  discountNet: Exact
  /** Tax that is added to the price; 0 where prices include tax. */
  addedTax: Exact
  net: Exact
  /** All tax of the line, as printed. */
  tax: Exact
}

export type TicketState = 'draft' | 'open' | 'paid' | 'void' | 'returned' | 'joined'

/** One order as the till knew it at one time. */
export interface Ticket {
  id: string
  number: number
  state: TicketState
  /** Foodics distinguishes several kinds of void. */
  voidCode: 3 | 6 | 7
  /** The sale that this order returns. */
  original: { id: string; number: number } | null
  branch: Branch
  customer: Person | null
  type: OrderType
  channel: Channel
  openedAt: Ms
  closedAt: Ms | null
  updatedAt: Ms
  /** The sender's clock, printed on the envelope. */
  sentAt: Ms
  businessDate: string
  lines: readonly Line[]
  extras: Extras
  bill: Bill
  payments: readonly Payment[]
  /** Refunds within the ticket of the sale. */
  refunds: readonly Refund[]
  /** The code of the reward that was used on the order. */
  rewardCode?: string
  /**
   * Returned lines of the sale by position, or an amount when there are none.
   */
  back: Back | null
  /** The event name in the envelope; absent: chosen by the writer of the body. */
  event?: 'created' | 'updated'
  /** A counter that grows with every change, in the standard format. */
  version?: number
  /** Ids of the orders that were joined into this one. */
  joinedOrders?: readonly string[]
}

export interface Refund extends Back {
  id: string
  at: Ms
}

export interface Back {
  lines: readonly { line: number; quantity: Milli }[]
  /** In minor units; what counts when there are no lines. */
  amount: Minor
}

/** One sale with its corrections and returns. */
export interface Story {
  shop: Shop
  /**
   * The tickets of each order, oldest first: of the sale, then of each return. The last ticket of
   * an order is its final state.
   */
  orders: readonly (readonly Ticket[])[]
}

export interface World {
  seed: string
  shops: readonly Shop[]
  stories: readonly Story[]
}
