// Modules that the ingest thread loads are in memory twice, so it loads only those that it uses.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'

/** Prints each module that is loaded. */
const LISTENING = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module'
  registerHooks({ load(url, context, next) { console.log(url); return next(url, context) } })`)}`

test('the ingest thread loads no schemas, no code that reads bodies, and no phone library', () => {
  const thread = new URL('./main.ts', import.meta.url).href
  // Without a parent thread it fails once everything is loaded.
  const script = `await import(${JSON.stringify(thread)}).catch(() => {})`
  const args = [`--import=${LISTENING}`, '--input-type=module', '--eval', script]
  const loaded = spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout.split('\n')
  assert.ok(loaded.some((url) => url.endsWith('src/ingest/round.ts')))
  const unwanted = /node_modules\/(typebox|libphonenumber-js|kysely|fastify)\/|src\/pos\/\w+\/adapter\.ts/
  assert.deepEqual(
    loaded.filter((url) => unwanted.test(url)),
    [],
  )
})
