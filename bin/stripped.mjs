// Gives Node the sources without their types from a cache, so that it need not load what takes them
// away: 14 MB of memory a thread. Preloaded with --import, which threads inherit. Where the cache
// cannot be written, Node does it itself, as without this file.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SOURCES = ['contract', 'simulator', 'src']
const OURS = SOURCES.map((folder) => new URL(`../${folder}/`, import.meta.url).href)
const CACHE = join(ROOT, 'node_modules', '.cache', 'loyapro', process.version)

if (import.meta.main) fill()
else registerHooks({ load })

function load(url, context, nextLoad) {
  const isOurs = context.format === 'module-typescript' && OURS.some((folder) => url.startsWith(folder))
  if (!isOurs) return nextLoad(url, context)
  const source = readFileSync(fileURLToPath(url))
  const stripped = cached(source) ?? (fillElsewhere() ? cached(source) : undefined)
  if (stripped === undefined) return nextLoad(url, context)
  return { format: 'module', source: stripped, shortCircuit: true }
}

function cached(source) {
  try {
    return readFileSync(placeOf(source), 'utf8')
  } catch {
    return undefined
  }
}

/** The content's hash is the name, so that what is cached cannot be of another version. */
function placeOf(source) {
  return join(CACHE, `${createHash('sha256').update(source).digest('hex')}.mjs`)
}

let tried = false

/** In another process, which takes the memory with it; at most once in this one. */
function fillElsewhere() {
  if (tried) return false
  tried = true
  const args = ['--no-warnings', fileURLToPath(import.meta.url)]
  return spawnSync(process.execPath, args, { stdio: 'ignore', timeout: 60_000 }).status === 0
}

/** Strips what is missing and forgets what is no longer there. */
function fill() {
  mkdirSync(CACHE, { recursive: true })
  const kept = new Set()
  const files = globSync(`{${SOURCES}}/**/*.ts`, { cwd: ROOT }).filter((file) => !file.endsWith('.test.ts'))
  for (const file of files) {
    const source = readFileSync(join(ROOT, file))
    const place = placeOf(source)
    kept.add(place)
    if (existsSync(place)) continue
    const stripped = strip(source)
    if (stripped === undefined) continue
    const draft = `${place}.${process.pid}`
    // On the disk before it has its name: what a power failure left empty would be taken for the
    // source.
    writeFileSync(draft, stripped, { flush: true })
    renameSync(draft, place)
  }
  // Drafts may be those of another process that does the same.
  const finished = readdirSync(CACHE).filter((name) => name.endsWith('.mjs'))
  for (const place of finished.map((name) => join(CACHE, name))) if (!kept.has(place)) rmSync(place, { force: true })
}

/**
 * Undefined for what is no TypeScript that can be stripped: whoever imports it hears of it from
 * Node.
 */
function strip(source) {
  try {
    return stripTypeScriptTypes(source.toString())
  } catch {
    return undefined
  }
}
