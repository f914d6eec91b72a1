// The list of POS systems: connected ones first, and Foodics always among them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemsOf } from './systems.ts'

test('connected systems come first; Foodics can always be chosen', () => {
  const own = [{ pos: 'pos-abc', title: 'Sample POS' }] as never
  const connections = [
    { pos: 'standard', reference: 'demo' },
    { pos: 'standard', reference: 'demo-2' },
  ] as never
  const systems = systemsOf(own, connections)
  assert.deepEqual(
    systems.map(({ pos, references, isShared }) => [pos, references, isShared]),
    [
      ['standard', ['demo', 'demo-2'], true],
      ['foodics', [], true],
      ['pos-abc', [], false],
    ],
  )
  assert.equal(systems[2]?.title.ar, 'Sample POS')
})
