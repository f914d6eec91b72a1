// A sample business with one program of each type, in force since 2020 so that an order of any year
// since then earns, and rewards.
import type { DefinitionInput, ProgramType } from '../../contract/program.ts'
import { SCOPES } from '../../contract/scopes.ts'
import { createApiKey } from '../businesses/api-keys.ts'
import { createBusiness } from '../businesses/businesses.ts'
import type { Transaction } from '../db/database.ts'
import { assert } from '../kernel/assert.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { activateProgram, createProgram } from '../programs/lifecycle.ts'
import { createReward, type Offer } from '../rewards/catalogue/reward-lifecycle.ts'

export interface SampleBusiness {
  businessId: Uuid
  /** Id of the program of each type. */
  programs: Record<ProgramType, Uuid>
  /** Ids of the rewards, all priced in points. */
  rewards: Record<keyof typeof REWARDS, Uuid>
  /** A key with every scope; the only time that it can be read. */
  apiKey: string
}

/**
 * Makes it whole: business, programs in force, rewards, API key. Connections are made by the
 * caller.
 */
export async function createSampleBusiness(tx: Transaction, deps: { ids: Ids; clock: Clock }): Promise<SampleBusiness> {
  const outcome = await createBusiness(tx, SAMPLE_BUSINESS, deps)
  assert(outcome.kind === 'created', `the sample business was refused: ${outcome.kind}`)
  const businessId = outcome.business.id
  const { secret } = await createApiKey(tx, { businessId, name: 'Sample key', scopes: SCOPES }, deps)
  const programs = {
    points: await putInForce(tx, businessId, 'Sample Points', 'نقاط تجريبية', POINTS, deps),
    stamps: await putInForce(tx, businessId, 'Sample Stamps', 'أختام تجريبية', STAMPS, deps),
    cashback: await putInForce(tx, businessId, 'Sample Cashback', 'كاش باك تجريبي', CASHBACK, deps),
    subscription: await putInForce(tx, businessId, 'Sample Coffee Plan', 'باقة قهوة تجريبية', SUBSCRIPTION, deps),
  }
  const catalogue = { businessId, programId: programs.points }
  const rewards = {
    coffee: await offer(tx, catalogue, REWARDS.coffee, deps),
    fiveOff: await offer(tx, catalogue, REWARDS.fiveOff, deps),
    tenPercent: await offer(tx, catalogue, REWARDS.tenPercent, deps),
  }
  return { businessId, programs, rewards, apiKey: secret }
}

const SAMPLE_BUSINESS = {
  name: 'Sample North Coffee',
  name_ar: 'نورث كوفي (تجريبي)',
  currency: 'SAR',
  timezone: 'Asia/Riyadh',
  language: 'ar',
} as const

const IN_FORCE_FROM = Date.parse('2020-01-01T00:00:00+03:00')

/** 1 point per 1.00 SAR. */
const POINTS: DefinitionInput = {
  type: 'points',
  rules: [{ id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }],
}

/** One piece, for nothing. The price of a drink stands on its size, which is a modifier. */
const ONE_FREE = { kind: 'percent_products', percent: 100, quantity: 1, includes_modifiers: true } as const

/** 1 stamp per hot drink; the sixth wins one. */
const STAMPS: DefinitionInput = {
  type: 'stamps',
  rules: [{ id: 'hot-drinks', when: { categories: { include: ['_7ad32937'] } }, earn: { kind: 'per_item', units: 1 } }],
  goal: 6,
  reward: {
    name: { en: 'A hot drink', ar: 'مشروب ساخن' },
    valid_days: 30,
    discount: { ...ONE_FREE, categories: ['_7ad32937'], products: ['_7g3g8555'] },
  },
}

/** 5 % of the money comes back. */
const CASHBACK: DefinitionInput = {
  type: 'cashback',
  rules: [{ id: 'share', earn: { kind: 'percent', basis_points: 500 } }],
}

/** A coffee a day for a month, bought as a product of the POS. */
const SUBSCRIPTION: DefinitionInput = {
  type: 'subscription',
  plan: {
    price: 29900,
    products_bought: ['coffee-plan'],
    period: { unit: 'month', count: 1 },
    uses_per_period: 30,
    per_day_limit: 1,
    categories: { include: ['_7ad32937'] },
  },
}

interface SampleReward extends Offer {
  name: string
  nameAr: string
}

const REWARDS = {
  coffee: {
    name: 'A free coffee',
    nameAr: 'قهوة مجانية',
    price: 20,
    terms: { ...ONE_FREE, products: ['_7g3g8555'] },
  },
  fiveOff: {
    name: '5 SAR off',
    nameAr: 'خصم 5 ريالات',
    price: 20,
    terms: { kind: 'fixed_order', discount_amount: 500 },
  },
  tenPercent: {
    name: '10 % off',
    nameAr: 'خصم 10%',
    price: 15,
    terms: { kind: 'percent_order', percent: 10, max_discount_amount: 2000 },
  },
} satisfies Record<string, SampleReward>

async function putInForce(
  tx: Transaction,
  businessId: Uuid,
  name: string,
  nameAr: string,
  definition: DefinitionInput,
  deps: { ids: Ids; clock: Clock },
): Promise<Uuid> {
  const made = await createProgram(
    tx,
    { businessId, name, nameAr, definition, currency: SAMPLE_BUSINESS.currency },
    deps,
  )
  assert(made.kind === 'created', `${name} was refused`)
  const { programId } = made
  const activated = await activateProgram(tx, { businessId, programId, effectiveFrom: IN_FORCE_FROM }, deps)
  assert(activated.kind === 'activated', `${name} could not be put in force: ${activated.kind}`)
  return programId
}

async function offer(
  tx: Transaction,
  catalogue: { businessId: Uuid; programId: Uuid },
  reward: SampleReward,
  deps: { ids: Ids; clock: Clock },
): Promise<Uuid> {
  const made = await createReward(tx, { ...catalogue, imageUrl: null, ...reward }, deps)
  assert(made.kind === 'created', `${reward.name} was refused: ${made.kind}`)
  return made.rewardId
}
