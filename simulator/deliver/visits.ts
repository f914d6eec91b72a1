// Plays the second act: customers claim, tills check and redeem, and the orders come before, after and in between.
import type { Claim } from '../../contract/api/claims.ts'
import type { Customer } from '../../contract/api/customers.ts'
import type { Api } from '../compare/api.ts'
import type { Counterpart } from '../compare/compare.ts'
import type { Played } from '../model/spent.ts'
import type { Story } from '../world/types.ts'
import { realise, type Visit, type VisitEvent } from '../world/visits.ts'
import { type DeliverOptions, deliverTicket, insist, type State } from './deliver.ts'
import type { Request } from './send.ts'

/** A shop in LoyaPro, with its rewards. */
export interface Spending extends Counterpart {
  /** Reward ids by their keys. */
  rewards: ReadonlyMap<string, string>
}

type PlayOptions = Pick<DeliverOptions, 'line' | 'tokens' | 'concurrency' | 'signal' | 'onProgress'>

/** Visits of one customer follow each other; those of others happen at the same time. */
export async function playVisits(
  visits: readonly Visit[],
  shops: readonly Spending[],
  options: PlayOptions,
  state: State,
): Promise<Played[]> {
  const ids = new Map<string, string>()
  for (const { shop, api } of shops) {
    for await (const { id, phone } of api.all<Customer>('/customers')) ids.set(`${shop} ${phone}`, id)
  }
  const chains = [...Map.groupBy(visits, keyOf).values()]
  const played: Played[] = []
  let next = 0
  const work = async () => {
    for (let chain = chains[next++]; chain; chain = chains[next++]) {
      let last = 0
      for (const visit of chain) {
        options.signal.throwIfAborted()
        const spending = shops.find(({ shop }) => shop === visit.shop.key)
        const customer = ids.get(keyOf(visit))
        if (!spending || customer === undefined) throw new Error(`${keyOf(visit)} is not known, and has something`)
        const one = await playVisit(visit, { spending, customer, last }, options, state)
        if (one) played.push(one)
        last = Math.max(last, ...(one?.story.orders.flat() ?? []).map(({ updatedAt }) => updatedAt))
        options.onProgress(played.length)
      }
    }
  }
  await Promise.all(Array.from({ length: options.concurrency }, work))
  return played
}

function keyOf({ shop, person }: Visit): string {
  return `${shop.key} ${person.phone.e164}`
}

async function playVisit(
  visit: Visit,
  { spending, customer, last }: { spending: Spending; customer: string; last: number },
  options: PlayOptions,
  state: State,
): Promise<Played | null> {
  const { api } = spending
  const claim = await api.post<Claim>(`/customers/${customer}/claims`, wish(visit, spending))
  const story = realise(visit, Math.max(Date.parse(claim.created_at) - BEHIND_MS, last + 1000), claim.code)
  const till = (call: 'reward' | 'redeem', changes: TillChanges, must: Verdict) =>
    demand(call, changes, must, { visit, story, code: claim.code }, options, state)
  await till('reward', {}, [200])
  if (visit.mistypes) await till('reward', { reward_code: mistyped(claim.code) }, [404, 'reward_not_found'])
  // Two at a time: a call and an order, or two calls, meet within LoyaPro.
  for (let i = 0; i < visit.events.length; i += 2) {
    const pair = visit.events.slice(i, i + 2)
    await Promise.all(pair.map((event) => happen(event, { visit, story, code: claim.code }, options, state)))
  }
  if (visit.route === 'till') await till('redeem', { order_id: `${claim.id}-other` }, [409, 'reward_used'])
  else if (visit.route === 'kept') await till('reward', {}, [200])
  else await giveUp(api, claim.id)
  if (visit.route === 'given_up') await till('redeem', { order_id: `${claim.id}-late` }, [409, 'reward_cancelled'])
  return { visit, story, claimId: claim.id }
}

/** A till's clock that is behind by less than a code forgives: no sale, and no plan that it buys, begins later than it is told. */
const BEHIND_MS = 2 * 60_000

function wish({ pick }: Visit, { programs, rewards }: Spending) {
  const what =
    pick.reward !== null
      ? { reward_id: rewards.get(pick.reward) }
      : { program_id: programs.get(pick.scheme), ...(pick.amount !== null && { amount: pick.amount }) }
  return { ...what, valid_minutes: 1440 }
}

/** What was used cannot be given up, and what the order told too late to count goes back. */
async function giveUp(api: Api, claimId: string): Promise<void> {
  const { status } = await api.get<Claim>(`/claims/${claimId}`)
  if (status === 'held') await api.post(`/claims/${claimId}/cancel`, {})
}

interface Happening {
  visit: Visit
  story: Story
  code: string
}

async function happen(event: VisitEvent, { visit, story, code }: Happening, options: PlayOptions, state: State) {
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
  options: PlayOptions,
  state: State,
) {
  const { oddities, witness } = state
  const { status, text } = await insist(tillCall('redeem', {}, happening, options), fault, options, state)
  const about = { order: orderOf(happening), detail: text.slice(0, 500) }
  if (status !== 200) oddities.push({ what: `redeem answered ${status}`, ...about })
  const key = `redeem ${happening.code} ${about.order}`
  const contradiction = status === 200 ? witness.contradiction(key, JSON.parse(text)) : null
  if (contradiction) oddities.push({ what: 'contradiction', ...about, detail: contradiction })
}

/** What is asked otherwise than a careful till would. */
interface TillChanges {
  reward_code?: string
  order_id?: string
}

/** A status, with the code of the problem where it is one. */
type Verdict = readonly [status: number, code?: string]

/** Makes a call of the till that has one right answer. */
async function demand(
  call: 'reward' | 'redeem',
  changes: TillChanges,
  [must, code]: Verdict,
  happening: Happening,
  options: PlayOptions,
  state: State,
) {
  const { status, text } = await insist(tillCall(call, changes, happening, options), null, options, state)
  if (status === must && (code === undefined || JSON.parse(text).code === code)) return
  const what = `${call} answered ${status}, must answer ${must} ${code ?? ''}`
  state.oddities.push({ what, order: orderOf(happening), detail: text.slice(0, 500) })
}

function tillCall(
  call: 'reward' | 'redeem',
  changes: TillChanges,
  happening: Happening,
  { tokens }: PlayOptions,
): Request {
  const { shop, person, discount } = happening.visit
  const pos = tokens[shop.pos]
  if (!pos) throw new Error(`there is no token for a ${shop.pos} till`)
  const body = {
    business_reference: shop.reference,
    reward_code: happening.code,
    customer_mobile_number: person.phone.national,
    mobile_country_code: person.phone.dialCode,
    branch_id: happening.story.orders[0]?.[0]?.branch.id ?? shop.branches[0]?.id,
    user_id: 'sample-cashier',
    order_id: orderOf(happening),
    discount_amount: discount / 10 ** shop.digits,
    ...changes,
  }
  return { method: 'POST', path: `/pos/1.0.0/${pos.name}/${call}`, bearer: pos.token, body: JSON.stringify(body) }
}

function orderOf({ story }: Happening): string {
  return story.orders[0]?.[0]?.id ?? ''
}

/** Another last digit. */
function mistyped(code: string): string {
  return `${code.slice(0, -1)}${(Number(code.slice(-1)) + 1) % 10}`
}
