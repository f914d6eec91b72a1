// How the first screen opens: what its page names, what is asked for at once, and that nothing moves.
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { OBSERVE, readOpening, SLOW_PHONE_BARS } from '../support/slow-phone.ts'
import type { World } from '../support/world.ts'

export const openingFlows = {
  'the page names every file that sign-in and Home load, and no other': async (world: World) => {
    for (const { path, signedIn, screens } of [
      { path: '/app/sign-in', signedIn: false, screens: ['sign-in'] },
      { path: '/app', signedIn: true, screens: ['shell', 'home'] },
    ]) {
      await withPage(world, signedIn, async (page) => {
        const loaded = new Set<string>()
        page.on('request', (request) => {
          const { pathname } = new URL(request.url())
          if (/\/assets\/.*\.(?:js|css)$/.test(pathname)) loaded.add(pathname)
        })
        const answer = await page.goto(world.origin + path)
        await page.waitForSelector('h1')
        await page.waitForSelector('[aria-busy=true]', { state: 'detached' })
        const html = (await answer?.text()) ?? ''
        const named = [...html.matchAll(/(?:src|href)="([^"]*\.(?:js|css))"/g)].map(([, file]) => file)
        assert.deepEqual([...loaded].toSorted(), named.toSorted())
        const marks = [...html.matchAll(/data-screen="([^"]*)"/g)].map(([, screen]) => screen)
        assert.deepEqual([...new Set(marks)], screens)
      })
    }
  },
  'Home asks for its data before the program that draws it has arrived': async (world: World) => {
    await withPage(world, true, async (page) => {
      const asked = Promise.all(
        ['session', 'work-list', 'home', 'orders', 'demo', 'branches'].map((name) =>
          page.waitForRequest((request) => new URL(request.url()).pathname === `/api/v1/${name}`),
        ),
      )
      await page.route(/\/assets\/start-[^/]*\.js$/, async (route) => {
        await asked
        await route.continue()
      })
      await page.goto(`${world.origin}/app`)
      await page.waitForSelector('#screen h1')
    })
  },
  'Home is drawn in a font of the system when the letters do not come': async (world: World) => {
    await withPage(world, true, async (page) => {
      await page.route(/\.woff2$/, () => {})
      await page.goto(`${world.origin}/app`, { waitUntil: 'commit' })
      await page.waitForSelector('#screen h1')
    })
  },
  'Home stands still, in whatever order its answers arrive': async (world: World) => {
    const grey = '[aria-busy=true] i'
    for (const { last, drawn } of [
      { last: 'work-list', drawn: grey },
      { last: 'home', drawn: '#screen h2' },
      { last: 'orders', drawn: grey },
    ]) {
      await withPage(world, true, async (page) => {
        await page.addInitScript(OBSERVE)
        await page.route(
          ({ pathname }) => pathname === `/api/v1/${last}`,
          async (route) => {
            await page.waitForSelector(drawn)
            await route.continue()
          },
        )
        await page.goto(`${world.origin}/app`)
        await page.waitForSelector('#screen ul a[href*="/orders/"]')
        const { shift } = await readOpening(page)
        assert.ok(shift <= SLOW_PHONE_BARS.shift, `${last} comes last: ${shift}`)
      })
    }
  },
}

/** A phone with nothing in its cache. */
async function withPage(
  { browser, context }: World,
  signedIn: boolean,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const own = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: 'ar',
    ...(signedIn && { storageState: await context.storageState() }),
  })
  try {
    await use(await own.newPage())
  } finally {
    await own.close()
  }
}
