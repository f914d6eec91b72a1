// From an order family to the units it is entitled to: the target that the ledger is brought to
// (pure).
import type { NothingReason } from '../../contract/nothing-reasons.ts'
import type { EpochMs, IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { formatRational, parseRational, type Rational, ZERO } from '../kernel/rational.ts'
import { decidedFor, type OrderCeiling, withoutWaiting } from '../orders/ceiling.ts'
import { counts, type Family, isReturned, remainingLines } from '../orders/family.ts'
import type { CapRoom, SaleFacts } from '../orders/sale-facts.ts'
import type { Basket } from '../programs/basket.ts'
import { evaluate } from '../programs/evaluate.ts'
import type { FactValues } from '../programs/fact.ts'
import { pinnedFacts } from '../programs/facts-asked.ts'
import { nothingReason } from '../programs/nothing.ts'
import type { BusinessPrograms } from '../programs/store.ts'
import { type PinnedVersion, termsAt } from '../programs/terms.ts'
import type { EarnWhy } from '../programs/why.ts'
import { buildBasket } from './basket.ts'

export interface AssessmentInput {
  family: Family
  programs: BusinessPrograms
  currency: string
  branch: { id: Uuid; timezone: string | null } | null
  /** The customer of the sale as it is now; null when it names none. */
  customer: { id: Uuid; enteredBirthDate: IsoDate | null; blacklistedAt: EpochMs | null } | null
  /**
   * The facts pinned before; null when this sale was not assessed before for this customer at this
   * time.
   */
  pinned: { facts: SaleFacts | null; terms: number } | null
  /** What staff decided on units above the ceilings of the programs. */
  ceiling: OrderCeiling | null
  /**
   * Whether staff released units just now: they find the room that caps over several orders leave
   * now.
   */
  isReleased: boolean
  /**
   * The facts that the rules ask for: standing ones, and pinned ones of a sale that is not pinned.
   */
  known: FactValues
  /**
   * Room left by caps over several orders; null where a program has none. Asked only for a sale
   * that is not pinned.
   */
  roomFor: (version: PinnedVersion) => CapRoom | null
  /**
   * The fraction carried from the customer's earlier orders. Asked only for a sale that is not
   * pinned.
   */
  carryFor: (version: PinnedVersion) => Rational
}

/** The units that one program gives the customer of a sale. */
export interface Entitlement {
  version: PinnedVersion
  units: number
  why: EarnWhy
}

export interface Decision {
  /**
   * Number of the terms that assessed the sale; null when it does not count or none were in force.
   */
  terms: number | null
  facts: SaleFacts | null
  entitlements: Entitlement[]
  /** Why nothing was earned at all; null when something was. */
  reason: NothingReason | null
}

/**
 * Assesses the sale of a family by the terms in force when it was paid. The result does not depend
 * on the order of arrival.
 */
export function assess(input: AssessmentInput): Decision {
  const { family, customer, programs } = input
  const sale = family.sale
  const refusal = refuse(input)
  if (refusal || !counts(sale) || !customer) return nothing(refusal ?? 'not_paid_yet')
  const terms = input.pinned ? programs.termsNumber(input.pinned.terms) : termsAt(programs.terms, sale.occurredAt)
  const facts = input.pinned ? { ...withoutWaiting(input.pinned.facts) } : gatherFacts(input, sale.occurredAt)
  if (facts.blacklisted)
    return { ...nothing('customer_blacklisted'), terms: terms?.number ?? null, facts: orNull(facts) }
  if (!terms || terms.members.length === 0) return { ...nothing('no_active_program'), terms: terms?.number ?? null }
  const basket = buildBasket(sale, remainingLines(sale, family.returns), {
    branchId: input.branch?.id ?? null,
    timezone: facts.timezone ?? programs.business.timezone,
    currency: input.currency,
    birthDate: sale.order.customer?.birth_date ?? facts.birthDate ?? null,
  })
  if (!input.pinned) pinFacts(facts, terms.members, input.known)
  const entitlements = terms.members.map((version) => entitle(version, basket, facts, input))
  const earned = entitlements.some((one) => one.units > 0)
  return {
    terms: terms.number,
    facts: orNull(facts),
    entitlements,
    reason: earned ? null : whyNothing(entitlements),
  }
}

/**
 * Why a sale cannot earn, whatever the rules say; null when it can. The first that holds, in this
 * order.
 */
function refuse({ family, customer }: AssessmentInput): NothingReason | null {
  const { sale } = family
  if (!sale) return 'returned'
  if (sale.status === 'void') return 'void'
  if (sale.status === 'joined') return 'joined'
  if (sale.status === 'refunded') return 'returned'
  if (sale.status === 'initiated') return 'not_paid_yet'
  if (sale.order.customer_problem === 'bad_phone') return 'customer_phone_unusable'
  if (!sale.order.customer || !customer) return 'no_customer'
  if (isReturned(family)) return 'returned'
  if (sale.order.customer.blacklisted) return 'customer_blacklisted'
  return null
}

function gatherFacts({ programs, branch, customer }: AssessmentInput, paidAt: EpochMs): SaleFacts {
  const facts: SaleFacts = {}
  if (branch?.timezone && branch.timezone !== programs.business.timezone) facts.timezone = branch.timezone
  if (customer?.blacklistedAt != null && customer.blacklistedAt <= paidAt) facts.blacklisted = true
  if (customer?.enteredBirthDate) facts.birthDate = customer.enteredBirthDate
  return facts
}

function pinFacts(facts: SaleFacts, versions: readonly PinnedVersion[], known: FactValues): void {
  const pinned = pinnedFacts(versions).map(({ name, whenUnknown }) => [name, known[name] ?? whenUnknown] as const)
  if (pinned.length > 0) facts.known = Object.fromEntries(pinned)
}

/** Evaluates one program and pins what it took from the customer's other orders. */
function entitle(version: PinnedVersion, basket: Basket, facts: SaleFacts, input: AssessmentInput): Entitlement {
  const { programId } = version
  const isRoomKept = input.pinned && !input.isReleased
  const room = isRoomKept ? (facts.room?.[programId] ?? null) : input.roomFor(version)
  const pinnedCarry = facts.carry?.[programId]
  const carryIn = pinnedCarry ? parseRational(pinnedCarry.in) : input.pinned ? ZERO : input.carryFor(version)
  const decision = evaluate(version, basket, {
    capRoom: room?.units ?? null,
    ...(room && { capScope: room.by }),
    carryIn,
    known: { ...input.known, ...facts.known },
    ...decidedFor(input.ceiling, input.customer?.id ?? null, programId),
  })
  if (decision.waiting) facts.waiting = { ...facts.waiting, [programId]: decision.waiting }
  if (room !== null) facts.room = { ...facts.room, [programId]: room }
  if ('rounding' in version.definition && version.definition.rounding === 'carry') {
    facts.carry = {
      ...facts.carry,
      [programId]: { in: formatRational(carryIn), out: formatRational(decision.carryOut) },
    }
  }
  return { version, units: decision.units, why: decision.why }
}

/**
 * The most specific of the programs' reasons: a trimmed or too small amount is more specific than
 * rules that did not apply.
 */
function whyNothing(entitlements: readonly Entitlement[]): NothingReason {
  const reasons = entitlements.map(({ why }) => nothingReason(why))
  return BY_WEIGHT.find((reason) => reasons.includes(reason)) ?? 'nothing_to_earn_on'
}

const BY_WEIGHT: readonly NothingReason[] = ['cap_reached', 'amount_too_small', 'rules_not_met']

function nothing(reason: NothingReason): Decision {
  return { terms: null, facts: null, entitlements: [], reason }
}

function orNull(facts: SaleFacts): SaleFacts | null {
  return Object.keys(facts).length === 0 ? null : facts
}
