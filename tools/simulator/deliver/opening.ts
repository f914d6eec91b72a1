// The first order of each branch: rules and rewards can only name branches that LoyaPro has learned
// from orders.
import { Random } from '../world/random.ts'
import { ringUp } from '../world/tickets.ts'
import type { Shop } from '../world/types.ts'
import { type DeliverOptions, deliverTicket, newState } from './deliver.ts'

/** An unpaid order of each branch, on the day before the first one. */
export async function openBranches(
  seed: string,
  shop: Shop,
  options: Pick<DeliverOptions, 'line' | 'tokens' | 'signal'>,
): Promise<void> {
  const state = newState(`${seed} opening`)
  const random = new Random(`loyapro ${seed} opening ${shop.key}`)
  for (const [index, branch] of shop.branches.entries()) {
    const context = { date: EVE, at: Date.parse(`${EVE}T15:00:00Z`), number: index + 1 }
    const rung = ringUp(random, { ...context, shop: { ...shop, branches: [branch] } })
    const ticket = { ...rung, state: 'open', customer: null, closedAt: null, payments: [] } as const
    const copy = { delayMs: 0, shuffled: false, fault: null }
    await deliverTicket({ shop, ticket, copy, key: `${ticket.id} opening` }, options, state)
  }
  const [strange] = state.oddities
  if (strange) throw new Error(`${shop.key} could not be opened: ${strange.what}: ${strange.detail}`)
}

const EVE = '2025-02-28'
