// One run of the simulator against one LoyaPro: makes the world, delivers it, and compares every
// balance.
import { type CaseShop, type CasesPlayed, PEOPLE_PER_CASE, playCases, putCaseRewards } from './cases/play.ts'
import { makeCaseShops } from './cases/shops.ts'
import { apiOf } from './compare/api.ts'
import { compareClaims } from './compare/claims.ts'
import { type Counterpart, compare } from './compare/compare.ts'
import { compareFlags } from './compare/flags.ts'
import { compareOrders } from './compare/orders.ts'
import type { Claims, Summary } from './compare/summary.ts'
import { deliverAll, newState, type State } from './deliver/deliver.ts'
import { sendLateVoids } from './deliver/late-voids.ts'
import { openBranches } from './deliver/opening.ts'
import { Progress } from './deliver/progress.ts'
import { playRedemptionPhase } from './deliver/redemption-phase.ts'
import { claimHurried, endsOf, lastOf, playHurried } from './deliver/run-out.ts'
import { Line } from './deliver/send.ts'
import { customersOf, keyOf, playVisits, type Spending } from './deliver/visits.ts'
import { flagsExpected } from './model/flags.ts'
import { type Expected, expect, whyUnknown } from './model/model.ts'
import { type Played, spentOn } from './model/spent.ts'
import type { GivenBusiness, Host, RunOptions } from './options.ts'
import { putInCatalogue, putInForce, readSchemes } from './setup.ts'
import { PLAN } from './world/menu.ts'
import { Random } from './world/random.ts'
import { homeOf, makeLateVoids, makeRedemptionVisits, runsOut } from './world/redemption-visits.ts'
import type { Shop, Story } from './world/types.ts'
import type { Visit } from './world/visits.ts'
import { type Delivery, makeWorld, type WorldSpec } from './world/world.ts'

/** Runs against an empty LoyaPro, with the shops and programs of the world. */
export function runOnHost(host: Host, given: RunOptions): Promise<Summary> {
  return withLine(host.url, given, async (line, options) => {
    const world = makeWorld(specOf(options))
    const open = async (shop: Shop): Promise<Counterpart> => {
      const { apiKey } = await host.open(shop)
      const api = apiOf(line, apiKey, options.signal)
      await openBranches(world.seed, shop, { line, tokens: host.tokens, signal: options.signal })
      return { shop: shop.key, api, programs: await putInForce(api, shop), isOurs: true }
    }
    const counterparts: Counterpart[] = []
    for (const shop of world.shops) counterparts.push(await open(shop))
    const cases: CaseShop[] = []
    const people = PEOPLE_PER_CASE * Math.max(7, Math.ceil(world.stories.length / CASES_PER_STORY))
    for (const shop of makeCaseShops(new Random(`loyapro ${world.seed} cases`), people, Date.now())) {
      const counterpart = await open(shop)
      cases.push({ shop, counterpart, rewards: await putCaseRewards(counterpart) })
    }
    return run({ line, world, counterparts, cases, isSpending: true, tokens: host.tokens }, options)
  })
}

/** Number of stories per scripted case in each case shop. */
const CASES_PER_STORY = 40

/**
 * Runs against an existing business with its programs. Throws Uncheckable when the model cannot
 * predict one of them.
 */
export function runOnBusiness(given: GivenBusiness, wanted: RunOptions): Promise<Summary> {
  return withLine(given.url, wanted, async (line, options) => {
    const api = apiOf(line, given.apiKey, options.signal)
    const { currency, timezone } = await api.get<{ currency: string; timezone: string }>('/business')
    const schemes = await readSchemes(api)
    for (const scheme of schemes) {
      const why = whyUnknown(scheme, true)
      if (why) throw new Uncheckable(`program ${scheme.key} cannot be checked: ${why}`)
    }
    const { adapter, name, token } = given.pos
    const shop = {
      pos: adapter,
      reference: given.reference,
      currency,
      digits: digitsOf(currency),
      zone: timezone,
      schemes,
    }
    const world = makeWorld({ ...specOf(options), given: shop })
    const programs = new Map(schemes.map(({ key }) => [key, key]))
    const counterpart = { shop: 'given', api, programs, isOurs: false }
    return run(
      {
        line,
        world,
        counterparts: [counterpart],
        cases: [],
        isSpending: false,
        tokens: { [adapter]: { name, token } },
      },
      options,
    )
  })
}

/** The business has a program whose balances depend on the order of arrival. */
export class Uncheckable extends Error {
  override name = 'Uncheckable'
}

/**
 * When one sender fails, all others stop, because the LoyaPro is being stopped.
 */
async function withLine<T>(
  url: string,
  options: RunOptions,
  work: (line: Line, options: RunOptions) => Promise<T>,
): Promise<T> {
  const line = new Line(url, { connections: options.concurrency, timeoutMs: options.patienceMs })
  const over = new AbortController()
  try {
    return await work(line, { ...options, signal: AbortSignal.any([options.signal, over.signal]) })
  } finally {
    over.abort()
    line.close()
  }
}

function specOf({ seed, days, size, faultLevel }: RunOptions): WorldSpec {
  return { seed, days, size, faultLevel }
}

function digitsOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}

type Made = ReturnType<typeof makeWorld>

/** The world and its counterparts in LoyaPro. */
interface Play {
  line: Line
  world: Made
  counterparts: readonly Counterpart[]
  /** Shops of the scripted cases; empty when none are played. */
  cases: readonly CaseShop[]
  /** Whether customers redeem as well as earn. */
  isSpending: boolean
  tokens: Host['tokens']
}

async function run(play: Play, options: RunOptions): Promise<Summary> {
  const { line, world, counterparts, tokens, isSpending, cases } = play
  const { signal, screen, concurrency, speed, seed, days, faultLevel } = options
  const progress = new Progress(screen, 'delivering', world.deliveries.length)
  const began = performance.now()
  const { counts, oddities, acknowledged } = await deliverAll(world, {
    line,
    tokens,
    concurrency,
    careful: faultLevel === 'none',
    speed,
    signal,
    onProgress: (done) => progress.at(done),
  })
  const seconds = (performance.now() - began) / 1000
  const spent = await spend(play, options)
  const special = await playAllCases(play, options, spent)
  screen.write('comparing every balance\n')
  const expected = [...expect({ ...world, stories: spent.stories }, spent.played, Date.now()), ...special.expected]
  const all = [...counterparts, ...cases.map(({ counterpart }) => counterpart)]
  const comparisons = []
  for (const counterpart of all) {
    const own = expected.filter(({ shop }) => shop === counterpart.shop)
    comparisons.push({ shop: counterpart.shop, ...(await compare(counterpart, own)) })
  }
  const flags = new Map([...flagsExpected(spent.played), ...special.flags])
  const misflagged = isSpending ? await compareFlags(all, flags) : []
  const lost = await compareOrders([acknowledged, spent.acknowledged], all)
  const unsettled = await compareClaims(spent.played, counterparts)
  return {
    seed,
    days,
    faultLevel,
    ...sizeOf(world),
    counts,
    seconds,
    comparisons,
    claims: {
      ...claimsOf(spent.played, expected),
      refusals: Object.fromEntries(spent.refusals),
      flags: countEach([...flags.values()].flat()),
    },
    cases: special.counts,
    oddities: [...oddities, ...spent.oddities, ...special.oddities, ...lost, ...unsettled, ...misflagged],
    unproven: null,
  }
}

function playAllCases({ line, tokens, cases }: Play, options: RunOptions, state: State): Promise<CasesPlayed> {
  const { screen, seed, faultLevel, concurrency, signal } = options
  const total = cases.reduce((sum, { shop }) => sum + Math.floor(shop.people.length / PEOPLE_PER_CASE), 0)
  const progress = new Progress(screen, 'special cases', total)
  return playCases(
    cases,
    {
      line,
      tokens,
      seed,
      faultLevel,
      signal,
      now: Date.now(),
      concurrency: Math.min(8, concurrency),
      onProgress: (done) => progress.at(done),
    },
    state,
  )
}

function claimsOf(played: readonly Played[], expected: readonly Expected[]): Omit<Claims, 'refusals' | 'flags'> {
  const claims = played.filter(({ claimId }) => claimId !== null)
  const ends = Map.groupBy(claims, (one) => spentOn(one).outcome)
  const count = (end: 'spent' | 'back' | 'held') => ends.get(end)?.length ?? 0
  const debts = expected.filter(({ debt }) => debt > 0).length
  return { made: claims.length, spent: count('spent'), back: count('back'), held: count('held'), debts }
}

function countEach(words: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(words, (word) => word)].map(([word, all]) => [word, all.length]))
}

/** Redemptions: customers spend what they earned by the deliveries. */
async function spend({ line, world, counterparts, isSpending, tokens }: Play, options: RunOptions) {
  const state = newState(`${world.seed} second act`)
  if (!isSpending) return { ...state, played: [], stories: world.stories }
  const spending: Spending[] = []
  for (const one of counterparts) {
    const shop = world.shops.find(({ key }) => key === one.shop)
    const home = shop && homeOf(shop, world.stories)
    spending.push({ ...one, rewards: await putInCatalogue(one.api, one.programs, home) })
  }
  const before = expect(world, [], Date.now())
  const left = new Map(
    [...Map.groupBy(before, ({ shop, phone }) => `${shop} ${phone}`)].map(([key, own]) => [
      key,
      new Map(own.map(({ scheme, available, cards }) => [scheme, cards ?? available])),
    ]),
  )
  const { faultLevel, waitUntil, screen } = options
  const made = makeRedemptionVisits(
    world,
    { faultLevel, isPatient: waitUntil !== null },
    (shop, phone) => left.get(`${shop} ${phone}`) ?? new Map(),
  )
  const buyers = new Set(made.filter(({ story }) => buysPlan(story)).map(keyOf))
  const visits = made.map((visit) => ({
    ...visit,
    hasMore: visit.hasMore && hasOnePlan(before, visit) && !buyers.has(keyOf(visit)),
  }))
  const customers = await customersOf(spending)
  const targets = { shops: spending, customers }
  const playing = (title: string, { length }: readonly unknown[]) => {
    const progress = new Progress(screen, title, length)
    return { ...options, line, tokens, onProgress: (done: number) => progress.at(done) }
  }
  const [brief, lasting] = [visits.filter(runsOut), visits.filter((visit) => !runsOut(visit))]
  const hurried = await claimHurried(brief, targets, state)
  const ends = endsOf(hurried)
  const played = await playVisits(lasting, { ...targets, ends }, playing('spending', lasting), state)
  if (waitUntil && hurried.length > 0) {
    await waitUntil(lastOf(hurried) + 1000, options.signal)
    played.push(...(await playHurried(hurried, playing('codes that ran out', hurried), state)))
  }
  const lateVoids = makeLateVoids(world, visits)
  await sendLateVoids(lateVoids, playing('late voids', lateVoids), state)
  const changed = new Map(lateVoids.map(({ index, story }) => [index, story]))
  const stories = world.stories.map((story, index) => changed.get(index) ?? story)
  options.screen.write('claiming more than is available\n')
  const expected = expect({ ...world, stories }, played, Date.now())
  const kept = await playRedemptionPhase(world.shops, { shops: spending, customers, expected, played }, state)
  return { ...state, played: [...played, ...kept], stories }
}

/**
 * The limits of a plan apply to each purchase, so with several purchases another one may have uses.
 */
function hasOnePlan(expected: readonly Expected[], { shop, person, pick }: Visit): boolean {
  return expected.some(
    (one) => one.shop === shop.key && one.phone === person.phone.e164 && one.scheme === pick.scheme && one.plans === 1,
  )
}

function buysPlan({ orders }: Story): boolean {
  return orders.flat().some(({ lines }) => lines.some(({ item }) => item.product === PLAN.product))
}

function sizeOf({ stories, deliveries }: Made) {
  const orders = stories.flatMap((story) => story.orders)
  return {
    stories: stories.length,
    orders: orders.length,
    snapshots: orders.reduce((sum, tickets) => sum + tickets.length, 0),
    deliveries: (deliveries as readonly Delivery[]).length,
  }
}
