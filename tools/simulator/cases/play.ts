// Plays the scripted cases after everything else, several at a time, and returns their expected
// results.
import type { Claim } from '../../../contract/api/claims.ts'
import type { Api } from '../compare/api.ts'
import type { Counterpart } from '../compare/compare.ts'
import type { Oddity } from '../deliver/counts.ts'
import type { DeliverOptions, State } from '../deliver/deliver.ts'
import type { Expected } from '../model/model.ts'
import { Random } from '../world/random.ts'
import { REWARDS } from '../world/rewards.ts'
import type { FaultLevel, Shop } from '../world/types.ts'
import { CaseContext, type Outcome } from './context.ts'
import { playRenewal, playSliding } from './expiry.ts'
import { playJoined } from './joined.ts'
import { playMerge } from './merges.ts'
import { playProductReward } from './product-rewards.ts'
import { LATTE } from './shops.ts'
import { playClockAhead, playEarlyVoid, playTie } from './snapshots.ts'

export type CaseKind =
  | 'sliding'
  | 'renewal'
  | 'tie'
  | 'early_void'
  | 'clock_ahead'
  | 'joined'
  | 'merge'
  | 'product_reward'

const CASES: Record<CaseKind, { play: (context: CaseContext) => Promise<Outcome>; only?: Shop['pos'] }> = {
  sliding: { play: playSliding },
  renewal: { play: playRenewal },
  tie: { play: playTie },
  early_void: { play: playEarlyVoid },
  joined: { play: playJoined, only: 'foodics' },
  merge: { play: playMerge },
  clock_ahead: { play: playClockAhead },
  product_reward: { play: playProductReward },
}

/** The maximum number of customers of a case. */
export const PEOPLE_PER_CASE = 2

export interface CasesPlayed {
  expected: Expected[]
  /** Codes of flags by the POS id of the order. */
  flags: Map<string, string[]>
  oddities: Oddity[]
  counts: Partial<Record<CaseKind, number>>
}

export interface CaseShop {
  shop: Shop
  counterpart: Counterpart
  rewards: ReadonlyMap<string, string>
}

export type CaseOptions = Pick<DeliverOptions, 'line' | 'tokens' | 'signal' | 'concurrency' | 'onProgress'> & {
  faultLevel: FaultLevel
  seed: string
  now: number
}

/** Cases of all kinds in each shop, as many as its customers allow. */
export async function playCases(shops: readonly CaseShop[], options: CaseOptions, state: State): Promise<CasesPlayed> {
  const played: CasesPlayed = { expected: [], flags: new Map(), oddities: [], counts: {} }
  const queue = shops.flatMap((one) => casesOf(one, options, state))
  let next = 0
  let done = 0
  const work = async () => {
    for (let one = queue[next++]; one; one = queue[next++]) {
      options.signal.throwIfAborted()
      const outcome = await CASES[one.kind].play(one.context)
      played.counts[one.kind] = (played.counts[one.kind] ?? 0) + 1
      played.expected.push(...outcome.balances.flatMap((each) => expectedOf(one.context.shop, each)))
      for (const [order, flags] of Object.entries(outcome.flags ?? {})) played.flags.set(order, [...flags].sort())
      for (const claim of outcome.claims ?? []) {
        played.oddities.push(...(await wrongClaim(one.context.counterpart.api, claim, one.kind)))
      }
      options.onProgress(++done)
    }
  }
  await Promise.all(Array.from({ length: options.concurrency }, work))
  return played
}

function casesOf({ shop, counterpart, rewards }: CaseShop, options: CaseOptions, state: State) {
  const random = new Random(`loyapro ${options.seed} cases ${shop.key}`)
  const kinds = (Object.keys(CASES) as CaseKind[]).filter((kind) => (CASES[kind].only ?? shop.pos) === shop.pos)
  const count = Math.floor(shop.people.length / PEOPLE_PER_CASE)
  return Array.from({ length: count }, (_, index) => ({
    kind: kinds[index % kinds.length] as CaseKind,
    context: new CaseContext({
      random: random.fork(index),
      shop,
      counterpart,
      rewards,
      options,
      state,
      now: options.now,
      people: shop.people.slice(index * PEOPLE_PER_CASE, (index + 1) * PEOPLE_PER_CASE),
      number: 1_000_000 + index * 100,
    }),
  }))
}

function expectedOf({ key, schemes }: Shop, { person, available }: Outcome['balances'][number]): Expected[] {
  return schemes.map((scheme) => ({
    shop: key,
    phone: person.phone.e164,
    scheme: scheme.key,
    budget: null,
    available: available[scheme.key] ?? 0,
    pending: 0,
    held: 0,
    debt: 0,
    cards: null,
    plans: 0,
    sales: [],
  }))
}

async function wrongClaim(
  api: Api,
  { id, status }: NonNullable<Outcome['claims']>[number],
  kind: CaseKind,
): Promise<Oddity[]> {
  const claim = await api.get<Claim>(`/claims/${id}`)
  if (status.includes(claim.status)) return []
  const order = claim.redemption?.pos_order_id ?? id
  return [{ what: `claim of a case: ${kind}`, order, detail: `${claim.status}, must be ${status.join(' or ')}` }]
}

/** The rewards of the cases, created in the catalogue: ids by key. */
export async function putCaseRewards({ api, programs }: Counterpart): Promise<Map<string, string>> {
  const five = REWARDS.find(({ key }) => key === 'five-off')
  const rewards = {
    'five-off': { price: five?.price ?? 20, kind: 'fixed_order', discount_amount: 500 },
    latte: { price: LATTE.points, kind: 'percent_products', percent: 100, products: [LATTE.product] },
  }
  const ids = new Map<string, string>()
  for (const [key, terms] of Object.entries(rewards)) {
    const name = { en: `Sample ${key}`, ar: `مكافأة تجريبية ${key}` }
    const made = await api.post<{ id: string }>('/rewards', { name, program_id: programs.get('points'), ...terms })
    ids.set(key, made.id)
  }
  return ids
}
