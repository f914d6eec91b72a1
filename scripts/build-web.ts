// Builds the dashboard into web/dist when its sources have changed since the last build; `--force`
// builds always, `--watch` builds again after every change.
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const configFile = `${root}web/vite.config.ts`
/** The hash of the sources that the files in web/dist were built from. */
const stamp = `${root}web/dist/.sources`

const options = process.argv.slice(2)
if (options.includes('--watch')) {
  await build({ configFile, logLevel: 'info', build: { watch: {} } })
} else {
  const sources = hashSources()
  if (options.includes('--force') || !isCurrent(sources)) {
    const began = performance.now()
    await build({ configFile, logLevel: 'warn' })
    writeFileSync(stamp, sources)
    console.error(`Built the dashboard in ${((performance.now() - began) / 1000).toFixed(1)} s.`)
  }
}

function isCurrent(sources: string): boolean {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sources
}

/** Contents and not times: a checkout changes the times of files that are the same. */
function hashSources(): string {
  const files = globSync(['web/**/*.*', 'contract/**/*.ts', 'package-lock.json'], { cwd: root }).filter(
    (path) => !path.startsWith('web/dist/') && !path.endsWith('.test.ts'),
  )
  const hash = createHash('sha256')
  for (const path of files.sort())
    hash
      .update(`${path}\0`)
      .update(readFileSync(`${root}${path}`))
      .update('\0')
  return hash.digest('hex')
}
