import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changesOf, draftOf } from './limit-draft.ts'

const SET = { per_adjustment: 2000, per_day: 5000 }
const stored = { updated_at: null, updated_by: null }
const was = draftOf({ currency: 'SAR', support: { ...SET, ...stored }, manager: null })

test('only the roles whose limit is changed are sent', () => {
  assert.equal(changesOf(was, was), null)
  assert.deepEqual(changesOf({ ...was, support: { per_adjustment: 1000, per_day: 5000 } }, was), {
    support: { per_adjustment: 1000, per_day: 5000 },
  })
  assert.deepEqual(changesOf({ ...was, manager: SET }, was), { manager: SET })
  assert.deepEqual(changesOf({ ...was, manager: null }, { ...was, manager: SET }), { manager: null })
})

test('an empty field is 0, so a limit that is switched on and left empty allows nothing', () => {
  assert.deepEqual(changesOf({ ...was, manager: {} }, was), { manager: { per_adjustment: 0, per_day: 0 } })
})
