// Cases of expiry and renewal: orders that extend an expiry, in any order of arrival, and plans
// that are bought again before they end.
import { PLAN } from '../world/menu.ts'
import type { Line, Ms, Ticket } from '../world/types.ts'
import type { CaseContext, Outcome } from './context.ts'
import { points, type Standing, slidingPoints, usesNow } from './model.ts'

/** Sales of the last weeks, some voided or fully returned afterwards. */
export async function playSliding(context: CaseContext): Promise<Outcome> {
  const { random, shop, now } = context
  const customer = context.person()
  const ages = random.sample(
    Array.from({ length: 40 }, (_, index) => index + 1),
    random.int(2, 6),
  )
  const tickets: Ticket[] = []
  const standing: Standing[] = []
  for (const age of ages) {
    const at = noonOf(context, age)
    const amount = random.int(1, 60) * 100
    const sale = context.sale({ customer, amount, at })
    tickets.push(sale)
    if (random.chance(25)) {
      tickets.push({ ...sale, state: 'void', payments: [], updatedAt: sale.updatedAt + 60_000 })
    } else standing.push({ at, amount })
  }
  const late = random.int(0, tickets.length - 1)
  await context.send(tickets.slice(late))
  await context.send(tickets.slice(0, late))
  const available = { points: points(standing), sliding: slidingPoints(standing, shop.zone, now) }
  return { balances: [{ person: customer, available }] }
}

/** A plan bought two or three times, some purchases voided. */
export async function playRenewal(context: CaseContext): Promise<Outcome> {
  const { random, shop, now } = context
  const customer = context.person()
  const ages = random.sample(
    Array.from({ length: 70 }, (_, index) => index + 1),
    random.int(2, 3),
  )
  const tickets: Ticket[] = []
  const standing: Ms[] = []
  for (const age of ages) {
    const at = noonOf(context, age)
    const sale = context.sale({ customer, lines: [planLine(context)], at })
    tickets.push(sale)
    if (random.chance(25)) tickets.push({ ...sale, state: 'void', payments: [], updatedAt: sale.updatedAt + 60_000 })
    else standing.push(at)
  }
  await context.send(tickets)
  const sales = standing.map((at) => ({ at, amount: PLAN.price }))
  const available = {
    points: points(sales),
    sliding: slidingPoints(sales, shop.zone, now),
    plan: usesNow(standing, now),
  }
  return { balances: [{ person: customer, available }] }
}

function planLine({ random }: CaseContext): Line {
  return { id: random.uuid(), item: PLAN, quantity: 1000, options: [], discount: 0, voided: false, combo: null }
}

/** Noon of a day in the past, far from the ends of days. */
export function noonOf({ shop, now }: CaseContext, age: number): Ms {
  return Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(shop.zone)
    .toPlainDate()
    .subtract({ days: age })
    .toZonedDateTime({ timeZone: shop.zone, plainTime: '12:00' }).epochMilliseconds
}
