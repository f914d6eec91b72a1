// Makes a world from a seed: shops, people, days of sales, and their deliveries.
import { tellStory } from './aftermath.ts'
import { Clocks } from './clocks.ts'
import { type Copy, copiesOf } from './fault-level.ts'
import { Random } from './random.ts'
import { type GivenShop, makeShops } from './shops.ts'
import { ringUp } from './tickets.ts'
import type { FaultLevel, Ms, Shop, Story, Ticket, World } from './types.ts'

export interface WorldSpec {
  seed: string
  days: number
  faultLevel: FaultLevel
  size: WorldSize
  /** Absent: four shops are created. */
  given?: GivenShop
}

/**
 * The exact number of deliveries, repetitions included, or of orders (sales and returns).
 */
export interface WorldSize {
  of: 'deliveries' | 'orders'
  count: number
}

/** One planned delivery. */
export interface Delivery {
  story: number
  order: number
  /** Index of the ticket within the order. */
  snapshot: number
  copy: Copy
  /** By the clock of the world. */
  due: Ms
}

/**
 * The first day of a past Ramadan: everything earned is available, and nothing earned has expired.
 */
const FIRST_DAY = '2025-03-01'

/**
 * The same spec gives the same world, byte for byte. Deliveries are in order of their due time.
 */
export function makeWorld(spec: WorldSpec): World & { deliveries: readonly Delivery[] } {
  const { seed, days, faultLevel } = spec
  const random = new Random(`loyapro ${seed}`)
  const people = Math.max(5, Math.round(spec.size.count / (spec.size.of === 'orders' ? 30 : 100)))
  const shops = makeShops(random.fork('shops'), {
    firstDay: FIRST_DAY,
    days,
    people,
    faultLevel,
    ...(spec.given && { given: spec.given }),
  })
  const clocks = new Clocks(FIRST_DAY, days)
  const stories: Story[] = []
  const deliveries: Delivery[] = []
  for (let room = spec.size.count; room > 0; ) {
    const own = random.fork(stories.length)
    const shop = own.pick(shops)
    const story = makeStory(own, shop, clocks, stories.length, faultLevel)
    const made = deliver(own, story, stories.length, faultLevel)
    // The last stories are shortened to reach the exact number.
    const told =
      sizeOf(spec.size, story, made) <= room ? { story, made } : shortStory(own, shop, clocks, stories.length)
    stories.push(told.story)
    deliveries.push(...told.made)
    room -= sizeOf(spec.size, told.story, told.made)
  }
  deliveries.sort((a, b) => a.due - b.due || a.story - b.story || a.order - b.order || a.snapshot - b.snapshot)
  return { seed, shops, stories, deliveries }
}

/** The ticket of a delivery. */
export function ticketOf(
  { stories }: World,
  { story, order, snapshot }: Omit<Delivery, 'copy' | 'due'>,
): { shop: Shop; ticket: Ticket } {
  const told = stories[story]
  const ticket = told?.orders[order]?.[snapshot]
  if (!told || !ticket) throw new RangeError(`the world has no ticket ${story}/${order}/${snapshot}`)
  return { shop: told.shop, ticket }
}

function sizeOf({ of }: WorldSize, { orders }: Story, made: readonly Delivery[]): number {
  return of === 'orders' ? orders.length : made.length
}

function makeStory(random: Random, shop: Shop, clocks: Clocks, index: number, faultLevel: FaultLevel): Story {
  const context = clocks.next(random, shop)
  const { orders } = tellStory(random, context.shop, ringUp(random, { number: 1000 + index, ...context }), faultLevel)
  return { shop, orders }
}

function shortStory(random: Random, shop: Shop, clocks: Clocks, index: number) {
  const paid = ringUp(random, { number: 1000 + index, ...clocks.next(random, shop) })
  const story: Story = { shop, orders: [[paid]] }
  return { story, made: deliver(random, story, index, 'none') }
}

function deliver(random: Random, { orders }: Story, story: number, faultLevel: FaultLevel): Delivery[] {
  return orders.flatMap((tickets, order) =>
    tickets.flatMap(({ updatedAt, branch }, snapshot) =>
      copiesOf(random, faultLevel).map((copy) => ({
        story,
        order,
        snapshot,
        copy,
        due: updatedAt - branch.skewMs + copy.delayMs,
      })),
    ),
  )
}
