import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PRESETS, presetOf } from './key-presets.ts'

test('each preset is recognised by its scopes, and one more scope is no preset', () => {
  for (const preset of PRESETS) {
    assert.equal(presetOf(new Set(preset.scopes)), preset)
    assert.equal(presetOf(new Set([...preset.scopes, 'privacy:erase'])), undefined)
  }
})

test('a key that only reads can write nothing, and reads neither keys nor staff', () => {
  const [read] = PRESETS
  assert(read)
  assert(read.scopes.includes('customers:read'))
  assert(read.scopes.every((scope) => scope.endsWith(':read')))
  assert(!read.scopes.includes('keys:read') && !read.scopes.includes('staff:read'))
})
