// The visits of one day: how many, when, by whom, and what each orders, redeems and returns.
import type { Random } from '../simulator/world/random.ts'
import { basketOf } from './basket.ts'
import { BRANCHES, type Branch } from './menu.ts'
import { buyPlan, earn, orderOf, returnOf, voidOf } from './orders.ts'
import { type People, type Person, pickKnown } from './people.ts'
import { isoTime, type Recorded } from './recording.ts'
import { planUse, redeem } from './redemptions.ts'

export interface Day {
  /** From 0. */
  day: number
  /** Epoch milliseconds of its local midnight. */
  midnight: number
  people: People
}

/** From Sunday: busy from Thursday evening on. */
const WEEKDAYS = [0.84, 0.86, 0.9, 0.96, 1.16, 1.26, 1.12]

/** A month of the plan, less a day, as months differ in length. */
const PLAN_DAYS = 27

/** The weight of each hour from 6 o'clock; open until 1 o'clock at night. */
const HOURS = [2, 7, 11, 8, 6, 5, 5, 4, 4, 6, 9, 10, 8, 7, 9, 10, 8, 5, 3]

export function visitsOfDay(random: Random, { day, midnight, people }: Day): Recorded[] {
  return BRANCHES.flatMap((branch, index) => {
    const growth = 0.78 + 0.22 * Math.min(1, day / 56)
    const count = Math.round((branch.visits * growth * (WEEKDAYS[day % 7] ?? 1) * random.int(90, 110)) / 100)
    return Array.from({ length: count }, () => timeOfVisit(random, midnight))
      .sort((a, b) => a - b)
      .flatMap((at) => visit(random, { day, at, branch, index, people }))
  })
}

function timeOfVisit(random: Random, midnight: number): number {
  const hour = random.weighted(HOURS.map((weight, index) => [weight, index + 6] as const))
  return midnight + hour * 3_600_000 + random.int(0, 3_599) * 1000
}

interface Visit {
  day: number
  at: number
  branch: Branch
  index: number
  people: People
}

function visit(random: Random, { day, at, branch, index, people }: Visit): Recorded[] {
  const person = whoComes(random, { day, at, branch, index, people })
  if (person === null)
    return [recorded(at, [{ order: orderOf(random, { at, branch, lines: basketOf(random, null) }) }])]
  if (person.planUntil < day && person.weight >= 10 && day > 6 && random.chance(4)) {
    person.planUntil = day + PLAN_DAYS
    person.planUsed = day
    return [recorded(at, [{ order: buyPlan(random, { at, branch, person }) }])]
  }
  if (person.planUntil >= day && person.planUsed < day && random.chance(85)) {
    person.planUsed = day
    return [recorded(at, planUse(random, { at, branch, person }))]
  }
  const reward = redeem(random, { at, branch, person })
  if (reward !== null) return [recorded(at, reward)]
  const lines = basketOf(random, person)
  const order = orderOf(random, { at, branch, lines, person })
  const later = at + random.int(4, 40) * 60_000
  if (random.chance(0.7)) return [recorded(at, [{ order }]), recorded(later, [{ order: voidOf(order, later) }])]
  if (random.chance(1.2)) {
    return [recorded(at, [{ order }]), recorded(later, [{ order: returnOf(order, later, lines) }])]
  }
  earn(person, lines)
  return [recorded(at, [{ order }])]
}

/** The share of visits with a known customer grows; some of them are new. */
function whoComes(random: Random, { day, index, people }: Visit): Person | null {
  const share = 34 + Math.min(22, day * 0.4)
  if (!random.chance(share)) return null
  const newcomers = Math.max(9, 46 - day * 1.5)
  if (random.chance(newcomers)) return people.join(random, day, index)
  return pickKnown(random, people, day, index)
}

function recorded(at: number, steps: Recorded['steps']): Recorded {
  return { at: isoTime(at), steps }
}
