// What a reader downloads: script, style and fonts of the first view, and script of each further screen.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'

const KIB = 1024
const DIST = join(import.meta.dirname, '../../web/dist')

interface Chunk {
  file: string
  src?: string
  name?: string
  isDynamicEntry?: boolean
  imports?: string[]
  dynamicImports?: string[]
  css?: string[]
}

const manifest: Record<string, Chunk> = JSON.parse(readFileSync(join(DIST, 'manifest.json'), 'utf8'))

/** A chunk with everything that it imports statically. */
function closureOf(...names: string[]): Set<string> {
  const seen = new Set<string>()
  const visit = (name: string) => {
    if (seen.has(name)) return
    seen.add(name)
    for (const next of manifest[name]?.imports ?? []) visit(next)
  }
  for (const name of names) visit(name)
  return seen
}

const gzipped = (file: string) => gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length
const sum = (files: Iterable<string>) => [...new Set(files)].reduce((total, file) => total + gzipped(file), 0)
const scripts = (names: Iterable<string>) => sum([...names].flatMap((name) => manifest[name]?.file ?? []))
const styles = (names: Iterable<string>) => sum([...names].flatMap((name) => manifest[name]?.css ?? []))

/** The chunks that web/build/first-files.ts names. */
const named = (...names: string[]) =>
  Object.keys(manifest).filter((key) => names.includes(manifest[key]?.name ?? '') && !key.endsWith('.css'))
const first = closureOf(...named('main', 'start', 'shell', 'home'))

test('the first view is small enough for a slow phone', () => {
  assert.ok(first.size >= 4)
  const kib = { script: scripts(first) / KIB, style: styles(first) / KIB }
  assert.ok(kib.script <= 180, `script: ${kib.script.toFixed(1)} KiB of 180`)
  assert.ok(kib.style <= 15, `style: ${kib.style.toFixed(1)} KiB of 15`)
})

test('sign-in loads neither the shell nor Home', () => {
  const files = closureOf(...named('sign-in'))
  assert.deepEqual(
    named('shell', 'home').filter((name) => files.has(name)),
    [],
  )
})

test('each further screen adds little', () => {
  const screens = Object.keys(manifest).filter((name) => manifest[name]?.isDynamicEntry && routed.has(name))
  assert.ok(screens.length > 0)
  assert.deepEqual(tooLarge(screens, 40), [])
})

test('what is loaded when it is asked for is not large either: menus, dialogs, calendars, the palette', () => {
  const parts = Object.keys(manifest).filter((name) => manifest[name]?.isDynamicEntry && !routed.has(name))
  assert.ok(parts.length > 0)
  assert.deepEqual(tooLarge(parts, 60), [])
})

/** The files of screens, as the router imports them. */
const router = readFileSync(join(DIST, '../app/router.tsx'), 'utf8')
const routed = new Set([...router.matchAll(/import\('\.\/([^']+)'\)/g)].map(([, path]) => `app/${path}`))

function tooLarge(names: readonly string[], limit: number): string[] {
  return names.flatMap((name) => {
    const size = scripts([...closureOf(name)].filter((one) => !first.has(one))) / KIB
    return size > limit ? [`${name}: ${size.toFixed(1)} KiB of ${limit}`] : []
  })
}

test('fonts are cut to the letters that are used', () => {
  const fonts = readdirSync(join(DIST, 'assets')).filter((name) => name.endsWith('.woff2'))
  const size = fonts.reduce((total, name) => total + statSync(join(DIST, 'assets', name)).size, 0)
  assert.equal(fonts.length, 4)
  assert.ok(size <= 45_000, `${size} bytes of 45,000`)
})
