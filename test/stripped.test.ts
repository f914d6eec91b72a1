// The cache of sources without types that LoyaPro is started with (bin/stripped.mjs), on small
// trees of their own.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const PRELOADED = fileURLToPath(new URL('../bin/stripped.mjs', import.meta.url))

/** Starts a thread as well, and tells of both whether they loaded what strips types. */
const MAIN = `
import { Worker, isMainThread } from 'node:worker_threads'
import { once } from 'node:events'
import { WORD } from './word.ts'
const loaded: boolean = process.moduleLoadList.some((name: string) => name.includes('deps/amaro'))
console.log(isMainThread ? 'main' : 'thread', WORD, loaded)
if (isMainThread) await once(new Worker(new URL('./main.ts', import.meta.url)), 'exit')`

async function tree(t: TestContext) {
  const root = await mkdtemp(join(tmpdir(), 'loyapro-stripped-'))
  t.after(() => rm(root, { recursive: true, force: true }))
  await mkdir(join(root, 'src'))
  await mkdir(join(root, 'bin'))
  await cp(PRELOADED, join(root, 'bin/stripped.mjs'))
  await writeFile(join(root, 'package.json'), '{"type":"module"}')
  await writeFile(join(root, 'src/server/main.ts'), MAIN)
  const say = (word: string) => writeFile(join(root, 'src/word.ts'), `export const WORD: string = '${word}'`)
  await say('first')
  return {
    root,
    say,
    run: () =>
      execFileSync(process.execPath, ['--import=./bin/stripped.mjs', 'src/server/main.ts'], {
        cwd: root,
        encoding: 'utf8',
      })
        .trim()
        .split('\n'),
    cached: async () => (await readdir(join(root, 'node_modules/.cache/loyapro', process.version))).length,
  }
}

test('no thread loads what strips types, not even at the first start, and a changed source is the one that runs', async (t) => {
  const { run, say, cached } = await tree(t)
  assert.deepEqual(run(), ['main first false', 'thread first false'])
  assert.deepEqual(run(), ['main first false', 'thread first false'])
  await say('second')
  assert.deepEqual(run(), ['main second false', 'thread second false'])
  assert.equal(await cached(), 2, 'what no source has any more is forgotten')
})

test('where the cache cannot be written, Node strips types itself; a source that it cannot strip is in nobody else’s way', async (t) => {
  const { root, run } = await tree(t)
  await writeFile(join(root, 'node_modules'), 'a file where the folder should be')
  assert.deepEqual(run(), ['main first true', 'thread first true'])
  await rm(join(root, 'node_modules'))
  await writeFile(join(root, 'src/broken.ts'), 'const = ')
  assert.deepEqual(run(), ['main first false', 'thread first false'])
  await writeFile(join(root, 'src/server/main.ts'), `import './broken.ts'`)
  assert.throws(run, /ERR_INVALID_TYPESCRIPT_SYNTAX/)
})
