// What the demo business changes in the sample programs and rewards when its history begins: balances
// that expire, and prices of a real shop. So its programs have an earlier version to compare with.
import type { DefinitionInput } from '../../contract/program.ts'
import type { WriteTransaction } from '../db/database.ts'
import { assert } from '../kernel/assert.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import { newVersion } from '../programs/lifecycle.ts'
import { createRewardVersion, type Offer } from '../rewards/catalogue/reward-lifecycle.ts'
import type { SampleBusiness } from './sample-business.ts'

export async function setDemoTerms(
  tx: WriteTransaction,
  { businessId, programs, rewards }: SampleBusiness,
  effectiveFrom: EpochMs,
  deps: { clock: Clock },
): Promise<void> {
  for (const definition of [POINTS, CASHBACK]) {
    const programId = programs[definition.type]
    const input = { businessId, programId, currency: 'SAR', definition, effectiveFrom }
    const outcome = await newVersion(tx, input, deps)
    assert(outcome.kind === 'saved', `the demo program ${definition.type} was refused: ${outcome.kind}`)
  }
  for (const [key, offer] of Object.entries(OFFERS)) {
    const rewardId = rewards[key as keyof typeof OFFERS]
    const outcome = await createRewardVersion(tx, { businessId, rewardId, ...offer }, deps)
    assert(outcome.kind === 'saved', `the demo reward ${key} was refused: ${outcome.kind}`)
  }
}

/** 1 point per 1.00 SAR, valid for six months. */
const POINTS: DefinitionInput = {
  type: 'points',
  rules: [{ id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }],
  expiry: { kind: 'after', months: 6, month_end: true },
}

/** 5 % cashback, valid for 45 days. */
const CASHBACK: DefinitionInput = {
  type: 'cashback',
  rules: [{ id: 'share', earn: { kind: 'percent', basis_points: 500 } }],
  expiry: { kind: 'after', days: 45 },
}

/** `_7g3g8555` is the drink of the sample order. */
const HOT_DRINKS = ['_7g3g8555', 'flat-white', 'v60', 'cappuccino', 'espresso', 'karak', 'saudi-coffee']

const OFFERS: Record<keyof SampleBusiness['rewards'], Offer> = {
  coffee: {
    price: 120,
    terms: { kind: 'percent_products', percent: 100, quantity: 1, includes_modifiers: true, products: HOT_DRINKS },
  },
  fiveOff: { price: 60, terms: { kind: 'fixed_order', discount_amount: 500 } },
  tenPercent: { price: 90, terms: { kind: 'percent_order', percent: 10, max_discount_amount: 2000 } },
}
