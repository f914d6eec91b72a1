// Cases of a reward for one product: within its limit, and above it at the till or in the order.
import type { Line, Minor } from '../world/types.ts'
import { type CaseContext, inUnits, type Outcome } from './context.ts'
import { noonOf } from './expiry.ts'
import { points } from './model.ts'
import { LATTE } from './shops.ts'

/** One free latte: within its limit, above it at the till, or above it in the order alone. */
export async function playProductReward(context: CaseContext): Promise<Outcome> {
  const { random } = context
  const customer = context.person()
  const first = 10_000
  await context.send([context.sale({ customer, amount: first, at: noonOf(context, 2) })])
  const claim = await context.claim(customer, { reward: 'latte' })
  const how = random.pick(['within', 'other_product', 'too_many', 'order_too_much'] as const)
  const lattes = random.int(1, 3)
  const lines = [latte(context, lattes), context.goods(20_000)]
  const isTooMuch = how === 'order_too_much'
  const discount = isTooMuch ? LATTE.price + random.int(1, 9000) : LATTE.price
  const sale = context.sale({ customer, lines, at: context.now - 60_000, discount, code: claim.code })
  const redeem = (more: object, must: readonly [number, string?]) =>
    context.till('redeem', { person: customer, code: claim.code, more: { order_id: sale.id, ...more } }, must)
  if (how === 'other_product') {
    const more = { discount_amount: 99.99, redeemed_products: [{ product_id: 'sample-tv', quantity: 1 }] }
    await redeem(more, [422, 'discount_too_high'])
  }
  if (how === 'too_many') {
    const more = { discount_amount: inUnits(LATTE.price), redeemed_products: products(2) }
    await redeem(more, [422, 'discount_too_high'])
  }
  const call = () => redeem({ discount_amount: inUnits(LATTE.price), redeemed_products: products(1) }, [200])
  if (!isTooMuch && random.chance(50)) await call()
  await context.send([sale])
  if (!isTooMuch && random.chance(50)) await call()
  const amount: Minor = lattes * LATTE.price + 20_000 - discount
  const earned = points([
    { at: 0, amount: first },
    { at: 0, amount },
  ])
  return {
    balances: [{ person: customer, available: { points: earned - LATTE.points, sliding: earned } }],
    flags: isTooMuch ? { [sale.id]: ['discount_too_high'] } : {},
    claims: [{ id: claim.id, status: ['redeemed'] }],
  }
}

function products(quantity: number) {
  return [{ product_id: LATTE.product, quantity }]
}

function latte(context: CaseContext, pieces: number): Line {
  const line = context.goods(LATTE.price)
  return {
    ...line,
    item: { ...line.item, product: LATTE.product, sku: LATTE.product, taxFree: false },
    quantity: pieces * 1000,
  }
}
