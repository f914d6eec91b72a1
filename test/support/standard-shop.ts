// A shop for stories over real HTTP in the standard format: one program, and orders with defaults.
import assert from 'node:assert/strict'
import type { OrderAnswer } from '../../contract/pos-answer.ts'
import { standardBody } from '../../src/integrations/standard/fixtures/body.ts'
import type { TestApp, TestBusiness } from './app.ts'
import { assertProven } from './ledger.ts'

export interface StandardOrder {
  id: string
  /** Price of the one line, or prices of several. */
  price?: number
  prices?: readonly number[]
  /** When it was closed, ISO 8601. */
  at?: string
  /** Seconds after `at` at which the snapshot was taken: later snapshots have more. */
  version?: number
  /** National number of the customer; null for none. */
  phone?: string | null
  birthDate?: string
  status?: string
  /** Fields of the standard format that replace the defaults. */
  more?: Readonly<Record<string, unknown>>
}

export interface StandardShop {
  business: TestBusiness
  programId: string
  send(order: StandardOrder): Promise<OrderAnswer>
  /** Sends the order; returns the available balance of the program under test in the answer. */
  earn(order: StandardOrder): Promise<number>
  /** The available balance of the program under test in the API; 0 when the customer is unknown. */
  balance(phone?: string): Promise<number>
  assertProven(): Promise<void>
}

const PHONE = '500000001'

let shops = 0

export async function openStandardShop(app: TestApp, definition: Record<string, unknown>): Promise<StandardShop> {
  const reference = `standard-shop-${++shops}`
  const business = await app.newBusiness(reference)
  const made = await app.call({
    method: 'POST',
    path: '/api/v1/programs',
    bearer: business.apiKey,
    body: {
      type: definition.type,
      name: { en: 'Sample', ar: 'تجريبي' },
      definition,
      activate: true,
      effective_from: '2020-01-02T00:00:00Z',
    },
  })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const programId: string = made.body.id
  const send = async (order: StandardOrder): Promise<OrderAnswer> => {
    const { status, body } = await app.post(bodyOf(order, reference), { pos: 'standard' })
    assert.equal(status, 200, JSON.stringify(body))
    return body
  }
  const ofProgram = (balances: readonly { program_id: string; available: number }[]) =>
    balances.find((balance) => balance.program_id === programId)?.available ?? 0
  return {
    business,
    programId,
    send,
    earn: async (order) => ofProgram((await send(order)).balances),
    balance: async (phone = PHONE) => {
      const found = await app.get(`/customers?phone=${encodeURIComponent(`+966${phone}`)}`, business.apiKey)
      return ofProgram(found.body.data[0]?.balances ?? [])
    },
    assertProven: () => assertProven(app.ctx.db, business),
  }
}

function bodyOf(
  { id, price = 10, prices = [price], at = '2023-01-01T12:00:00Z', version = 0, phone = PHONE, ...rest }: StandardOrder,
  reference: string,
) {
  const taken = new Date(Date.parse(at) + version * 1000).toISOString()
  const { birthDate, status = 'Paid', more } = rest
  return standardBody({
    id,
    status,
    timestamp: taken,
    business: { reference },
    lines: prices.map((each) => ({ price: each, quantity: 1 })),
    order: {
      updated_at: taken,
      opened_at: at,
      closed_at: at,
      business_date: undefined,
      customer: phone === null ? null : { dial_code: 966, phone, ...(birthDate && { birth_date: birthDate }) },
      ...more,
    },
  })
}
