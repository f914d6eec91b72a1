// Functions for tests of codes over real HTTP: a second LoyaPro on the same database, customers
// with units, claims, and till calls.
import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { createDatabase } from '../../src/db/database.ts'
import { must } from '../../src/kernel/assert.ts'
import { formatId } from '../../src/kernel/ids.ts'
import { buildApp } from '../../src/server/app.ts'
import { type AppContext, createContext } from '../../src/server/context.ts'
import type { Answer, TestApp, TestBusiness } from './app.ts'

/**
 * Like another process: its own server, connections and caches; it shares only the database and the
 * clock.
 */
export async function secondServer(
  t: { after(end: () => Promise<void>): void },
  { ctx: { config, log, clock, messages } }: TestApp,
): Promise<{ url: string; ctx: AppContext }> {
  const db = createDatabase({ url: must(config.databaseUrl, 'the database of the first') })
  const ctx = createContext({ config, db, log, clock, messages })
  const app = await buildApp(ctx)
  await app.listen({ host: '127.0.0.1', port: 0 })
  t.after(async () => {
    await app.close()
    await ctx.ingest.close()
    await db.close()
  })
  return { url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`, ctx }
}

export interface Guess {
  code: string
  phone: string
  order?: string
  branch?: string
  reference?: string
}

export interface Codes {
  /** Creates a customer with this many points. */
  customer(points: number): Promise<{ id: string; phone: string }>
  /** Claims 5 SAR off for 20 points, at one of the servers. */
  claim(customerId: string, server?: number): Promise<Answer>
  cancel(claimId: string, server?: number): Promise<Answer>
  redeem(guess: Guess, server?: number): Promise<Answer>
  check(guess: Guess, server?: number): Promise<Answer>
}

let customers = 0

/** `urls` are the servers; a server number is taken modulo their count. */
export function codesOf(app: TestApp, business: TestBusiness, urls: readonly string[] = [app.url]): Codes {
  const send = async (server: number, path: string, body: object, bearer: string): Promise<Answer> => {
    const response = await fetch((urls[server % urls.length] ?? app.url) + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: response.status, headers: response.headers, body: await response.json() }
  }
  const api = (path: string, body: object, server = 0) => send(server, `/api/v1${path}`, body, business.apiKey)
  const bodyOf = ({ code, phone, order, branch, reference = business.reference }: Guess) => ({
    business_reference: reference,
    reward_code: code,
    customer_mobile_number: phone,
    mobile_country_code: '966',
    ...(branch !== undefined && { branch_id: branch }),
    ...(order !== undefined && { order_id: order, discount_amount: 5 }),
  })
  const ask = (call: string, guess: Guess, server = 0) =>
    send(server, `/pos/1.0.0/foodics/${call}`, bodyOf(guess), app.tokens.foodics)
  return {
    customer: async (units) => {
      const phone = `05${String(10_000_000 + ++customers)}`
      const made = await api('/customers', { phone })
      assert.equal(made.status, 201, JSON.stringify(made.body))
      const { id } = made.body
      const given = await api(`/customers/${id}/adjustments`, {
        program_id: formatId('program', business.programs.points),
        units,
        reason: 'Sample',
      })
      assert.equal(given.status, 201, JSON.stringify(given.body))
      return { id, phone }
    },
    claim: (id, server) =>
      api(`/customers/${id}/claims`, { reward_id: formatId('reward', business.rewards.fiveOff) }, server),
    cancel: (id, server) => api(`/claims/${id}/cancel`, {}, server),
    redeem: (guess, server) => ask('redeem', guess, server),
    check: (guess, server) => ask('reward', guess, server),
  }
}
