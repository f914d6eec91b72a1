// Cases of customers who are merged, or who change their phone, while their orders arrive.
import type { Ticket } from '../world/types.ts'
import type { CaseContext, Outcome } from './context.ts'
import { noonOf } from './expiry.ts'
import { points, type Standing, slidingPoints } from './model.ts'

/**
 * Two customers buy, are merged, and both phones are still used; some sales are voided before or
 * after.
 */
export async function playMerge(context: CaseContext): Promise<Outcome> {
  const { random, shop, now } = context
  const [gone, survivor] = [context.person(), context.person()]
  const standing: Standing[] = []
  const before: Ticket[] = []
  const after: Ticket[] = []
  const ages = random.sample(
    Array.from({ length: 30 }, (_, index) => index + 1),
    6,
  )
  for (const [index, age] of ages.entries()) {
    const at = noonOf(context, age)
    const amount = random.int(1, 60) * 100
    const sale = context.sale({ customer: index % 2 === 0 ? gone : survivor, amount, at })
    const isEarly = index < 2 || random.chance(50)
    ;(isEarly ? before : after).push(sale)
    if (random.chance(30)) {
      const voided: Ticket = { ...sale, state: 'void', payments: [], updatedAt: sale.updatedAt + 60_000 }
      ;(isEarly && random.chance(50) ? before : after).push(voided)
    } else standing.push({ at, amount })
  }
  await context.send(before)
  const [from, into] = [await context.customerId(gone), await context.customerId(survivor)]
  await context.post(`/customers/${from}/merge`, { into, reason: 'Sample reason' })
  await context.send(after)
  const available = { points: points(standing), sliding: slidingPoints(standing, shop.zone, now) }
  return { balances: [{ person: survivor, available }] }
}
