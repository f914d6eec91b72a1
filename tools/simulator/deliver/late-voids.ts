// Sends what became of sales of the first act after their customers had spent what they gave,
// several at a time.
import type { Story } from '../world/types.ts'
import { deliverTicket, type State } from './deliver.ts'
import type { PlayOptions } from './visits.ts'

/** Each story's sale has one ticket more than was sent before. */
export async function sendLateVoids(
  regrets: readonly { story: Story }[],
  options: PlayOptions,
  state: State,
): Promise<void> {
  const copy = { delayMs: 0, shuffled: false, fault: null }
  let next = 0
  let done = 0
  const work = async () => {
    for (let one = regrets[next++]; one; one = regrets[next++]) {
      const { shop, orders } = one.story
      const ticket = orders[0]?.at(-1)
      if (!ticket) throw new RangeError('a regret without a ticket')
      await deliverTicket({ shop, ticket, copy, key: `${ticket.id} regret` }, options, state)
      options.onProgress(++done)
    }
  }
  await Promise.all(Array.from({ length: options.concurrency }, work))
}
