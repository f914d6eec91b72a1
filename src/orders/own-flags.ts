// The flags of an order that do not depend on redemptions (pure).
import type { OrderFlag } from '../../contract/order-flags.ts'
import { ceilingFlags } from './ceiling.ts'
import { clockFlags } from './order-clock.ts'
import type { OrderRow } from './store.ts'

const OWN: readonly OrderFlag[] = ['void_before_sale', 'clock_ahead', 'above_ceiling']

/** In the sequence in which they are stored. */
export function ownFlags({ order, clock, facts }: Pick<OrderRow, 'order' | 'clock' | 'facts'>): OrderFlag[] {
  return [...clockFlags(order, clock), ...ceilingFlags(facts)]
}

/** The flags of an order, its own brought up to date; null when there are none. */
export function withOwnFlags(
  flags: readonly OrderFlag[] | null,
  row: Pick<OrderRow, 'order' | 'clock' | 'facts'>,
): OrderFlag[] | null {
  const all = [...(flags ?? []).filter((flag) => !OWN.includes(flag)), ...ownFlags(row)]
  return all.length > 0 ? all : null
}
