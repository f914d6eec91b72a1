// The context of a scripted case: its customers, tickets with given times, and calls as a POS and
// as the business.
import type { Claim } from '../../../contract/api/claims.ts'
import type { Customer } from '../../../contract/api/customers.ts'
import type { Counterpart } from '../compare/compare.ts'
import {
  type DeliverOptions,
  deliverTicket,
  type ExpectedAnswer,
  outcomeOf,
  retryUntilAcknowledged,
  type State,
} from '../deliver/deliver.ts'
import { copiesOf } from '../world/fault-level.ts'
import { calculateBill, scaleOf } from '../world/prices.ts'
import type { Random } from '../world/random.ts'
import { oneFor } from '../world/tickets.ts'
import type { Extras, FaultLevel, Line, Minor, Ms, Person, Shop, Ticket } from '../world/types.ts'
import { businessDayOf } from '../world/visits.ts'

export const DAY: Ms = 86_400_000

/**
 * The expected result of a case. Everything that it does not name must be 0, unflagged, or absent.
 */
export interface Outcome {
  /** Balances by scheme, for each customer of the case. */
  balances: readonly { person: Person; available: Readonly<Record<string, number>> }[]
  /** Codes of flags by the POS id of the order. */
  flags?: Readonly<Record<string, readonly string[]>>
  claims?: readonly { id: string; status: readonly Claim['status'][] }[]
}

export interface SaleSpec {
  customer: Person | null
  /** Goods in minor units, tax included; ignored where `lines` are given. */
  amount?: Minor
  lines?: readonly Line[]
  /** When it was closed. */
  at: Ms
  /** Discount of the whole order, in minor units. */
  discount?: Minor
  code?: string
}

/** One case while it is played. */
export class CaseContext {
  readonly random: Random
  readonly shop: Shop
  readonly now: Ms
  readonly counterpart: Counterpart
  readonly rewards: ReadonlyMap<string, string>
  readonly #options: Pick<DeliverOptions, 'line' | 'tokens' | 'signal'> & { faultLevel: FaultLevel }
  readonly #state: State
  readonly #people: Person[]
  /** A number for each snapshot, so that the same ticket has the same bytes. */
  readonly #sent = new Map<Ticket, number>()
  #number: number

  constructor(given: {
    random: Random
    shop: Shop
    now: Ms
    counterpart: Counterpart
    rewards: ReadonlyMap<string, string>
    options: Pick<DeliverOptions, 'line' | 'tokens' | 'signal'> & { faultLevel: FaultLevel }
    state: State
    people: readonly Person[]
    number: number
  }) {
    this.random = given.random
    this.shop = given.shop
    this.now = given.now
    this.counterpart = given.counterpart
    this.rewards = given.rewards
    this.#options = given.options
    this.#state = given.state
    this.#people = [...given.people]
    this.#number = given.number
  }

  /** A customer of this case alone. */
  person(): Person {
    const one = this.#people.pop()
    if (!one) throw new RangeError('the case has no more customers')
    return one
  }

  /** A menu item at this price. */
  goods(amount: Minor): Line {
    return oneFor(this.random, this.shop, amount)
  }

  /** A paid sale. */
  sale({ customer, amount = 0, lines, at, discount = 0, code }: SaleSpec): Ticket {
    const { shop, random } = this
    const [branch] = shop.branches
    if (!branch) throw new RangeError('a shop without a branch')
    const sold = lines ?? [this.goods(amount)]
    const extras: Extras = {
      discount: discount > 0 ? { kind: 'loyalty', amount: discount * scaleOf(shop) } : null,
      charge: 0,
      giftCard: 0,
      rounds: false,
    }
    const bill = calculateBill(shop, sold, extras)
    const closedAt = Math.floor(at / 1000) * 1000
    return {
      id: random.uuid(),
      number: this.#number++,
      state: 'paid',
      voidCode: 7,
      original: null,
      branch,
      customer,
      type: 'dine_in',
      channel: 'cashier',
      openedAt: closedAt - 60_000,
      closedAt,
      updatedAt: closedAt + 1000,
      sentAt: closedAt + 1000,
      businessDate: businessDayOf(shop, closedAt),
      lines: sold,
      extras,
      bill,
      payments: bill.total > 0 ? [{ kind: 'cash', amount: bill.total, tips: 0 }] : [],
      refunds: [],
      back: null,
      ...(code !== undefined && { rewardCode: code }),
    }
  }

  /** Sends all of them with copies, in random order, several at a time. */
  async send(tickets: readonly Ticket[]): Promise<void> {
    const { shop, random } = this
    const copies = tickets.flatMap((ticket) => {
      if (!this.#sent.has(ticket)) this.#sent.set(ticket, this.#sent.size)
      const known = this.#sent.get(ticket)
      return copiesOf(random, this.#options.faultLevel).map((copy) => ({ ticket, copy, key: `${ticket.id}/${known}` }))
    })
    const mixed = this.#options.faultLevel === 'none' ? copies : random.shuffled(copies)
    for (let i = 0; i < mixed.length; i += 2) {
      await Promise.all(
        mixed
          .slice(i, i + 2)
          .map(({ ticket, copy, key }) =>
            deliverTicket({ shop, ticket, copy, key: `${key}/${copy.shuffled}` }, this.#options, this.#state),
          ),
      )
    }
  }

  async customerId({ phone }: Person): Promise<string> {
    const query = encodeURIComponent(phone.e164)
    const { data } = await this.counterpart.api.get<{ data: Customer[] }>(`/customers?phone=${query}`)
    const [customer] = data
    if (!customer) throw new Error(`${phone.e164} is not known`)
    return customer.id
  }

  /** A claim for a reward of the catalogue, or for an amount of a program. */
  async claim(person: Person, what: { reward: string } | { scheme: string; amount?: Minor }): Promise<Claim> {
    const { api, programs } = this.counterpart
    const body =
      'reward' in what
        ? { reward_id: this.rewards.get(what.reward) }
        : {
            program_id: programs.get(what.scheme),
            ...(what.amount !== undefined && { amount: what.amount }),
          }
    return api.post<Claim>(`/customers/${await this.customerId(person)}/claims`, { ...body, valid_minutes: 1440 })
  }

  /** A till call that has one correct answer. */
  async till(
    call: 'reward' | 'redeem',
    { person, code, more = {} }: { person: Person; code: string; more?: object },
    must: ExpectedAnswer,
  ): Promise<void> {
    const pos = this.#options.tokens[this.shop.pos]
    if (!pos) throw new Error(`there is no token for a ${this.shop.pos} till`)
    const body = {
      business_reference: this.shop.reference,
      reward_code: code,
      customer_mobile_number: person.phone.national,
      mobile_country_code: person.phone.dialCode,
      branch_id: this.shop.branches[0]?.id,
      ...more,
    }
    const path = `/pos/1.0.0/${pos.name}/${call}`
    const request = { method: 'POST', path, bearer: pos.token, body: JSON.stringify(body) } as const
    const answer = await retryUntilAcknowledged(request, null, this.#options, this.#state)
    outcomeOf(answer, must, { call, order: `code of ${person.phone.e164}` }, this.#state)
  }

  /** An API call that must succeed. */
  post<T>(path: string, body: object): Promise<T> {
    return this.counterpart.api.post<T>(path, body)
  }

  get<T>(path: string): Promise<T> {
    return this.counterpart.api.get<T>(path)
  }
}

/** Money in the format of tills. */
export function inUnits(amount: Minor): number {
  return amount / 100
}
