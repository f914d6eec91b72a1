// The presets are programs that LoyaPro accepts, and words of the sentence change them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readDefinition } from '../../../contract/program.ts'
import { presetsFor, valueAt, withValueAt } from './presets.ts'

test('every preset is accepted; the plan needs the product that starts it', () => {
  for (const { id, type, definition } of presetsFor(100)) {
    const full = id === 'plan' ? withValueAt(definition, ['plan', 'products_bought'], ['plan-30']) : definition
    const read = readDefinition(full)
    assert.equal(read.kind, 'ok', `${id}: ${JSON.stringify(read)}`)
    assert.equal(definition.type, type)
  }
})

test('a value deep in a definition is read, replaced and removed without changing the original', () => {
  const [, points] = presetsFor(1000)
  const units = ['rules', 0, 'earn', 'units'] as const
  assert.equal(valueAt(points?.definition, units), 1)
  const changed = withValueAt(points?.definition, units, 2)
  assert.deepEqual([valueAt(changed, units), valueAt(points?.definition, units)], [2, 1])
  const branches = ['rules', 0, 'when', 'branches'] as const
  const limited = withValueAt(changed, branches, ['brn_1'])
  assert.deepEqual(valueAt(limited, branches), ['brn_1'])
  assert.equal(valueAt(withValueAt(limited, branches, undefined), branches), undefined)
})
