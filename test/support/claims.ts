// Functions for rewards over real HTTP: create, claim, check and redeem.
import assert from 'node:assert/strict'
import { formatId } from '../../src/kernel/ids.ts'
import type { TestApp } from './app.ts'
import type { Till } from './till.ts'

const SAMPLE_PHONE = '500000001'

/** Creates a reward of the sample points program at this price; returns its ID. */
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

/** Claims a reward for a customer; returns the code. */
export async function claimReward(app: TestApp, till: Till, customerId: string, rewardId: string): Promise<string> {
  const path = `/api/v1/customers/${customerId}/claims`
  const made = await app.call({ method: 'POST', path, bearer: till.business.apiKey, body: { reward_id: rewardId } })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  return made.body.code
}

/** Calls LoyaPro as Foodics does: `reward` checks the code, `redeem` redeems it. */
export function ask(app: TestApp, till: Till, call: 'reward' | 'redeem', code: string, more: object = {}) {
  const who = { customer_mobile_number: SAMPLE_PHONE, mobile_country_code: 966 }
  const body = { business_reference: till.business.reference, reward_code: code, ...who, ...more }
  return app.call({ method: 'POST', path: `/pos/1.0.0/foodics/${call}`, bearer: app.tokens.foodics, body })
}

/** The part of a claim in the business API that stories use. */
export interface Claimed {
  status: string
  redemption: { discount: number; by: string } | null
}

/** The customer's newest claim. */
export async function claim(app: TestApp, till: Till, customerId: string): Promise<Claimed> {
  const { body } = await app.get(`/customers/${customerId}/claims?limit=1`, till.business.apiKey)
  return body.data[0]
}

/** The complete order, by its POS id. */
export async function orderOf(app: TestApp, till: Till, posOrderId: string) {
  const found = await app.get(`/orders?pos_order_id=${posOrderId}`, till.business.apiKey)
  return (await app.get(`/orders/${found.body.data[0].id}`, till.business.apiKey)).body
}
