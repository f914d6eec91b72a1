// The keys of the shell, on any layout: only the place of a key counts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createKeys, type Press } from './keys.ts'

function play(...presses: (Partial<Press> & { code: string })[]): string[] {
  const done: string[] = []
  const press = createKeys({
    palette: () => void done.push('palette'),
    shortcuts: () => void done.push('shortcuts'),
    go: (code) => {
      if (code === 'KeyH') done.push('home')
      return code === 'KeyH'
    },
  })
  for (const given of presses) press({ command: false, shift: false, alt: false, isBusy: false, at: 0, ...given })
  return done
}

test('Ctrl or Cmd+K opens the palette, also from a field', () => {
  assert.deepEqual(play({ code: 'KeyK', command: true, isBusy: true }), ['palette'])
  assert.deepEqual(play({ code: 'KeyK', command: true, shift: true }, { code: 'KeyK' }), [])
})

test('/ opens the palette and ? the shortcuts, but not from a field', () => {
  assert.deepEqual(play({ code: 'Slash' }, { code: 'Slash', shift: true }), ['palette', 'shortcuts'])
  assert.deepEqual(play({ code: 'Slash', isBusy: true }), [])
})

test('g and a letter open a screen, when the letter comes soon', () => {
  assert.deepEqual(play({ code: 'KeyG' }, { code: 'KeyH', at: 400 }), ['home'])
  assert.deepEqual(play({ code: 'KeyG' }, { code: 'KeyH', at: 1_600 }), [])
  assert.deepEqual(play({ code: 'KeyH' }), [])
  assert.deepEqual(play({ code: 'KeyG' }, { code: 'KeyX', at: 10 }, { code: 'KeyH', at: 20 }), [])
})
