// What goes wrong in a shop, so that the work list of the demo has something in it: each kind
// every week, as the present can be any day of the last two.
import type { Random } from '../simulator/world/random.ts'
import { BRANCHES, type Item, MENU } from './menu.ts'
import { type Body, orderOf, returnOf } from './orders.ts'
import type { Person } from './people.ts'
import { isoTime, type Recorded } from './recording.ts'

const DAY_MS = 86_400_000

export function createMishaps(random: Random, from: number, weeks: number): Recorded[] {
  const visits: Recorded[] = []
  for (let day = 12; day < weeks * 7; day++) {
    const at = from + day * DAY_MS + random.int(9, 21) * 3_600_000 + random.int(0, 3_599) * 1000
    if (day % 7 === 2 || day % 7 === 5) visits.push(recorded(at, unknownCode(random, at)))
    if (day % 7 === 4) visits.push(recorded(at, returnWithoutSale(random, at)))
  }
  return visits
}

/** The cashier typed a code that nobody has. */
function unknownCode(random: Random, at: number): Body {
  const [, item] = random.pick(MENU)
  const branch = random.pick(BRANCHES)
  const code = `9${random.int(1_000_000, 9_999_999)}`
  const lines = [{ item, quantity: 2 }]
  return orderOf(random, { at, branch, lines, person: guest(random), discount: { amount: 500, code } })
}

/** The till was offline when the drink was sold, and the sale was never sent. */
function returnWithoutSale(random: Random, at: number): object {
  const [, item] = random.pick(MENU) as readonly [number, Item]
  const lines = [{ item, quantity: 1 }]
  return returnOf(orderOf(random, { at, branch: random.pick(BRANCHES), lines, person: guest(random) }), at, lines)
}

function guest(random: Random): Person {
  const number = random.int(1, 40)
  return {
    phone: `+96650000${3000 + number}`,
    name: `Sample Guest ${number}`,
    home: 0,
    weight: 1,
    lastDay: 0,
    favourite: 0,
    planUntil: -1,
    planUsed: -1,
    points: 0,
    stamps: 0,
    cashback: 0,
  }
}

function recorded(at: number, order: object): Recorded {
  return { at: isoTime(at), steps: [{ order }] }
}
