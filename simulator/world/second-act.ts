// Who spends in the second act, and how often: as much as the first act left them, and never more.
import { Random } from './random.ts'
import type { Hostility, World } from './types.ts'
import { makeVisit, type Visit } from './visits.ts'

/** What a customer has, by the key of the scheme. */
export type Purse = ReadonlyMap<string, number>

/** The same world and purses make the same visits. Those of one person are in the order in which they happen. */
export function makeSecondAct(
  { seed, shops, stories }: World,
  hostility: Hostility,
  purseOf: (shop: string, phone: string) => Purse,
): Visit[] {
  const random = new Random(`loyapro ${seed} second act`)
  const wanted = Math.ceil(stories.length / 4)
  const visits: Visit[] = []
  const purses = new Map<string, Map<string, number>>()
  for (let tries = 0; visits.length < wanted && tries < wanted * 5; tries++) {
    const own = random.fork(tries)
    const shop = own.pick(shops)
    const person = own.pick(shop.people)
    const key = `${shop.key} ${person.phone.e164}`
    const has = purses.get(key) ?? new Map(purseOf(shop.key, person.phone.e164))
    purses.set(key, has)
    const visit = makeVisit(own, shop, person, { has, number: 500_000 + tries, hostility })
    if (!visit) continue
    const { scheme, units } = visit.pick
    has.set(scheme, (has.get(scheme) ?? 0) - units)
    visits.push(visit)
  }
  return visits
}
