// Every address of the dashboard, read from the router's source: a new screen is opened by the browser
// tests without being listed again.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const ROUTER = join(import.meta.dirname, '../../../web/app/router.tsx')

/** Paths below /app, with parameters as `$id`. */
export async function readRoutes(): Promise<string[]> {
  const source = await readFile(ROUTER, 'utf8')
  const routes = new Map(
    [
      ...source.matchAll(/const (\w+) = createRoute\(\{\s*getParentRoute: \(\) => (\w+),\s*(?:id|path): '([^']*)'/g),
    ].map(([, name = '', parent = '', path = '']) => [name, { parent, path }]),
  )
  const pathOf = (name: string): string => {
    const route = routes.get(name)
    return route === undefined ? '' : `${pathOf(route.parent)}${route.path.startsWith('/') ? route.path : ''}`
  }
  const paths = [...routes.keys()].filter((name) => routes.get(name)?.path !== 'shell').map(pathOf)
  return [...new Set(paths.map((path) => path.replace(/(.)\/$/, '$1')))]
}

/** `samples`: a value for each path with parameters: `{ '/customers/$id': 'cus_…' }`. */
export function fillPath(path: string, samples: Readonly<Record<string, string>>): string {
  const filled = path.replace(/\$\w+/g, () => samples[path] ?? '')
  if (filled.includes('//') || filled.endsWith('/$') || /\$/.test(filled))
    throw new Error(`the browser tests have no sample for ${path}`)
  return filled
}
