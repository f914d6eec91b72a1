// A sample business with rewards and one program of each type, in force since 2020 so that orders
// of any year since then earn.
import type { DefinitionInput, ProgramType } from '../../contract/program.ts'
import { SCOPES } from '../../contract/scopes.ts'
import { createApiKey } from '../businesses/api-keys.ts'
import { createBusiness } from '../businesses/businesses.ts'
import type { WriteTransaction } from '../db/database.ts'
import { assert } from '../kernel/assert.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { activateProgram, createProgram } from '../programs/lifecycle.ts'
import { createReward, type Offer } from '../rewards/catalogue/reward-lifecycle.ts'

export interface SampleBusiness {
  businessId: Uuid
  /** Program ID by type. */
  programs: Record<ProgramType, Uuid>
  /** IDs of the rewards, all priced in points. */
  rewards: Record<keyof typeof REWARDS, Uuid>
  /** A key with every scope. It cannot be read again. */
  apiKey: string
}

/** Creates the business, its programs, rewards and an API key. The caller connects a POS. */
export async function createSampleBusiness(
  tx: WriteTransaction,
  deps: { ids: Ids; clock: Clock },
): Promise<SampleBusiness> {
  const outcome = await createBusiness(tx, SAMPLE_BUSINESS, deps)
  assert(outcome.kind === 'created', `cannot create the sample business: ${outcome.kind}`)
  const businessId = outcome.business.id
  const { secret } = await createApiKey(tx, { businessId, name: 'Sample key', scopes: SCOPES }, deps)
  const programs = {
    points: await createActiveProgram(tx, businessId, 'Sample Points', 'نقاط تجريبية', POINTS, deps),
    stamps: await createActiveProgram(tx, businessId, 'Sample Stamps', 'أختام تجريبية', STAMPS, deps),
    cashback: await createActiveProgram(tx, businessId, 'Sample Cashback', 'كاش باك تجريبي', CASHBACK, deps),
    subscription: await createActiveProgram(
      tx,
      businessId,
      'Sample Coffee Plan',
      'باقة قهوة تجريبية',
      SUBSCRIPTION,
      deps,
    ),
  }
  const catalogue = { businessId, programId: programs.points }
  const rewards = {
    coffee: await createSampleReward(tx, catalogue, REWARDS.coffee, deps),
    fiveOff: await createSampleReward(tx, catalogue, REWARDS.fiveOff, deps),
    tenPercent: await createSampleReward(tx, catalogue, REWARDS.tenPercent, deps),
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

/** One free item. The price of a drink is that of its size, which is a modifier. */
const ONE_FREE = { kind: 'percent_products', percent: 100, quantity: 1, includes_modifiers: true } as const

/** 1 stamp per hot drink; the sixth stamp earns a free one. */
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

/** 5 % cashback. */
const CASHBACK: DefinitionInput = {
  type: 'cashback',
  rules: [{ id: 'share', earn: { kind: 'percent', basis_points: 500 } }],
}

/** A coffee a day for a month, sold as a product of the POS. */
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

async function createActiveProgram(
  tx: WriteTransaction,
  businessId: Uuid,
  name: string,
  nameAr: string,
  definition: DefinitionInput,
  deps: { ids: Ids; clock: Clock },
): Promise<Uuid> {
  const created = await createProgram(
    tx,
    { businessId, name, nameAr, definition, currency: SAMPLE_BUSINESS.currency },
    deps,
  )
  assert(created.kind === 'created', `cannot create ${name}`)
  const { programId } = created
  const activated = await activateProgram(tx, { businessId, programId, effectiveFrom: IN_FORCE_FROM }, deps)
  assert(activated.kind === 'activated', `${name} cannot be activated: ${activated.kind}`)
  return programId
}

async function createSampleReward(
  tx: WriteTransaction,
  catalogue: { businessId: Uuid; programId: Uuid },
  reward: SampleReward,
  deps: { ids: Ids; clock: Clock },
): Promise<Uuid> {
  const created = await createReward(tx, { ...catalogue, imageUrl: null, ...reward }, deps)
  assert(created.kind === 'created', `${reward.name} was refused: ${created.kind}`)
  return created.rewardId
}
