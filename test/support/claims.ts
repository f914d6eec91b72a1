// What a customer and a cashier do with a code, over real HTTP: a reward is made, claimed, checked
// and redeemed.
import assert from 'node:assert/strict'
import { formatId } from '../../src/kernel/ids.ts'
import type { TestApp } from './app.ts'
import type { Till } from './till.ts'

const SAMPLE_PHONE = '500000001'

/** Makes a reward of the sample points program at this price, and gives its id. */
export async function addReward(app: TestApp, till: Till, price: number, terms: object): Promise<string> {
  const { apiKey, programs } = till.business
  const body = {
    name: { en: 'Sample', ar: 'تجريبي' },
    program_id: formatId('program', programs.points),
    price,
    ...terms,
  }
  const made = await app.call({ method: 'POST', path: '/api/v1/rewards', bearer: apiKey, body })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  return made.body.id
}

/** Claims a reward for a customer, and gives the code. */
export async function claimReward(app: TestApp, till: Till, customerId: string, rewardId: string): Promise<string> {
  const path = `/api/v1/customers/${customerId}/claims`
  const made = await app.call({ method: 'POST', path, bearer: till.business.apiKey, body: { reward_id: rewardId } })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  return made.body.code
}

/** Asks as Foodics does: `reward` checks the code, `redeem` says that the discount was given. */
export function ask(app: TestApp, till: Till, call: 'reward' | 'redeem', code: string, more: object = {}) {
  const who = { customer_mobile_number: SAMPLE_PHONE, mobile_country_code: 966 }
  const body = { business_reference: till.business.reference, reward_code: code, ...who, ...more }
  return app.call({ method: 'POST', path: `/pos/1.0.0/foodics/${call}`, bearer: app.tokens.foodics, body })
}

/** A claim as the business API shows it, as far as stories look at it. */
export interface Claimed {
  status: string
  redemption: { discount: number; by: string } | null
}

/** The customer's newest claim. */
export async function claim(app: TestApp, till: Till, customerId: string): Promise<Claimed> {
  const { body } = await app.get(`/customers/${customerId}/claims?limit=1`, till.business.apiKey)
  return body.data[0]
}

/** The order in full, by the id that the POS gave it. */
export async function orderOf(app: TestApp, till: Till, posOrderId: string) {
  const found = await app.get(`/orders?pos_order_id=${posOrderId}`, till.business.apiKey)
  return (await app.get(`/orders/${found.body.data[0].id}`, till.business.apiKey)).body
}
