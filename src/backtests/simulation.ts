// Assesses the sales of a back-test one after the other, in the sequence of their arrival, and
// remembers what later ones find: caps, the budget and carried fractions (pure).
import type { Definition } from '../../contract/program.ts'
import { assess } from '../earning/assess.ts'
import { leftBy } from '../earning/post-sale.ts'
import type { EpochMs, IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { add, formatRational, parseRational, type Rational, subtract, ZERO } from '../kernel/rational.ts'
import type { Family } from '../orders/family.ts'
import type { CapRoom, SaleFacts } from '../orders/sale-facts.ts'
import type { OrderRow } from '../orders/store.ts'
import type { FactValues } from '../programs/fact.ts'
import type { BusinessPrograms } from '../programs/store.ts'
import type { PinnedVersion } from '../programs/terms.ts'
import { underVersion } from '../programs/under-version.ts'
import type { Given } from './back-test.ts'
import { limitsCustomers, testedRoom } from './room.ts'

/** One stored sale with what it needs. */
export interface StoredSale {
  row: OrderRow
  family: Family
  /** What it was really given in the program. */
  actual: number
  known: FactValues
  branchTimezone: string | null
  /** Asked where the sale was never assessed by any terms. */
  customer: { enteredBirthDate: IsoDate | null; blacklistedAt: EpochMs | null } | null
}

export interface TestedSale extends Given {
  /** Units above the ceiling, which would wait for staff. */
  waiting: number
}

export interface Simulation {
  /** Call it once for each sale, in the sequence of arrival. */
  assess(sale: StoredSale): TestedSale
  /** Whether what customers were given on the days before counts: see `addEarlier`. */
  readonly needsEarlier: boolean
  /** What a customer was given before the first day of the back-test, on a day that a cap counts. */
  addEarlier(customerId: Uuid, date: IsoDate, units: number): void
}

/** `budgetBefore`: what the program's budget had let out before the first sale. */
export function createSimulation(
  programs: BusinessPrograms,
  tested: PinnedVersion,
  { budgetBefore }: { budgetBefore: number },
): Simulation {
  const { programId } = tested
  const underTested = underVersion(programs, tested)
  const needsEarlier = limitsCustomers(tested.definition)
  const used = new Map<Uuid, UsedDays>()
  const carries = new Map<Uuid, Carried>()
  const budgetUsed: Given = { actual: budgetBefore, tested: budgetBefore }

  const decide = (sale: StoredSale, actual: Definition | null) => {
    const { row } = sale
    const { customerId } = row
    if (customerId === null) return null
    const room = testedRoom({
      tested: tested.definition,
      actual,
      found: row.facts?.room?.[programId] ?? null,
      businessDate: row.businessDate,
      usedBetween: (from, to) => usedBetween(used.get(customerId), from, to),
      budgetUsed,
    })
    const carryIn = carriedTo(row, programId, actual, carries.get(customerId) ?? NONE)
    return assess({
      family: sale.family,
      programs: underTested,
      currency: row.currency,
      branch: row.branchId === null ? null : { id: row.branchId, timezone: sale.branchTimezone },
      customer: { id: customerId, ...(sale.customer ?? UNKNOWN) },
      pinned:
        row.terms === null ? null : { terms: row.terms, facts: pinnedFacts(row.facts, programId, { room, carryIn }) },
      ceiling: row.ceiling,
      isReleased: false,
      known: sale.known,
      roomFor: () => room,
      carryFor: () => carryIn,
    })
  }
  return {
    needsEarlier,
    addEarlier: (customerId, date, units) => count(used, customerId, date, { actual: units, tested: units }),
    assess(sale) {
      const { row, actual } = sale
      const version = row.terms === null ? null : memberOf(programs, row.terms, programId)
      const decision = decide(sale, version?.definition ?? null)
      const [entitlement] = decision?.entitlements ?? []
      const units = entitlement?.units ?? 0
      const { customerId } = row
      if (customerId !== null) {
        if (needsEarlier) count(used, customerId, row.businessDate, { actual, tested: units })
        carry(carries, customerId, { actual: leftBy(row.facts, programId), tested: leftBy(decision?.facts, programId) })
      }
      budgetUsed.tested += units
      // A budget counts only what versions with a budget gave.
      if (hasBudget(version?.definition)) budgetUsed.actual += actual
      return { actual, tested: units, waiting: decision?.facts?.waiting?.[programId]?.units ?? 0 }
    },
  }
}

const UNKNOWN = { enteredBirthDate: null, blacklistedAt: null }

function memberOf(programs: BusinessPrograms, terms: number, programId: Uuid): PinnedVersion | null {
  return programs.termsNumber(terms)?.members.find((member) => member.programId === programId) ?? null
}

export function hasBudget(definition: Definition | undefined): boolean {
  return definition !== undefined && 'caps' in definition && definition.caps?.budget !== undefined
}

/** The fractions that the earlier sales of a customer leave. */
interface Carried {
  actual: Rational
  tested: Rational
}

const NONE: Carried = { actual: ZERO, tested: ZERO }

/** The fraction that the sale really found, moved by what earlier sales leave more or less. */
function carriedTo(row: OrderRow, programId: Uuid, actual: Definition | null, carried: Carried): Rational {
  const found =
    actual && 'rounding' in actual && actual.rounding === 'carry' ? row.facts?.carry?.[programId] : undefined
  return found ? add(parseRational(found.in), subtract(carried.tested, carried.actual)) : carried.tested
}

function carry(carries: Map<Uuid, Carried>, customerId: Uuid, { actual, tested }: Carried): void {
  if (actual.num === 0n && tested.num === 0n) return
  const before = carries.get(customerId) ?? NONE
  carries.set(customerId, { actual: add(before.actual, actual), tested: add(before.tested, tested) })
}

/** The facts that the sale keeps, with the room and the fraction of the tested definition. */
function pinnedFacts(
  facts: SaleFacts | null,
  programId: Uuid,
  { room, carryIn }: { room: CapRoom | null; carryIn: Rational },
): SaleFacts {
  const { room: _room, carry: _carry, waiting: _waiting, ...kept } = facts ?? {}
  const carried = formatRational(carryIn)
  return {
    ...kept,
    ...(room && { room: { [programId]: room } }),
    carry: { [programId]: { in: carried, out: carried } },
  }
}

/** Units of one customer by business date. */
type UsedDays = Map<IsoDate, Given>

/** Caps count within a month: a customer's days of two months are enough. */
const MOST_DAYS = 62

function count(used: Map<Uuid, UsedDays>, customerId: Uuid, date: IsoDate, { actual, tested }: Given): void {
  if (actual === 0 && tested === 0) return
  const days = used.get(customerId) ?? new Map<IsoDate, Given>()
  const day = days.get(date)
  days.set(date, { actual: (day?.actual ?? 0) + actual, tested: (day?.tested ?? 0) + tested })
  if (days.size > MOST_DAYS) days.delete([...days.keys()].sort()[0] ?? date)
  used.set(customerId, days)
}

function usedBetween(days: UsedDays | undefined, from: IsoDate, to: IsoDate): Given {
  const sum = { actual: 0, tested: 0 }
  for (const [date, { actual, tested }] of days ?? []) {
    if (date < from || date > to) continue
    sum.actual += actual
    sum.tested += tested
  }
  return sum
}
