// A till for stories over real HTTP: a separate business on a running LoyaPro, which sends Foodics
// bodies.
import assert from 'node:assert/strict'
import type { OrderAnswer } from '../../contract/pos-answer.ts'
import { foodicsBody } from '../../src/integrations/foodics/fixtures/body.ts'
import type { BodySpec } from '../../src/integrations/foodics/fixtures/spec.ts'
import type { TestApp, TestBusiness } from './app.ts'
import { assertProven } from './ledger.ts'

/** The answer, and the customer's balances in the sample programs. */
export type AnswerWithUnits = OrderAnswer & { units: Units }

export interface Units {
  points: number
  stamps: number
  cashback: number
}

export const NOTHING: Units = { points: 0, stamps: 0, cashback: 0 }

export interface Till {
  business: TestBusiness
  /** A body of this till's business; equal specs make equal bodies. */
  body(spec?: BodySpec): ReturnType<typeof foodicsBody>
  /** Sends an order, or a prepared body, as Foodics; it must be accepted. */
  send(order?: BodySpec | ReturnType<typeof foodicsBody>): Promise<AnswerWithUnits>
  /** Adds a program that is effective since 2020; returns its ID. */
  addProgram(definition: { type: string; [key: string]: unknown }): Promise<string>
  /**
   * The balances of the customer with this phone in the business API; 0 when the customer is
   * unknown.
   */
  balances(phone?: string): Promise<Units>
  assertProven(): Promise<void>
}

let tills = 0

/** A separate shop for each story, so that its customers start with balances of 0. */
export async function openTill(app: TestApp): Promise<Till> {
  const reference = `till-${++tills}`
  const business = await app.newBusiness(reference)
  const body: Till['body'] = (spec = {}) => foodicsBody({ ...spec, business: { reference } })
  return {
    business,
    body,
    send: async (order = {}) => {
      const { status, body: answer } = await app.post('order' in order ? order : body(order))
      assert.equal(status, 200, JSON.stringify(answer))
      return { ...answer, units: unitsOf(answer.balances) }
    },
    addProgram: async (definition) => {
      const name = { en: 'Sample', ar: 'تجريبي' }
      const inForce = { activate: true, effective_from: '2020-01-02T00:00:00Z' }
      const path = '/api/v1/programs'
      const made = await app.call({
        method: 'POST',
        path,
        bearer: business.apiKey,
        body: { type: definition.type, name, definition, ...inForce },
      })
      assert.equal(made.status, 201, JSON.stringify(made.body))
      return made.body.id
    },
    balances: async (phone = '+966500000001') => {
      const { body: found } = await app.get(`/customers?phone=${encodeURIComponent(phone)}`, business.apiKey)
      return unitsOf(found.data[0]?.balances ?? [])
    },
    assertProven: () => assertProven(app.ctx.db, business),
  }
}

/** Balances of the sample programs, which are the first of their type. */
function unitsOf(balances: readonly { program_type: string; available: number }[]): Units {
  const of = (type: string) => balances.find((balance) => balance.program_type === type)?.available ?? 0
  return { points: of('points'), stamps: of('stamps'), cashback: of('cashback') }
}
