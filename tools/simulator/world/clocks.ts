// Times of sales: from the afternoon until after midnight, and some exactly at the second at which
// a rule or version begins or ends.
import { edgesOf } from './edges.ts'
import type { Random } from './random.ts'
import { pickPerson, type SaleContext } from './tickets.ts'
import type { Ms, Shop } from './types.ts'

/**
 * No two sales of a customer, and hardly any two of a shop, have the same second.
 */
export class Clocks {
  readonly #firstDay: string
  readonly #days: number
  /** Used seconds by shop; those of an edge by customer too. */
  readonly #taken = new Set<string>()
  readonly #edges = new Map<string, readonly Ms[]>()

  constructor(firstDay: string, days: number) {
    this.#firstDay = firstDay
    this.#days = days
  }

  next(random: Random, shop: Shop): Omit<SaleContext, 'number'> {
    return (random.chance(14) && this.#atAnEdge(random, shop)) || this.#anyTime(random, shop)
  }

  #anyTime(random: Random, shop: Shop): Omit<SaleContext, 'number'> {
    const date = Temporal.PlainDate.from(this.#firstDay)
      .add({ days: random.int(0, this.#days - 1) })
      .toString()
    const opens = Temporal.PlainDateTime.from(`${date}T16:00`).toZonedDateTime(shop.zone).epochMilliseconds
    // Most customers come after sunset. Sales after the end of the business day by the branch's
    // settings still belong to that day.
    let at =
      opens +
      random.weighted([
        [4, random.int(0, 7_200)],
        [15, random.int(7_200, 39_600)],
        [2, random.int(39_600, 50_400)],
      ]) *
        1000
    while (shop.branches.some(({ skewMs }) => !this.#isFree(shop, at + skewMs))) at += 1000
    for (const { skewMs } of shop.branches) this.#taken.add(`${shop.key} ${at + skewMs}`)
    return { shop, date, at }
  }

  /**
   * Several people can buy at the same second there, each of them once. Null when no edge is free.
   */
  #atAnEdge(random: Random, shop: Shop): Omit<SaleContext, 'number'> | null {
    const edges = this.#edgesOf(shop)
    if (edges.length === 0) return null
    const printed = random.pick(edges)
    const person = pickPerson(random, shop)
    const branch = random.pick(shop.branches)
    const own = `${shop.key} ${printed} ${person.phone.e164}`
    if (this.#taken.has(own)) return null
    this.#taken.add(own)
    const date = Temporal.Instant.fromEpochMilliseconds(printed).toZonedDateTimeISO(shop.zone)
    return {
      shop: { ...shop, people: [person], branches: [branch] },
      date: date.subtract({ hours: 12 }).toPlainDate().toString(),
      at: printed - branch.skewMs,
    }
  }

  /** Other sales avoid the seconds of edges. */
  #isFree(shop: Shop, printed: Ms): boolean {
    return !this.#taken.has(`${shop.key} ${printed}`) && !this.#edgesOf(shop).includes(printed)
  }

  #edgesOf(shop: Shop): readonly Ms[] {
    const known = this.#edges.get(shop.key)
    if (known) return known
    const edges = edgesOf(shop, this.#firstDay, this.#days)
    this.#edges.set(shop.key, edges)
    return edges
  }
}
