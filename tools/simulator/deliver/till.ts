// The till during a visit: sends the order, checks the code and redeems it.
import type { Story } from '../world/types.ts'
import type { Visit, VisitEvent } from '../world/visits.ts'
import {
  type DeliverOptions,
  deliverTicket,
  type ExpectedAnswer,
  outcomeOf,
  retryUntilAcknowledged,
  type State,
} from './deliver.ts'
import type { Request } from './send.ts'

type TillOptions = Pick<DeliverOptions, 'line' | 'tokens' | 'signal'>

export interface Happening {
  visit: Visit
  story: Story
  code: string
}

export async function happen(event: VisitEvent, { visit, story, code }: Happening, options: TillOptions, state: State) {
  const { shop } = visit
  if (event.kind === 'order') {
    const { order, snapshot, copy } = event
    const ticket = story.orders[order]?.[snapshot]
    if (!ticket) throw new RangeError('a visit without its ticket')
    return deliverTicket({ shop, ticket, copy, key: `${ticket.id}/${snapshot}/${copy.shuffled}` }, options, state)
  }
  return event.kind === 'redeem' ? redeem(event, { visit, story, code }, options, state) : undefined
}

async function redeem(
  { copy: { fault } }: Extract<VisitEvent, { kind: 'redeem' }>,
  happening: Happening,
  options: TillOptions,
  state: State,
) {
  const { oddities, witness } = state
  const { status, text } = await retryUntilAcknowledged(
    tillCall('redeem', {}, happening, options),
    fault,
    options,
    state,
  )
  const about = { order: orderOf(happening), detail: text.slice(0, 500) }
  if (status !== 200) oddities.push({ what: `redeem answered ${status}`, ...about })
  const key = `redeem ${happening.code} ${about.order}`
  const contradiction = status === 200 ? witness.contradiction(key, JSON.parse(text)) : null
  if (contradiction) oddities.push({ what: 'contradiction', ...about, detail: contradiction })
}

/** Fields in which a call differs from the correct one. */
export interface TillChanges {
  reward_code?: string
  order_id?: string
}

/** Makes a till call that has one correct answer. */
export async function demand(
  call: 'reward' | 'redeem',
  changes: TillChanges,
  must: ExpectedAnswer,
  happening: Happening,
  options: TillOptions,
  state: State,
) {
  const answer = await retryUntilAcknowledged(tillCall(call, changes, happening, options), null, options, state)
  outcomeOf(answer, must, { call, order: orderOf(happening) }, state)
}

function tillCall(
  call: 'reward' | 'redeem',
  changes: TillChanges,
  happening: Happening,
  { tokens }: TillOptions,
): Request {
  const { shop, person, branch, told, products } = happening.visit
  const pos = tokens[shop.pos]
  if (!pos) throw new Error(`there is no token for a ${shop.pos} till`)
  const body = {
    business_reference: shop.reference,
    reward_code: happening.code,
    customer_mobile_number: person.phone.national,
    mobile_country_code: person.phone.dialCode,
    branch_id: branch.id,
    user_id: 'sample-cashier',
    order_id: orderOf(happening),
    discount_amount: told / 10 ** shop.digits,
    ...(products && { redeemed_products: products }),
    ...changes,
  }
  return { method: 'POST', path: `/pos/1.0.0/${pos.name}/${call}`, bearer: pos.token, body: JSON.stringify(body) }
}

function orderOf({ story }: Happening): string {
  return story.orders[0]?.[0]?.id ?? ''
}
