// The words of the simulated world: shops, menus, people, and tickets, which are what a till knows
// of an order.
import type { Channel, OrderType, PaymentKind } from '../../../contract/pos-order.ts'
import type { DefinitionInput } from '../../../contract/program.ts'
import type { PosName } from './pos-names.ts'

/** Hundred-thousandths of the currency's unit, as a till reckons. */
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
  /** Not everything bears tax. */
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
  /** How far its till's clock is off. */
  skewMs: number
}

export interface Person {
  phone: { dialCode: number; national: string; e164: string }
  id: string
  name: string
  birthDate: string | null
  /** The POS has blacklisted this person. */
  blacklisted: boolean
  /** How often they come, relative to others. */
  weight: number
  favourites: readonly Item[]
}

/** A program with its versions, oldest first. */
export interface Scheme {
  key: string
  versions: readonly { from: Ms; definition: DefinitionInput }[]
  /** From when on it judges nothing; null: no end. */
  endsAt: Ms | null
}

export interface Shop {
  key: string
  name: string
  nameAr: string
  pos: PosName
  /** By which its POS names it. */
  reference: string
  currency: string
  digits: number
  zone: string
  taxPercent: number
  /** Whether the prices of its menu include tax. */
  taxIncluded: boolean
  /**
   * Of a shop that takes nothing back and corrects nothing, what caps over several orders leave can
   * be told beforehand.
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
  /** Off this line alone; in the terms of the menu's prices. */
  discount: Minor
  voided: boolean
  /** Lines of one combo share its number. */
  combo: number | null
  /** The code of the reward that the cashier took off this line. */
  rewardCode?: string
}

export interface Payment {
  kind: PaymentKind
  amount: Exact
  tips: Minor
}

export type DiscountKind = 'open' | 'predefined' | 'coupon' | 'loyalty' | 'promotion'

/** What is on the bill beside the lines. */
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

/** What the till reckoned. */
export interface Bill {
  /** Beside the lines, in their order; voided lines have a price too. */
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
  /** As the menu has it, after the line's own discount. */
  price: Exact
  /** Its part of the order's discount; and the same without tax. */
  off: Exact
  discountNet: Exact
  /** What comes on top of the price; 0 where prices include tax. */
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
  /** Foodics tells several kinds of void apart. */
  voidCode: 3 | 6 | 7
  /** The sale that this order gives back from. */
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
  /** Refunds that the sale itself tells of. */
  refunds: readonly Refund[]
  /** The code of the reward that the cashier took off. */
  rewardCode?: string
  /**
   * What a return gives back: lines of the sale by position, or, when there are none, an amount.
   */
  back: Back | null
  /** The event that its envelope names; absent: the body writer chooses. */
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

/** One sale with all that became of it. */
export interface Story {
  shop: Shop
  /**
   * The tickets of each order, oldest first: the sale's, then each return's. The last of each is
   * the truth.
   */
  orders: readonly (readonly Ticket[])[]
}

export interface World {
  seed: string
  shops: readonly Shop[]
  stories: readonly Story[]
}
