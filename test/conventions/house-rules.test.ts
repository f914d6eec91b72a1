// Conventions that a machine can check: file headers, lengths, links, titles, banned words.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '../..')

/** Everything that belongs to the project, whether or not it is in a git checkout. */
const files = listFiles()
const code = files.filter((file) => /^(src|contract|web|test|scripts|tools)\/.*\.(tsx?|mjs)$/.test(file))
const documents = files.filter((file) => file.endsWith('.md'))
const read = (file: string) => readFileSync(join(root, file), 'utf8')

function listFiles(): string[] {
  const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  return tracked.split('\n').filter((file) => file !== '' && existsSync(join(root, file)))
}

test('the checks see files', () => {
  assert.ok(code.length > 100 && documents.length > 5)
})

test('every source file begins with a comment that states its purpose', () => {
  const header = (file: string) => /^(?:#!.*\n)?((?:\/\/.*\n)+)/.exec(read(file))?.[1] ?? ''
  const silent = code.filter((file) => !file.endsWith('.test.ts') && !/[.:]$/m.test(header(file)))
  assert.deepEqual(silent, [])
})

test('source files are short enough to read', () => {
  const long = code.filter((file) => !file.endsWith('.test.ts') && read(file).split('\n').length > 320)
  assert.deepEqual(long, [])
})

test('documents have one title, are short enough to read, and their links exist', () => {
  const faults = documents.flatMap((file) => {
    const text = read(file)
    const prose = text.replace(/```[\s\S]*?```/g, '')
    const titles = prose.match(/^# .+$/gm) ?? []
    const links = [...prose.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)].map((match) => match[1] ?? '')
    return [
      ...(titles.length === 1 ? [] : [`${file}: ${titles.length} titles`]),
      ...(text.split('\n').length > 250 ? [`${file}: longer than 250 lines`] : []),
      ...links.filter((link) => !existsSync(join(root, dirname(file), link))).map((link) => `${file}: no ${link}`),
    ]
  })
  assert.deepEqual(faults, [])
})

test('every npm script that a document names exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const named = documents.flatMap((file) =>
    [...read(file).matchAll(/npm run ([a-z:-]+)/g)].map((match) => [file, match[1] ?? '']),
  )
  assert.deepEqual(
    named.filter(([, script]) => scripts[script ?? ''] === undefined),
    [],
  )
})

test('no file mentions how it was made, a path of a machine, or the host of a package registry', () => {
  const banned = [
    /\b(TODO|FIXME|HACK|XXX)\b/,
    /\bregistry\.npmjs\b/,
    /\bdeb\.debian\b/,
    /\/work\//,
    /\/root\//,
    /\bissue #?\d/i,
  ]
  const guilty = files
    .filter((file) => !/(package-lock\.json|\.jsonl?|\.png|\.gz|house-rules\.test\.ts)$/.test(file))
    .flatMap((file) => banned.filter((word) => word.test(read(file))).map((word) => `${file}: ${word}`))
  assert.deepEqual(guilty, [])
})

test('only the configuration and scripts read the environment', () => {
  const readers = code.filter(
    (file) => file.startsWith('src/') && !file.endsWith('.test.ts') && /process\.env/.test(read(file)),
  )
  assert.deepEqual(
    readers.filter((file) => !['src/cli.ts', 'src/server/config.ts'].includes(file)),
    [],
  )
})

test('flags of Node.js and of the allocator are set in the launcher alone, each with its measured gain', () => {
  const launcher = read('bin/loyapro.mjs')
  const settings = [...launcher.matchAll(/((?:^ *\/\/.*\n)+).*(?:'(--[a-z0-9-]+)|(MALLOC_[A-Z_]+))/gm)]
  const names = settings.map(([, , flag, variable]) => flag ?? variable ?? '')
  assert.equal(names.length, launcher.match(/'--[a-z]|MALLOC_/g)?.length)
  for (const [text, comment = ''] of settings) assert.match(comment, /\d %/, text)
  const places = [...code, 'package.json', 'Dockerfile', 'compose.yaml'].filter((file) => !file.endsWith('.test.ts'))
  const others = places.flatMap((file) => names.filter((name) => read(file).includes(name)).map((name) => [file, name]))
  assert.deepEqual(others, [])
})

test('the lockfile names the builds of every platform, so that packages install on each', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>
  }
  const wanted = Object.values(packages).flatMap((one) => Object.keys(one.optionalDependencies ?? {}))
  const places = Object.keys(packages)
  const missing = wanted.filter((name) => !places.some((place) => place.endsWith(`node_modules/${name}`)))
  assert.ok(wanted.length > 10)
  assert.deepEqual(missing, [])
})
