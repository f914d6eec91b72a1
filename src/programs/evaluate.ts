// Evaluates one sale in one program: applies the rules of the version to the kept goods (pure).
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
   * The smallest room that caps over several orders leave, in units; null when the program has no
   * such cap.
   */
  capRoom: number | null
  /** The cap that leaves this room, for the explanation. */
  capScope?: Exclude<CapScope, 'order' | 'limit' | 'ceiling'>
  /** The fraction of a unit left by earlier orders; used only by programs that carry it over. */
  carryIn: Rational
  /** What staff decided on the units above the ceiling; absent without a decision. */
  decided?: CeilingDecided
  /** The facts that conditions and rules ask for. */
  known?: FactValues
}

export interface Decision {
  /** Points, stamps, minor units of cashback or purchased plans: a safe integer of at least 0. */
  units: number
  /**
   * Units above the ceiling that wait for a decision of staff, not included in `units`; null when
   * none wait.
   */
  waiting: Waiting | null
  /** What the rules give before carrying, rounding and caps. */
  exact: Rational
  /**
   * The fraction of a unit left for the next order, without what a cap trimmed. `carryIn` unchanged
   * when the program does not carry.
   */
  carryOut: Rational
  why: EarnWhy
}

/**
 * The maximum of one order, whatever its rules give: sums over thousands of orders stay safe
 * integers.
 */
const MOST_UNITS = 1_000_000_000_000

/**
 * Depends on its arguments alone: the same version, basket and inputs always give the same
 * decision. Goods that cost nothing or were paid with loyalty earn nothing.
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

/** The options of an earning program; a subscription has none of them. */
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
 * Plans are counted by pieces, whatever they cost: a refund of money without goods does not end a
 * plan.
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

/** The cap that leaves the least room, if it is less than `whole`; the first of equal ones. */
function tightest(whole: bigint, caps: { by: CapScope; room: number | null }[]): EarnWhy['cap'] | null {
  let tight: { by: CapScope; room: number } | null = null
  for (const { by, room } of caps) {
    if (room === null || BigInt(Math.max(0, room)) >= whole) continue
    if (tight === null || room < tight.room) tight = { by, room: Math.max(0, room) }
  }
  return tight
}
