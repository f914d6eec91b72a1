// What the browser tests look at: one server with the sample business, some orders, an owner who is
// signed in, and one browser.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContext } from 'playwright-core'
import { runNextBackTest } from '../../../src/backtests/run.ts'
import { testApp } from '../../support/app.ts'
import { createTestPerson, PASSWORD } from '../../support/staff.ts'
import { launchBrowser } from './chromium.ts'

export interface World {
  /** `http://localhost:…`: browsers keep secure cookies there. */
  origin: string
  browser: Browser
  /** Signed in as the owner. */
  context: BrowserContext
  /** A value for each path with parameters. */
  samples: Record<string, string>
  app: Awaited<ReturnType<typeof testApp>>
  email: string
}

/** Null with the reason when this computer has no browser. Everything ends with the file. */
export async function openWorld(after: (end: () => Promise<void>) => void): Promise<World | string> {
  const launched = await launchBrowser()
  if (launched.browser === null) return launched.reason
  const { browser } = launched
  after(() => browser.close())
  const app = await testApp({ after })
  const origin = app.url.replace('127.0.0.1', 'localhost')
  Object.assign(app.ctx.config, { publicUrl: origin })
  const { email } = await createTestPerson(app)
  const samples = await furnish(app)
  const context = await browser.newContext({ baseURL: `${origin}/app`, locale: 'en', timezoneId: 'Asia/Riyadh' })
  const answer = await context.request.post(`${origin}/api/v1/session`, {
    data: { email, password: PASSWORD },
    headers: { origin },
  })
  if (!answer.ok()) throw new Error(`signing in failed: ${await answer.text()}`)
  return { origin, browser, context, samples, app, email }
}

/** One order of each kind that screens show. */
async function furnish(app: World['app']): Promise<Record<string, string>> {
  const order = JSON.parse(await readFile(join(import.meta.dirname, '../../../examples/seed-order.json'), 'utf8'))
  const { body } = await app.post(order)
  const [customers, orders, programs, deliveries, rewards] = await Promise.all(
    ['/customers', '/orders', '/programs', '/deliveries', '/rewards'].map((path) => app.get(path)),
  )
  const notice = await app.call({
    method: 'POST',
    path: '/api/v1/privacy-notices',
    bearer: app.business.apiKey,
    body: {},
  })
  const idOf = (answer?: { body: { data?: { id: string }[] } }) => answer?.body.data?.[0]?.id ?? ''
  if (body.result !== 'processed') throw new Error(`the sample order was not processed: ${JSON.stringify(body)}`)
  return {
    '/customers/$id': idOf(customers),
    '/orders/$id': idOf(orders),
    '/programs/$id': idOf(programs),
    '/connect/$pos': 'foodics',
    '/deliveries/$id': idOf(deliveries),
    '/programs/$id/edit': idOf(programs),
    '/back-tests/$id': await backTestOf(app, idOf(programs)),
    '/rewards/$id': idOf(rewards),
    '/settings/notices/$id': notice.body.id,
  }
}

/** A back-test that has ended. */
async function backTestOf({ ctx, business, call }: World['app'], program: string): Promise<string> {
  const { body } = await call({
    method: 'POST',
    path: `/api/v1/programs/${program}/back-tests`,
    bearer: business.apiKey,
    body: { days: 366 },
  })
  await runNextBackTest(ctx, business.businessId)
  return body.id
}
