// Cases of joined orders: a redemption moves to the order into which its order was joined.
import { giveUp } from '../deliver/visits.ts'
import type { Ticket } from '../world/types.ts'
import type { CaseContext, Outcome } from './context.ts'
import { noonOf } from './expiry.ts'
import { points } from './model.ts'

const REWARD = { key: 'five-off', price: 20, discount: 500 }

/**
 * Order X with a code is joined into Y, perhaps Y into Z; perhaps the last one is voided.
 * Deliveries arrive in any order.
 */
export async function playJoined(context: CaseContext): Promise<Outcome> {
  const { random } = context
  const customer = context.person()
  const first = 10_000
  await context.send([context.sale({ customer, amount: first, at: noonOf(context, 2) })])
  const claim = await context.claim(customer, { reward: REWARD.key })
  const at = context.now - 60_000
  const withCode = { customer, discount: REWARD.discount, code: claim.code }
  const x = context.sale({ ...withCode, amount: 5000, at })
  const chain = random.int(1, 2)
  const names = random.weighted<'both' | 'ids' | 'code'>([
    [3, 'both'],
    [2, 'ids'],
    [1, 'code'],
  ])
  const tickets: Ticket[] = [{ ...x, state: 'joined', updatedAt: x.updatedAt + 5000, payments: [] }]
  if (random.chance(40)) tickets.push({ ...x, state: 'open', closedAt: null, payments: [] })
  let before = x
  let last = x
  for (let i = 1; i <= chain; i++) {
    const next = context.sale({ ...withCode, amount: 5000 + i * 1000, at: at + i * 10_000 })
    const { rewardCode: _, ...silent } = next
    last = {
      ...(names === 'ids' ? silent : next),
      ...(names !== 'code' && { joinedOrders: [before.id] }),
    }
    if (i < chain) tickets.push({ ...last, state: 'joined', updatedAt: last.updatedAt + 5000, payments: [] })
    before = last
  }
  tickets.push(last)
  const isVoided = random.chance(25)
  if (isVoided) tickets.push({ ...last, state: 'void', payments: [], updatedAt: last.updatedAt + 20_000 })
  const redeem = () =>
    context.till(
      'redeem',
      { person: customer, code: claim.code, more: { order_id: x.id, discount_amount: REWARD.discount / 100 } },
      [200],
    )
  // When later orders do not name the code, only the till call redeems it.
  if (names === 'ids' || random.chance(60)) await redeem()
  await context.send(tickets)
  await giveUp(context.counterpart.api, claim.id)
  const paid = 5000 + chain * 1000 - REWARD.discount
  const earned = points([{ at: 0, amount: first }, ...(isVoided ? [] : [{ at: 0, amount: paid }])])
  const left = earned - (isVoided ? 0 : REWARD.price)
  return {
    balances: [{ person: customer, available: { points: left, sliding: earned } }],
    claims: [{ id: claim.id, status: isVoided ? ['restored', 'cancelled'] : ['redeemed'] }],
  }
}
