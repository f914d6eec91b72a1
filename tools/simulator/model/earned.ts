// The units that one sale earns by one definition of a program, exact and rounded.
import type { DefinitionInput, Earn, Rule } from '../../../contract/program.ts'
import type { Ticket } from '../world/types.ts'
import { type Fraction, fraction, isMore, NOTHING, plus, times, whole } from './fraction.ts'
import { holds, type Sale, type Seen, see } from './holds.ts'
import type { Remaining } from './remaining.ts'

type EarningInput = Exclude<DefinitionInput, { type: 'subscription' }>
type PlanInput = Extract<DefinitionInput, { type: 'subscription' }>

/** The units of a sale by itself, before limits over other sales. */
export interface Share {
  definition: DefinitionInput
  ticket: Ticket
  exact: Fraction
  units: number
}

/** Before rounding. */
export function exactly(definition: EarningInput, sale: Sale): Fraction {
  const tax = definition.base?.tax ?? 'included'
  const given = definition.rules.flatMap((rule) => giveOf(rule, sale, tax))
  const gifts = given.filter(({ earn }) => earn.kind !== 'multiplier').map(({ units }) => units)
  const factors = given.filter(({ earn }) => earn.kind === 'multiplier').map(({ units }) => units)
  return factors.reduce(times, together(definition.combine ?? 'sum', gifts))
}

/** Whole units, within the limits of one order. */
export function inUnits(definition: EarningInput, exact: Fraction): number {
  return Math.min(whole(exact), definition.caps?.per_order ?? Number.MAX_SAFE_INTEGER)
}

/** Number of plans that the sale buys, whatever they cost. */
export function plansBought({ plan }: PlanInput, kept: readonly Remaining[]): number {
  const bought = kept.filter(({ item }) => plan.products_bought.some((one) => one === item.product || one === item.sku))
  return Math.floor(bought.reduce((sum, { pieces }) => sum + pieces, 0) / 1000)
}

function giveOf({ when = {}, earn }: Rule, sale: Sale, tax: 'included' | 'excluded') {
  const seen = see(when, sale, tax)
  return holds(when, sale, seen) ? [{ earn, units: give(earn, seen) }] : []
}

function give(earn: Earn, { amount, pieces }: Seen): Fraction {
  switch (earn.kind) {
    case 'per_amount':
      return times(fraction(amount, earn.per), fraction(earn.units))
    case 'per_item':
      return times(fraction(pieces, 1000), fraction(earn.units))
    case 'per_order':
      return fraction(earn.units)
    case 'percent':
      return times(fraction(amount), fraction(earn.basis_points, 10_000))
    case 'multiplier':
      return fraction(earn.numerator, earn.denominator)
  }
}

function together(combine: 'sum' | 'best' | 'first', gifts: readonly Fraction[]): Fraction {
  if (combine === 'sum') return gifts.reduce(plus, NOTHING)
  if (combine === 'first') return gifts.find((gift) => gift.n > 0n) ?? NOTHING
  return gifts.reduce((best, gift) => (isMore(gift, best) ? gift : best), NOTHING)
}
