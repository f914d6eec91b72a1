// The dashboard in a browser: every screen in both languages on a phone and a desktop, and the main
// flows. One server and one browser serve all of it.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { isFullSize } from '../support/runs.ts'
import { flows } from './flows/index.ts'
import { fillPath, readRoutes } from './support/routes.ts'
import { inspect, type Look, openPage, show } from './support/visit.ts'
import { openWorld } from './support/world.ts'

/** Each language, width and scheme once; every combination at full size. */
const FEW: readonly Look[] = [
  { language: 'ar', width: 390, scheme: 'light' },
  { language: 'en', width: 1440, scheme: 'dark' },
]

const world = await openWorld(after)
if (typeof world === 'string') {
  test('the dashboard in a browser', { skip: `SKIPPED: ${world}` }, () => {})
} else {
  const { browser, context, origin, samples } = world
  const routes = await readRoutes()

  test('the router has screens', () => {
    assert.ok(routes.includes('/') && routes.includes('/customers/$id'), routes.join(' '))
  })

  // Two at a time, as the tests have two processors.
  test('every screen is as it must be', { concurrency: 2 }, async (t) => {
    const looks = isFullSize ? everyLook() : FEW
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
            faults.push(...(await inspect(visit)).map((fault) => `${route}: ${fault}`))
          }
          await own.close()
          assert.equal(faults.join('\n'), '')
        }),
      ),
    )
  })

  for (const [name, flow] of Object.entries(flows)) test(name, () => flow(world))
}

function everyLook(): Look[] {
  return (['ar', 'en'] as const).flatMap((language) =>
    [390, 800, 1440].flatMap((width) => (['light', 'dark'] as const).map((scheme) => ({ language, width, scheme }))),
  )
}
