// The ceiling of a program: the units that one order gives immediately. Units above it wait until
// staff decide (pure).
import type { Definition, Rule } from '../../contract/program.ts'
import { currencyDigits, type Minor } from '../kernel/money.ts'
import { unitsFor } from './rules/table.ts'

/** What staff decided for one order and program. 0 <= `granted` <= `of`. */
export interface CeilingDecided {
  /** Units that the order may give. */
  granted: number
  /** Units on which staff decided. If the order gives more later, the difference waits again. */
  of: number
}

/**
 * Units above the ceiling that wait for a decision. Of the units that rules and caps allow (`of`),
 * `granted` are given.
 */
export interface Waiting extends CeilingDecided {
  units: number
}

/**
 * Limits the units that rules and caps allow to the ceiling, or to what staff granted. Without a
 * ceiling nothing waits.
 */
export function underCeiling(
  entitled: number,
  ceiling: number | undefined,
  decided?: CeilingDecided,
): { units: number; waiting: Waiting | null } {
  if (ceiling === undefined) return { units: entitled, waiting: null }
  const granted = Math.max(ceiling, decided?.granted ?? 0)
  if (entitled <= granted) return { units: entitled, waiting: null }
  const waits = entitled - Math.max(ceiling, decided?.of ?? 0)
  return { units: granted, waiting: waits > 0 ? { units: waits, granted, of: entitled } : null }
}

/**
 * Writes the default ceiling into a definition without one. `currency` is that of the business,
 * which never changes.
 */
export function withCeiling<D extends Definition>(definition: D, currency: string): D {
  return { ...definition, order_ceiling: definition.order_ceiling ?? defaultCeiling(definition, currency) }
}

/** What an order may contain without approval: plans, or items. */
const MOST_PLANS = 10
const MOST_PIECES = 100

/** The maximum of the schema. */
const MOST_UNITS = 1_000_000_000_000

/**
 * What all rules together give for an order of about 10,000 SAR with 100 items. It follows the
 * scale of the program: one point per riyal gives 10,000 points, a stamp per drink 100 stamps, five
 * percent 500.00 SAR.
 */
export function defaultCeiling(definition: Definition, currency: string): number {
  if (definition.type === 'subscription') return MOST_PLANS
  const order = { amount: largeAmount(currency), pieces: MOST_PIECES }
  const given = definition.rules.reduce((sum, { earn }) => sum + unitsFor(earn.kind, earn, order), 0)
  const times = definition.rules.reduce((product, rule) => product * timesOf(rule), 1)
  return Math.min(MOST_UNITS, Math.max(1, Math.ceil(given * times)))
}

/** A multiplier below 1 is ignored: its conditions may not hold. */
function timesOf({ earn }: Rule): number {
  return earn.kind === 'multiplier' ? Math.max(1, earn.numerator / earn.denominator) : 1
}

/** In minor units. */
function largeAmount(currency: string): Minor {
  return 10 ** ((TENS[currency] ?? 4) + currencyDigits(currency))
}

/**
 * The power of ten nearest to 10,000 SAR (2,700 USD), where it is not 4. Rates of 2025; a power of
 * ten stays right for years.
 */
const TENS: Record<string, number> = {
  BHD: 3,
  KWD: 3,
  OMR: 3,
  JOD: 3,
  CZK: 5,
  EGP: 5,
  INR: 5,
  MXN: 5,
  PHP: 5,
  RUB: 5,
  THB: 5,
  TRY: 5,
  TWD: 5,
  ZAR: 5,
  BDT: 6,
  CLP: 6,
  DZD: 6,
  ETB: 6,
  HUF: 6,
  JPY: 6,
  KES: 6,
  KZT: 6,
  LKR: 6,
  PKR: 6,
  SDG: 6,
  YER: 6,
  ARS: 7,
  COP: 7,
  IQD: 7,
  KRW: 7,
  NGN: 7,
  TZS: 7,
  UGX: 7,
  IDR: 8,
  LBP: 8,
  SYP: 8,
  UZS: 8,
  VND: 8,
  IRR: 9,
}
