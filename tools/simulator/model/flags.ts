// The flags that orders must have because of their redemptions, by the order's id in the POS.

import { scaleOf } from '../world/prices.ts'
import { rewardOf } from '../world/rewards.ts'
import type { Minor, Ticket } from '../world/types.ts'
import type { Visit } from '../world/visits.ts'
import { share } from './fraction.ts'
import { refusalAt } from './refused.ts'
import { remainingOf, truthOf } from './remaining.ts'
import { type Played, spentOn } from './spent.ts'

/**
 * Only valid orders and spent rewards count. Codes are sorted.
 */
export function flagsExpected(played: readonly Played[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const [story, all] of Map.groupBy(played, (one) => one.story)) {
    if (story.orders.length === 0) continue
    const { sale, returns } = truthOf(story)
    const isGone = returns.length > 0 && remainingOf(story.shop, sale, returns).every(({ quantity }) => quantity === 0)
    if (sale.state !== 'paid' || isGone) continue
    const spent = all.filter((one) => spentOn(one).outcome === 'spent')
    const strange = all.flatMap(({ visit, claimId }) => (claimId === null && visit.stray ? [visit.stray.flag] : []))
    const shown = shownTo(spent, sale, all[0]?.visit)
    const flags = new Set([...strange, ...spent.flatMap(({ visit }) => flagsOf(visit, sale, shown.get(visit) ?? null))])
    if (flags.size > 0) found.set(sale.id, [...flags].sort())
  }
  return found
}

function flagsOf(visit: Visit, sale: Ticket, shown: Minor | null): string[] {
  const { pick, shop, told } = visit
  const goods = goodsOf(visit, sale)
  const definition = shop.schemes.find(({ key }) => key === pick.scheme)?.versions.at(-1)?.definition
  const most = definition?.type === 'cashback' ? definition.maximum_share_basis_points : undefined
  const terms = rewardOf(pick.reward)?.terms
  const hasCode = sale.rewardCode !== undefined || sale.lines.some(({ rewardCode }) => rewardCode !== undefined)
  return [
    ...(shown !== null && shown !== told ? ['discount_differs'] : []),
    ...(Math.max(shown ?? 0, told) > (terms?.discount_amount ?? Number.MAX_SAFE_INTEGER) ? ['discount_too_high'] : []),
    ...(shown === null && !hasCode && sale.extras.discount === null && told > 0 ? ['discount_not_in_order'] : []),
    ...(goods < (terms?.minimum_order_amount ?? 0) ? ['order_too_small'] : []),
    // A till call would have been refused; an order that redeems the code itself is assessed at its
    // own time.
    ...(visit.route !== 'till' && refusalAt(visit, sale.closedAt ?? sale.openedAt) !== null ? ['outside_terms'] : []),
    ...(most !== undefined && told > share(goods, most, 10_000) ? ['share_too_high'] : []),
  ]
}

/**
 * The discount for each code on the order. The order names only the code of the first reward. Where
 * it names none, its discount is divided by age: each code gets the amount of its till call, and
 * the oldest gets the rest.
 */
function shownTo(spent: readonly Played[], sale: Ticket, first: Visit | undefined): Map<Visit, Minor> {
  const shown = new Map<Visit, Minor>()
  const marked = sale.lines.filter((line) => line.rewardCode !== undefined)
  if (marked.length > 0 || sale.rewardCode !== undefined) {
    const amount = marked.length > 0 ? marked.reduce((sum, { discount }) => sum + discount, 0) : discountOf(first, sale)
    if (first && amount !== null) shown.set(first, amount)
    return shown
  }
  let left = discountOf(first, sale)
  if (left === null) return shown
  for (const { visit } of spent) {
    const part = Math.min(left, visit.told)
    shown.set(visit, part)
    left -= part
  }
  const [oldest] = spent
  if (oldest) shown.set(oldest.visit, (shown.get(oldest.visit) ?? 0) + left)
  return shown
}

function discountOf(visit: Visit | undefined, { bill, extras }: Ticket): Minor | null {
  return extras.discount === null || !visit ? null : bill.discount / scaleOf(visit.shop)
}

/** Their price without any discount. */
function goodsOf({ shop }: Visit, { lines, bill }: Ticket): Minor {
  return lines.reduce((sum, { voided, discount }, position) => {
    const { price = 0, addedTax = 0 } = bill.lines[position] ?? {}
    return voided ? sum : sum + discount + (price + addedTax) / scaleOf(shop)
  }, 0)
}
