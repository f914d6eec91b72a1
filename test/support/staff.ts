// Support for tests with people: accounts, and browsers that keep a cookie and name their origin.
import type { Role } from '../../contract/roles.ts'
import { assert, must } from '../../src/kernel/assert.ts'
import { formatId, type Uuid } from '../../src/kernel/ids.ts'
import { addMember } from '../../src/staff/memberships.ts'
import { createPerson } from '../../src/staff/people.ts'
import { startSession } from '../../src/staff/sessions.ts'
import { codeOf } from '../../src/staff/totp.ts'
import type { Answer, TestApp } from './app.ts'

export const PASSWORD = 'correct horse battery'

export interface TestPerson {
  id: Uuid
  email: string
}

export interface NewTestPerson {
  email?: string
  /** Default: owner of the sample business. */
  memberships?: { businessId: Uuid; role: Role; branchIds?: readonly Uuid[] | null }[]
}

let people = 0
/** Hashing is slow, and all have the same password. */
const hashes = new WeakMap<TestApp, Promise<string>>()

/** A person whose password is PASSWORD. */
export async function createTestPerson(
  app: TestApp,
  {
    email = `person${++people}@example.com`,
    memberships = [{ businessId: app.business.businessId, role: 'owner' }],
  }: NewTestPerson = {},
): Promise<TestPerson> {
  const { ctx } = app
  const hash = hashes.get(app) ?? ctx.passwords.hash(PASSWORD, 'test')
  hashes.set(app, hash)
  const password_hash = await hash
  return ctx.db.write('system:test', async (tx) => {
    const created = await createPerson(tx, { email, name: 'Sample Person', language: 'en', password_hash }, ctx)
    const { id } = must(created, 'a person with a new address')
    for (const one of memberships) {
      await addMember(tx, { branchIds: null, ...one, staffId: id }, ctx.clock)
    }
    return { id, email }
  })
}

export interface TestBrowser {
  /** `name=value` of the session cookie; null when there is none. */
  cookie: string | null
  /** As `cookie`, of the cookie between the password and the second factor. */
  awaited: string | null
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  /** Paths are those below /api/v1. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
}

/** A browser on a page of LoyaPro. `businessId`: the business that it works for. */
export function openBrowser(app: TestApp, businessId: Uuid | null = app.business.businessId): TestBrowser {
  const browser: TestBrowser = {
    cookie: null,
    awaited: null,
    get: (path, headers) => browser.send('GET', path, undefined, headers),
    async send(method, path, body, headers = {}) {
      const cookies = [browser.cookie, browser.awaited].filter((one) => one !== null)
      const answer = await app.call({
        method,
        path: `/api/v1${path}`,
        headers: {
          ...(method !== 'GET' && { origin: new URL(app.ctx.config.publicUrl ?? app.url).origin }),
          ...(cookies.length > 0 && { cookie: cookies.join('; ') }),
          ...(businessId !== null && { 'loyapro-business': formatId('business', businessId) }),
          ...headers,
        },
        ...(body !== undefined && { body }),
      })
      for (const set of answer.headers.getSetCookie()) {
        const place = set.startsWith('__Host-loyapro=') ? 'cookie' : 'awaited'
        browser[place] = set.includes('Max-Age=0') ? null : (set.split(';')[0] ?? null)
      }
      return answer
    },
  }
  return browser
}

/** A browser in which a new person is signed in. */
export async function signedIn(app: TestApp, person?: NewTestPerson): Promise<TestBrowser & { person: TestPerson }> {
  const created = await createTestPerson(app, person)
  const origin = { address: '127.0.0.1', network: '127.0.0.1', userAgent: 'test' }
  const token = await app.ctx.db.transaction((tx) =>
    startSession(tx, { staffId: created.id, former: null, origin }, app.ctx),
  )
  const browser = openBrowser(app, person?.memberships?.[0]?.businessId)
  return Object.assign(browser, { cookie: `__Host-loyapro=${token}`, person: created })
}

export interface TestFactor {
  secret: Buffer
  recoveryCodes: string[]
  /** The code that the authenticator app shows now, or `later` steps after now. */
  code(later?: number): string
}

/** Turns the second factor on, with the code of the step before this one. */
export async function turnOnSecondFactor(app: TestApp, browser: TestBrowser): Promise<TestFactor> {
  const begun = await browser.send('POST', '/account/second-factor')
  const secret = fromBase32(begun.body.secret)
  const code = (later = 0) => codeOf(secret, Math.floor(app.ctx.clock.now() / 30_000) + later)
  const confirmed = await browser.send('POST', '/account/second-factor/confirm', { code: code(-1) })
  assert(confirmed.status === 200, JSON.stringify(confirmed.body))
  return { secret, code, recoveryCodes: confirmed.body.codes }
}

export function fromBase32(text: string): Buffer {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...text].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
