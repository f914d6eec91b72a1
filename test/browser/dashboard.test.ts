// The dashboard in a browser: every screen in both languages on a phone and a desktop, and the main
// flows. One server and one browser serve all of it.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { flows } from './flows/index.ts'
import { fillPath, readRoutes } from './support/routes.ts'
import { inspect, type Look, openPage, show } from './support/visit.ts'
import { openWorld } from './support/world.ts'

/**
 * Each language on each width, each scheme on both, and axe in both; all of it at full size.
 */
const FEW: readonly CheckedLook[] = [
  { language: 'ar', width: 390, scheme: 'light', axe: true },
  { language: 'en', width: 390, scheme: 'dark', axe: false },
  { language: 'ar', width: 1440, scheme: 'dark', axe: true },
  { language: 'en', width: 1440, scheme: 'light', axe: false },
]

interface CheckedLook extends Look {
  axe: boolean
}

const world = await openWorld(after)
if (typeof world === 'string') {
  test('the dashboard in a browser', { skip: `SKIPPED: ${world}` }, () => {})
} else {
  const { browser, context, origin, samples } = world
  const isFull = Number(process.env.LOYAPRO_RUNS ?? 1) >= 1000
  const routes = await readRoutes()

  test('the router has screens', () => {
    assert.ok(routes.includes('/') && routes.includes('/customers/$id'), routes.join(' '))
  })

  // Two at a time, as the tests have two processors.
  test('every screen is as it must be', { concurrency: 2 }, async (t) => {
    const looks = isFull ? everyLook() : FEW
    await Promise.all(
      looks.map((look) =>
        t.test(`${look.language}, ${look.width} px, ${look.scheme}`, async () => {
          // Of its own, because the look is in a cookie.
          const own = await browser.newContext({
            storageState: await context.storageState(),
            timezoneId: 'Asia/Riyadh',
          })
          const visit = await openPage(own, look, origin)
          const faults: string[] = []
          for (const route of routes) {
            await show(visit, `${origin}/app${fillPath(route, samples)}`)
            faults.push(...(await inspect(visit, look)).map((fault) => `${route}: ${fault}`))
          }
          await own.close()
          assert.equal(faults.join('\n'), '')
        }),
      ),
    )
  })

  for (const [name, flow] of Object.entries(flows)) test(name, () => flow(world))
}

function everyLook(): CheckedLook[] {
  return (['ar', 'en'] as const).flatMap((language) =>
    [390, 800, 1440].flatMap((width) =>
      (['light', 'dark'] as const).map((scheme) => ({ language, width, scheme, axe: true })),
    ),
  )
}
