// `npm run screens`: pictures of every screen in both languages, on phone and desktop, light and dark, in
// the folder `screens`. Words after `--` choose paths: `npm run screens -- /customers`.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fillPath, readRoutes } from '../test/browser/support/routes.ts'
import { openPage, show } from '../test/browser/support/visit.ts'
import { openWorld } from '../test/browser/support/world.ts'
import { withThrowawayServer } from './throwaway-server.ts'

const FOLDER = join(import.meta.dirname, '../screens')
const words = process.argv.slice(2)

await withThrowawayServer(async (server) => {
  process.env.LOYAPRO_TEST_DATABASE = JSON.stringify(server)
  const ends: (() => Promise<void>)[] = []
  try {
    const world = await openWorld((end) => void ends.unshift(end))
    if (typeof world === 'string') throw new Error(`No pictures: ${world}.`)
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
