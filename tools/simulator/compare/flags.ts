// Compares the flagged orders and their flags with the model.
import type { OrderSummary } from '../../../contract/api/orders.ts'
import type { Oddity } from '../deliver/counts.ts'
import type { Counterpart } from './compare.ts'

/** `expected`: the codes of flags by the order's id in the POS, for all shops. */
export async function compareFlags(
  shops: readonly Counterpart[],
  expected: ReadonlyMap<string, readonly string[]>,
): Promise<Oddity[]> {
  const flagged = new Map<string, string[]>()
  for (const { api } of shops) {
    for await (const { pos_order_id, flags } of api.all<OrderSummary>('/orders?flagged=true')) {
      flagged.set(pos_order_id, flags.map(({ code }) => code).sort())
    }
  }
  return [...new Set([...expected.keys(), ...flagged.keys()])].flatMap((order) => {
    const must = String(expected.get(order) ?? 'none')
    const is = String(flagged.get(order) ?? 'none')
    return is === must ? [] : [{ what: 'flags', order, detail: `flagged ${is}; must be ${must}` }]
  })
}
