// Sends late voids: voids of sales whose units were redeemed meanwhile, several at a time.
import type { Story } from '../world/types.ts'
import { deliverTicket, type State } from './deliver.ts'
import type { PlayOptions } from './visits.ts'

/** Each sale has one more ticket than was sent before. */
export async function sendLateVoids(
  lateVoids: readonly { story: Story }[],
  options: PlayOptions,
  state: State,
): Promise<void> {
  const copy = { delayMs: 0, shuffled: false, fault: null }
  let next = 0
  let done = 0
  const work = async () => {
    for (let one = lateVoids[next++]; one; one = lateVoids[next++]) {
      const { shop, orders } = one.story
      const ticket = orders[0]?.at(-1)
      if (!ticket) throw new RangeError('a late void without a ticket')
      await deliverTicket({ shop, ticket, copy, key: `${ticket.id} void` }, options, state)
      options.onProgress(++done)
    }
  }
  await Promise.all(Array.from({ length: options.concurrency }, work))
}
