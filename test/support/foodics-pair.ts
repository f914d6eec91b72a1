// Support for tests of the Foodics integration: a LoyaPro and a Foodics server with one clock,
// which the test advances.
import assert from 'node:assert/strict'
import { ManualClock } from '../../src/kernel/clock.ts'
import { runAllInstallations } from '../../src/worker/installations.ts'
import { type FoodicsOptions, type FoodicsServer, startFoodics } from '../../tools/simulator/foodics/server.ts'
import { callerOf } from './api.ts'
import { type Answer, type TestApp, testApp } from './app.ts'

export interface Pair {
  app: TestApp
  foodics: FoodicsServer
  clock: ManualClock
  get(path: string): Promise<Answer>
  send(method: string, path: string, body?: unknown): Promise<Answer>
  /** The installation as the API returns it. */
  account(): Promise<Answer['body']>
  /** Consents as a merchant in a browser would; returns the last page. */
  consent(): Promise<{ status: number; text: string }>
  /** Runs the job of the next minute. */
  minute(): Promise<{ done: number; failed: number }>
  /** Runs the job every minute until it has no work; returns the number of minutes. */
  minutes(atMost: number): Promise<number>
}

export async function openPair(
  t: { after(end: () => Promise<void>): void },
  options: FoodicsOptions & { connected?: boolean; posTimeoutMs?: number } = {},
): Promise<Pair> {
  const clock = new ManualClock('2026-06-01T09:00:00Z')
  const { connected = true, posTimeoutMs = 5_000, ...rest } = options
  const foodics = await startFoodics({ clock, ...rest })
  t.after(() => foodics.close())
  const app = await testApp(t, { clock, foodics, posTimeoutMs })
  const { get, send } = callerOf(app)
  const minute = () => {
    clock.advance(60_000)
    return runAllInstallations(app.ctx)
  }
  const pair: Pair = {
    app,
    foodics,
    clock,
    get,
    send,
    minute,
    account: async () => (await get('/pos-accounts/foodics')).body,
    consent: async () => {
      const asked = await send('POST', '/pos-accounts/foodics/consent')
      assert.equal(asked.status, 201, JSON.stringify(asked.body))
      return browse(asked.body.url)
    },
    minutes: async (atMost) => {
      for (let passed = 1; passed <= atMost; passed++) {
        const { done, failed } = await minute()
        if (done + failed === 0) return passed
      }
      throw new Error(`there is still work after ${atMost} minutes`)
    },
  }
  if (connected) assert.equal((await pair.consent()).status, 200)
  return pair
}

/**
 * Follows a consent as a browser does: the page, its link, the POS, and back. The cookie of LoyaPro
 * is sent only to LoyaPro.
 */
export async function browse(url: string): Promise<{ status: number; text: string }> {
  const { origin } = new URL(url)
  const first = await fetch(url)
  const text = await first.text()
  const [, link] = /href="([^"]+)"/.exec(text) ?? []
  if (!first.ok || link === undefined) return { status: first.status, text }
  const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? ''
  for (let next = new URL(link); ; ) {
    const page = await fetch(next, { redirect: 'manual', headers: next.origin === origin ? { cookie } : {} })
    const location = page.headers.get('location')
    if (location === null) return { status: page.status, text: await page.text() }
    next = new URL(location, next)
  }
}
