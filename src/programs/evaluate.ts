// What one sale earns in one program: the rules of its version over what is kept of the sale, and
// why (pure).
import type { Definition, EarningDefinition, Plan } from '../../contract/program.ts'
import { formatRational, type Rational } from '../kernel/rational.ts'
import type { Basket, BasketLine } from './basket.ts'
import { type CeilingDecided, underCeiling, type Waiting } from './ceiling.ts'
import { firstMiss } from './conditions/table.ts'
import type { Fact, FactValue, FactValues } from './fact.ts'
import { isMeant } from './goods.ts'
import type { Base } from './rules/rule.ts'
import { type RuleUse, useRule } from './rules/table.ts'
import { counting, totalOf, unitsOf } from './total.ts'
import type { CapScope, EarnWhy, Miss } from './why/types.ts'

export interface SaleInputs {
  /**
   * The smallest room that caps over several orders leave, in units; null when the program has
   * none.
   */
  capRoom: number | null
  /** Which of those caps it is, so that the sentence can say it. */
  capScope?: Exclude<CapScope, 'order' | 'limit' | 'ceiling'>
  /** The part of a unit that earlier orders left; used only by programs that carry. */
  carryIn: Rational
  /**
   * What staff decided on the units of this order above the ceiling; absent when they decided
   * nothing.
   */
  decided?: CeilingDecided
  /** What the conditions and rules ask for beyond the basket. */
  known?: FactValues
}

export interface Decision {
  /** A safe integer >= 0: points, stamps, minor units of cashback, or plans bought. */
  units: number
  /**
   * Units above the ceiling that wait for a decision of staff; null when none do. They are not in
   * `units`.
   */
  waiting: Waiting | null
  /** What the rules give before carrying, flooring and caps. */
  exact: Rational
  /**
   * The part of a unit that is left for the next order; what a cap trimmed is not in it. Unused,
   * carryIn comes back.
   */
  carryOut: Rational
  why: EarnWhy
}

/**
 * Most units of one order, whatever its rules say: sums of thousands of orders stay safe integers.
 */
const MOST_UNITS = 1_000_000_000_000

/**
 * Everything it needs is in its arguments: the same version, basket and facts give the same
 * decision, for ever. Goods that cost nothing, or were paid with loyalty, earn nothing.
 */
export function evaluate(version: { definition: Definition }, basket: Basket, facts: SaleInputs): Decision {
  const { definition } = version
  const { uses, missed } = applyRules(definition, basket, factIn(facts.known))
  const { combine, carries, taxOut, perOrder } = termsOf(definition)
  const counted: Omit<EarnWhy, 'x' | 'u'> = {
    t: 'earn',
    ...(combine !== 'sum' && { c: combine }),
    ...(taxOut && { b: 1 }),
    r: counting(combine, uses),
    ...(carries && { ci: formatRational(facts.carryIn) }),
  }
  const { exact, whole, left } = totalOf(counted)
  const cap = tightest(whole, [
    { by: 'limit', room: MOST_UNITS },
    { by: 'order', room: perOrder },
    { by: facts.capScope ?? 'period', room: facts.capRoom },
  ])
  const entitled = unitsOf({ ...counted, ...(cap && { cap }) })
  const { units, waiting } = underCeiling(entitled, definition.order_ceiling, facts.decided)
  const ceiling = { by: 'ceiling' as const, room: units, ...(waiting && { w: waiting.units }) }
  const trimmed = units < entitled ? ceiling : cap
  const why: EarnWhy = {
    ...counted,
    x: formatRational(exact),
    ...(trimmed && { cap: trimmed }),
    u: units,
    ...(units === 0 && missed.length > 0 && { missed }),
  }
  return { units, waiting, exact, carryOut: carries ? left : facts.carryIn, why }
}

/** The options of a program that earns; a subscription has none of them. */
function termsOf(definition: Definition) {
  if (definition.type === 'subscription')
    return { combine: 'sum', carries: false, taxOut: false, perOrder: null } as const
  const { combine, rounding, base, caps } = definition
  return { combine, carries: rounding === 'carry', taxOut: base.tax === 'excluded', perOrder: caps?.per_order ?? null }
}

interface Applied {
  uses: RuleUse[]
  missed: Miss[]
}

type FactReader = <T extends FactValue>(fact: Fact<T>) => T

function factIn(known: FactValues = {}): FactReader {
  // A value is stored under its own fact's name.
  return <T extends FactValue>({ name, whenUnknown }: Fact<T>) => (known[name] ?? whenUnknown) as T
}

function applyRules(definition: Definition, basket: Basket, fact: FactReader): Applied {
  return definition.type === 'subscription'
    ? applyPlan(definition.plan, basket, fact)
    : applyEarning(definition, basket, fact)
}

/**
 * A plan counts by its pieces, whatever they cost: money that was refunded without the plan does
 * not end it.
 */
function applyPlan({ products_bought }: Plan, { lines }: Basket, fact: FactReader): Applied {
  const meant = { products: { include: products_bought } }
  const bought = lines.filter((line) => isMeant(meant, line))
  const pieces = bought.map((line) => ({ ...line, quantity: line.pieces }))
  const base = baseOf(pieces, 'inclTax', fact)
  if (base.quantity === 0) return { uses: [], missed: lines.length > 0 ? [{ i: 'plan', c: 'products' }] : [] }
  return { uses: [useRule('plan', 'plan', { kind: 'plan' }, base)], missed: [] }
}

function applyEarning({ rules, base: { tax } }: EarningDefinition, basket: Basket, fact: FactReader): Applied {
  const paid = basket.lines.filter((line) => line.inclTax > 0 && line.quantity > 0)
  const applied: Applied = { uses: [], missed: [] }
  if (paid.length === 0) return applied
  const amountField = tax === 'excluded' ? 'exclTax' : 'inclTax'
  for (const { id, when = {}, earn } of rules) {
    const seen = when.products || when.categories ? paid.filter((line) => isMeant(when, line)) : paid
    const base = baseOf(seen, amountField, fact)
    const miss = firstMiss(id, { when, basket, paid, seen, amount: base.amount, fact })
    if (miss) applied.missed.push(miss)
    else applied.uses.push(useRule(id, earn.kind, earn, base))
  }
  return applied
}

function baseOf(lines: readonly BasketLine[], tax: 'inclTax' | 'exclTax', fact: FactReader): Base {
  let amount = 0
  let quantity = 0
  for (const line of lines) {
    amount += line[tax]
    quantity += line.quantity
  }
  return { amount, quantity, amounts: () => lines.map((line) => line[tax]), fact }
}

/**
 * The cap that leaves the least, when it leaves less than there is. Of equal ones the first is
 * named.
 */
function tightest(whole: bigint, caps: { by: CapScope; room: number | null }[]): EarnWhy['cap'] | null {
  let tight: { by: CapScope; room: number } | null = null
  for (const { by, room } of caps) {
    if (room === null || BigInt(Math.max(0, room)) >= whole) continue
    if (tight === null || room < tight.room) tight = { by, room: Math.max(0, room) }
  }
  return tight
}
