// A world depends on its seed alone, and has every kind of fault that shops have.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bodyOf } from '../bodies/body.ts'
import { makeWorld, ticketOf } from './world.ts'

const spec = { seed: 'a', days: 14, faultLevel: 'full', size: { of: 'deliveries', count: 3000 } } as const

test('the same seed makes the same world, byte for byte; another seed another', () => {
  const bytes = (seed: string) => {
    const world = makeWorld({ ...spec, seed, size: { of: 'deliveries', count: 400 } })
    return world.deliveries.map((delivery) => {
      const { shop, ticket } = ticketOf(world, delivery)
      return [delivery.due, delivery.copy.fault, bodyOf(shop, ticket, delivery.copy.shuffled)]
    })
  }
  assert.deepEqual(bytes('a'), bytes('a'))
  assert.notDeepEqual(bytes('a'), bytes('b'))
})

test('it has exactly as many deliveries, or orders, as it shall have, and each ticket is delivered', () => {
  for (const faultLevel of ['none', 'some', 'full'] as const) {
    const world = makeWorld({ ...spec, faultLevel, size: { of: 'deliveries', count: 777 } })
    assert.equal(world.deliveries.length, 777)
    const told = new Set(world.deliveries.map(({ story, order, snapshot }) => `${story}/${order}/${snapshot}`))
    const tickets = world.stories.flatMap(({ orders }) => orders.flat())
    assert.equal(told.size, tickets.length)
    const counted = makeWorld({ ...spec, faultLevel, size: { of: 'orders', count: 333 } })
    assert.equal(counted.stories.flatMap(({ orders }) => orders).length, 333)
  }
})

test('at fault level none everything is sent once, in time, and no connection breaks', () => {
  const { deliveries } = makeWorld({ ...spec, faultLevel: 'none' })
  assert.equal(new Set(deliveries.map(({ story, order, snapshot }) => `${story}/${order}/${snapshot}`)).size, 3000)
  assert(deliveries.every(({ copy }) => copy.fault === null && !copy.shuffled))
})

test('at fault level full every kind of fault happens', () => {
  const { stories, deliveries } = makeWorld(spec)
  const tickets = stories.flatMap(({ orders }) => orders.flat())
  const sales = stories.map(({ orders }) => orders[0] ?? [])
  const copies = Map.groupBy(deliveries, ({ story, order, snapshot }) => `${story}/${order}/${snapshot}`)
  const happens: Record<string, unknown> = {
    'ten copies or more': [...copies.values()].some((list) => list.length >= 10),
    'a return before its sale': [...Map.groupBy(deliveries, ({ story }) => story).values()].some((list) => {
      const first = list[0]
      return first !== undefined && first.order > 0
    }),
    'an older snapshot after a newer one': deliveries.some((one, index) =>
      deliveries
        .slice(0, index)
        .some((two) => two.story === one.story && two.order === one.order && two.snapshot > one.snapshot),
    ),
    'a sale undone after a part of it came back': stories.some(
      ({ orders: [sale, ...returns] }) => returns.length > 0 && sale?.at(-1)?.state !== 'paid',
    ),
    'a sale in the second at which a program changes or ends, and one in the second before': [0, 1000].every((before) =>
      stories.some(({ shop: { schemes }, orders: [sale] }) =>
        schemes
          .flatMap(({ versions, endsAt }) => [...versions.slice(1).map(({ from }) => from), endsAt])
          .some((edge) => edge !== null && sale?.at(-1)?.closedAt === edge - before),
      ),
    ),
    'each way to break a line': new Set(deliveries.map(({ copy }) => copy.fault)).size === 4,
    'keys in another order': deliveries.some(({ copy }) => copy.shuffled),
    'a customer attached late': sales.some(
      ([first, second]) => first?.state === 'paid' && !first.customer && second?.customer,
    ),
    'a customer exchanged': sales.some(
      (list) => new Set(list.map(({ customer }) => customer?.id).filter(Boolean)).size > 1,
    ),
    'an order that was edited': sales.some(
      ([first, second]) =>
        first?.state === 'paid' && second?.state === 'paid' && first.bill.total !== second.bill.total,
    ),
    'a void after the payment': sales.some(
      (list) => list.some(({ state }) => state === 'paid') && list.at(-1)?.state === 'void',
    ),
    'an order that is paid again after it was undone': sales.some((list) =>
      list.some(
        ({ state }, index) => (state === 'void' || state === 'returned') && list[index + 1]?.state !== undefined,
      ),
    ),
    'a sale that costs exactly what a rule asks for': sales.some(
      (list) =>
        list.at(-1)?.lines.length === 1 &&
        [1500, 3000, 5000, 6000].some((sum) => list.at(-1)?.lines[0]?.item.price === sum),
    ),
    'an order that is given back under its own id': sales.some((list) => list.at(-1)?.state === 'returned'),
    'several returns of a sale': stories.some(({ orders }) => orders.length > 2),
    'a return that was voided': stories.some(({ orders }) =>
      orders.slice(1).some((list) => list.at(-1)?.state === 'void'),
    ),
    'a return by amount': tickets.some(({ back }) => back?.lines.length === 0),
    'a part of a line given back': tickets.some(({ back, lines }) => back && lines.length > 0),
    'a refund within the sale': tickets.some(({ refunds }) => refunds.length > 0),
    'an order that is never paid': sales.some((list) => list.at(-1)?.state === 'open'),
    'a draft': tickets.some(({ state }) => state === 'draft'),
    'a voided line': tickets.some(({ lines }) => lines.some(({ voided }) => voided)),
    'a combo': tickets.some(({ lines }) => lines.some(({ combo }) => combo !== null)),
    'untaxed goods': tickets.some(({ lines }) => lines.some(({ item }) => item.taxFree)),
    'weighed goods': tickets.some(({ lines }) => lines.some(({ quantity }) => quantity % 1000 !== 0)),
    'a discounted line': tickets.some(({ lines }) => lines.some(({ discount }) => discount > 0)),
    'each kind of discount': new Set(tickets.map(({ extras }) => extras.discount?.kind)).size >= 5,
    'a split payment': tickets.some(({ payments }) => payments.length > 1),
    'each kind of payment': new Set(tickets.flatMap(({ payments }) => payments.map(({ kind }) => kind))).size === 6,
    'a tip': tickets.some(({ payments }) => payments.some(({ tips }) => tips > 0)),
    'a charge': tickets.some(({ bill }) => bill.charge.whole > 0),
    'a gift card sold': tickets.some(({ bill }) => bill.giftCard > 0),
    'rounding up and down':
      tickets.some(({ bill }) => bill.rounding > 0) && tickets.some(({ bill }) => bill.rounding < 0),
    'a plan bought': tickets.some(({ lines }) => lines.some(({ item }) => item.product === 'coffee-plan')),
    'a clock that is off': tickets.some(({ branch }) => Math.abs(branch.skewMs) > 600_000),
    'hours after midnight': tickets.some(
      ({ businessDate, closedAt }) =>
        closedAt !== null && new Date(closedAt + 3 * 3_600_000).toISOString().slice(0, 10) > businessDate,
    ),
    'a blacklisted customer': tickets.some(({ customer }) => customer?.blacklisted),
  }
  assert.deepEqual(
    Object.keys(happens).filter((what) => !happens[what]),
    [],
  )
})
