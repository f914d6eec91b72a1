// What happens after a sale: corrections, voids, returns in parts.
import type { Random } from './random.ts'
import { giveBack, refundsWithin } from './returns.ts'
import { pickPerson, withLines } from './tickets.ts'
import type { FaultLevel, Line, Shop, Story, Ticket } from './types.ts'

/**
 * The story of one sale. The tickets of one order are at least a second apart.
 */
export function tellStory(random: Random, shop: Shop, paid: Ticket, faultLevel: FaultLevel): Story {
  const chances = CHANCES[faultLevel]
  if (random.chance(2)) return { shop, orders: [[unpaid(random, shop, paid)]] }
  const sale = [...before(random, shop, paid, chances), paid]
  const last = shop.takesBack ? after(random, shop, sale, chances) : paid
  const standing = last.state === 'paid'
  const returns =
    shop.takesBack && standing && random.chance(chances.returned) ? giveBack(random, shop, last, chances.slips) : []
  if (returns.length > 0 && random.chance(chances.undone)) sale.push(undo(random, last, returns))
  return { shop, orders: [inTime(random, sale), ...returns.map((tickets) => inTime(random, tickets))] }
}

interface Chances {
  /**
   * Percent of sales: sent when opened; customer attached or corrected later; goods corrected;
   * voided; reopened and paid again; returned; another mistake after that.
   */
  opened: number
  late: number
  mended: number
  voided: number
  reopened: number
  returned: number
  slips: number
  /** Percent of sales with returns that are voided after all of their returns. */
  undone: number
}

const CHANCES: Record<FaultLevel, Chances> = {
  none: { opened: 10, late: 0, mended: 0, voided: 2, reopened: 1, returned: 10, slips: 0, undone: 2 },
  some: { opened: 20, late: 5, mended: 5, voided: 4, reopened: 3, returned: 15, slips: 5, undone: 5 },
  full: { opened: 35, late: 15, mended: 15, voided: 8, reopened: 8, returned: 30, slips: 15, undone: 10 },
}

/** The tickets before the paid one. */
function before(random: Random, shop: Shop, paid: Ticket, { opened, late, mended }: Chances): Ticket[] {
  const tickets: Ticket[] = []
  if (random.chance(opened)) {
    tickets.push(unpaid(random, shop, paid))
  }
  if (shop.takesBack && random.chance(mended)) {
    tickets.push({ ...withLines(random, shop, paid, mistaken(random, paid.lines)), updatedAt: paid.updatedAt - 3000 })
  }
  if (random.chance(late)) {
    const wrong = shop.takesBack && random.chance(40) ? pickPerson(random, shop) : null
    tickets.push({ ...paid, customer: wrong, updatedAt: paid.updatedAt - 1000 })
  }
  return tickets
}

/** Some orders are never paid. */
function unpaid(random: Random, shop: Shop, paid: Ticket): Ticket {
  const state = shop.pos === 'foodics' && random.chance(30) ? 'draft' : 'open'
  return { ...paid, state, closedAt: null, payments: [], updatedAt: paid.openedAt }
}

/** A cashier typed the wrong number of pieces, or forgot a line. */
function mistaken(random: Random, lines: readonly Line[]): Line[] {
  const [first, ...rest] = lines
  if (!first || first.voided) return [...lines]
  if (rest.some((line) => !line.voided) && random.chance(50)) return rest
  return [{ ...first, quantity: first.quantity + 1000 }, ...rest]
}

/** Adds the tickets that follow the payment, and returns the last one. */
function after(random: Random, shop: Shop, sale: Ticket[], { voided, reopened, late, slips }: Chances): Ticket {
  const add = (ticket: Ticket): Ticket => {
    sale.push(ticket)
    return ticket
  }
  if (random.chance(reopened)) sale.push(...reopen(random, shop, sale.at(-1) as Ticket))
  const paid = sale.at(-1) as Ticket
  const later = (minutes: number) => paid.updatedAt + random.int(1, minutes) * 60_000
  if (random.chance(voided)) {
    const voidCode = shop.pos === 'foodics' ? random.pick([3, 6, 7, 7, 7] as const) : 7
    return add({ ...paid, state: 'void', voidCode, payments: [], updatedAt: later(30) })
  }
  if (random.chance(slips / 5)) return add({ ...paid, state: 'returned', updatedAt: later(600) })
  const owned = random.chance(late / 5)
    ? add({ ...paid, customer: pickPerson(random, shop), updatedAt: later(90) })
    : paid
  if (shop.pos !== 'standard' || !random.chance(8)) return owned
  return add({
    ...owned,
    refunds: refundsWithin(random, shop, owned),
    updatedAt: owned.updatedAt + random.int(100, 300) * 60_000,
  })
}

/**
 * Voided, declined, or returned under its own id; then perhaps open for a while, and paid again,
 * perhaps in another way.
 */
export function reopen(random: Random, shop: Shop, paid: Ticket): Ticket[] {
  const state = random.chance(70) ? 'void' : 'returned'
  const voidCode = shop.pos === 'foodics' ? random.pick([3, 6, 7] as const) : 7
  const undone: Ticket = { ...paid, state, voidCode, payments: [], updatedAt: paid.updatedAt + 20_000 }
  const open: Ticket = { ...paid, state: 'open', closedAt: null, payments: [], updatedAt: paid.updatedAt + 40_000 }
  const again: Ticket = { ...paid, updatedAt: paid.updatedAt + 60_000 }
  return random.chance(50) ? [undone, open, again] : [undone, again]
}

/**
 * Voided, or returned under its own id, after partial or full returns: nothing may be returned
 * twice.
 */
export function undo(random: Random, sale: Ticket, returns: readonly (readonly Ticket[])[]): Ticket {
  const last = Math.max(...returns.flat().map(({ updatedAt }) => updatedAt))
  const state = random.chance(70) ? 'void' : 'returned'
  return { ...sale, state, payments: [], updatedAt: last + random.int(1, 60) * 60_000 }
}

/**
 * Strictly one after the other; each is sent when it is made, stamped by a clock that may be wrong.
 */
function inTime(random: Random, tickets: readonly Ticket[]): Ticket[] {
  let last = Number.NEGATIVE_INFINITY
  return tickets.map((ticket) => {
    last = Math.max(ticket.updatedAt, last + 1000)
    return {
      ...ticket,
      updatedAt: last,
      sentAt: last + (ticket.branch.skewMs === 0 ? 0 : random.int(-300, 300) * 1000),
    }
  })
}
