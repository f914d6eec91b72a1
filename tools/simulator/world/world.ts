// Makes a world from a seed: shops, people, days of sales, and the deliveries that tell of them.
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
  hostility: FaultLevel
  size: WorldSize
  /** Absent: four shops of its own. */
  given?: GivenShop
}

/**
 * Exactly so many deliveries, repetitions included; or exactly so many orders, sales and returns
 * together.
 */
export interface WorldSize {
  of: 'deliveries' | 'orders'
  count: number
}

/** One delivery that is to be made. */
export interface Delivery {
  story: number
  order: number
  /** Which of the order's tickets. */
  snapshot: number
  copy: Copy
  /** By the world's clock. */
  due: Ms
}

/**
 * The first day of a Ramadan that is past: what orders earned is available, and nothing that they
 * earned has expired.
 */
const FIRST_DAY = '2025-03-01'

/**
 * The same spec makes the same world, byte for byte. Deliveries are in the order in which they are
 * due.
 */
export function makeWorld(spec: WorldSpec): World & { deliveries: readonly Delivery[] } {
  const { seed, days, hostility } = spec
  const random = new Random(`loyapro ${seed}`)
  const people = Math.max(5, Math.round(spec.size.count / (spec.size.of === 'orders' ? 30 : 100)))
  const shops = makeShops(random.fork('shops'), {
    firstDay: FIRST_DAY,
    days,
    people,
    hostility,
    ...(spec.given && { given: spec.given }),
  })
  const clocks = new Clocks(FIRST_DAY, days)
  const stories: Story[] = []
  const deliveries: Delivery[] = []
  for (let room = spec.size.count; room > 0; ) {
    const own = random.fork(stories.length)
    const shop = own.pick(shops)
    const story = makeStory(own, shop, clocks, stories.length, hostility)
    const made = deliver(own, story, stories.length, hostility)
    // The last stories are told shorter, so that the number comes out.
    const told =
      sizeOf(spec.size, story, made) <= room ? { story, made } : shortStory(own, shop, clocks, stories.length)
    stories.push(told.story)
    deliveries.push(...told.made)
    room -= sizeOf(spec.size, told.story, told.made)
  }
  deliveries.sort((a, b) => a.due - b.due || a.story - b.story || a.order - b.order || a.snapshot - b.snapshot)
  return { seed, shops, stories, deliveries }
}

/** The ticket that a delivery is a snapshot of. */
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

function makeStory(random: Random, shop: Shop, clocks: Clocks, index: number, hostility: FaultLevel): Story {
  const scene = clocks.next(random, shop)
  const { orders } = tellStory(random, scene.shop, ringUp(random, { number: 1000 + index, ...scene }), hostility)
  return { shop, orders }
}

function shortStory(random: Random, shop: Shop, clocks: Clocks, index: number) {
  const paid = ringUp(random, { number: 1000 + index, ...clocks.next(random, shop) })
  const story: Story = { shop, orders: [[paid]] }
  return { story, made: deliver(random, story, index, 'none') }
}

function deliver(random: Random, { orders }: Story, story: number, hostility: FaultLevel): Delivery[] {
  return orders.flatMap((tickets, order) =>
    tickets.flatMap(({ updatedAt, branch }, snapshot) =>
      copiesOf(random, hostility).map((copy) => ({
        story,
        order,
        snapshot,
        copy,
        due: updatedAt - branch.skewMs + copy.delayMs,
      })),
    ),
  )
}
