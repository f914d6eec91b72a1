// `npm run screens`: pictures of every screen in both languages, on phone and desktop, light and dark, in
// the folder `screens`. Words after `--` choose paths: `npm run screens -- /customers`. With `--slow` it
// makes none, and measures instead how sign-in and Home open on a slow phone.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fillPath, readRoutes } from '../test/browser/support/routes.ts'
import { measureOpening, SLOW_PHONE_BARS } from '../test/browser/support/slow-phone.ts'
import { openPage, show } from '../test/browser/support/visit.ts'
import { openWorld, type World } from '../test/browser/support/world.ts'
import { withThrowawayServer } from './throwaway-server.ts'

const FOLDER = join(import.meta.dirname, '../screens')
const words = process.argv.slice(2)

await withThrowawayServer(async (server) => {
  process.env.LOYAPRO_TEST_DATABASE = JSON.stringify(server)
  const ends: (() => Promise<void>)[] = []
  try {
    const world = await openWorld((end) => void ends.unshift(end))
    if (typeof world === 'string') throw new Error(`No pictures: ${world}.`)
    if (words.includes('--slow')) {
      await measure(world)
      return
    }
    const routes = (await readRoutes()).filter((route) => words.length === 0 || words.includes(route))
    if (words.length === 0) await rm(FOLDER, { recursive: true, force: true })
    await mkdir(FOLDER, { recursive: true })
    for (const language of ['ar', 'en'] as const) {
      for (const width of [390, 1440]) {
        for (const scheme of ['light', 'dark'] as const) {
          const visit = await openPage(world.context, { language, width, scheme }, world.origin)
          for (const route of routes) {
            await show(visit, `${world.origin}/app${fillPath(route, world.samples)}`)
            const name = route === '/' ? 'home' : route.slice(1).replace(/\W+/g, '-')
            await visit.page.screenshot({
              path: join(FOLDER, `${name}-${language}-${width}-${scheme}.png`),
              fullPage: true,
            })
          }
          await visit.page.close()
          for (const fault of visit.faults) console.error(`${language} ${width} ${scheme}: ${fault}`)
        }
      }
    }
    console.log(`${routes.length} screens in ${FOLDER}`)
  } finally {
    for (const end of ends) await end()
  }
})

/** The median of three openings, against the bars; a bar that is missed fails the command. */
async function measure({ browser, context, origin }: World): Promise<void> {
  const signedIn = await context.cookies()
  for (const { name, path, cookies, ready } of [
    { name: 'sign-in', path: '/app/sign-in', cookies: [], ready: 'form' },
    { name: 'Home', path: '/app', cookies: signedIn, ready: '#screen h1' },
  ]) {
    const openings = []
    for (let run = 0; run < 3; run++) openings.push(await measureOpening(browser, origin + path, { cookies, ready }))
    const [paintMs, shift] = [median(openings.map((one) => one.paintMs)), median(openings.map((one) => one.shift))]
    console.log(`${name}: largest paint ${Math.round(paintMs)} ms, layout shift ${shift.toFixed(3)}`)
    if (paintMs > SLOW_PHONE_BARS.paintMs || shift > SLOW_PHONE_BARS.shift) process.exitCode = 1
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
}
