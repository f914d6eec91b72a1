// Compares the status of every claim, and the units that stay spent, with the model.
import type { Claim } from '../../../contract/api/claims.ts'
import type { Oddity } from '../deliver/counts.ts'
import { type Played, type Spent, spentOn } from '../model/spent.ts'
import { runsOut } from '../world/redemption-visits.ts'
import type { Counterpart } from './compare.ts'

/** Claims that differ from the model, each with its order. */
export async function compareClaims(played: readonly Played[], shops: readonly Counterpart[]): Promise<Oddity[]> {
  const found: Oddity[] = []
  for (const one of played) {
    const { api } = shops.find(({ shop }) => shop === one.visit.shop.key) ?? {}
    if (!api || one.claimId === null) continue
    const claim = await api.find<Claim>(`/claims/${one.claimId}`)
    const { outcome, spent } = spentOn(one)
    const is = claim?.redemption ? claim.redemption.units - claim.redemption.restored_units : 0
    const ends = outcome === 'back' && runsOut(one.visit) ? [...ENDS.back, 'expired'] : ENDS[outcome]
    if (claim && ends.includes(claim.status) && is === spent) continue
    const order = one.story.orders[0]?.[0]?.id ?? ''
    const { shop, person, pick, route } = one.visit
    const what = `${one.claimId} of ${person.phone.e164} for ${pick.reward ?? pick.scheme} in ${shop.key}, told by ${route}`
    found.push({
      what: 'claim',
      order,
      detail: `${what}: ${claim?.status ?? 'lost'}, ${is} spent; must be ${outcome}, ${spent} spent`,
    })
  }
  return found
}

const ENDS: Record<Spent['outcome'], readonly Claim['status'][]> = {
  spent: ['redeemed'],
  back: ['restored', 'cancelled'],
  held: ['held'],
}
