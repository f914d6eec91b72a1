// Colours of a shop: what is refused, what is proposed instead, and that proposals can be read.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { colorProblems, DEFAULT_COLORS, darkColors, readableColors } from './brand.ts'
import { contrastOf, mix, WHITE } from './colors.ts'

const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)
const colors = fc.record({ shop: color, ink: color, warm: color, text: color }, { noNullPrototype: true })

test('contrast is that of WCAG', () => {
  assert.equal(contrastOf('#000000', '#ffffff'), 21)
  assert.equal(contrastOf('#123456', '#123456'), 1)
  // The well-known grey that just passes on white.
  assert.equal(contrastOf('#767676', '#ffffff').toFixed(2), '4.54')
})

test('the colours of the pictures and the default ones can be read', () => {
  assert.deepEqual(colorProblems({ shop: '#5b2a1c', ink: '#ffffff', warm: '#ffd9a0', text: '#5b2a1c' }), [])
  assert.deepEqual(colorProblems(DEFAULT_COLORS), [])
})

test('white on orange is refused, with the nearest darker orange', () => {
  const [problem, ...others] = colorProblems({ ...DEFAULT_COLORS, shop: '#ff8800', warm: '#000000' })
  assert.deepEqual(others, [])
  assert.deepEqual([problem?.color, problem?.contrast.toFixed(2), problem?.least], ['shop', '2.39', 4.5])
  const instead = problem?.instead ?? ''
  assert.ok(contrastOf(WHITE, instead) >= 4.5)
  assert.ok(contrastOf(WHITE, mix(instead, '#ff8800', 0.05)) < 4.5, 'a lighter one cannot be read')
})

test('what is proposed can be read, stays when it is proposed again, and is as given where that can be read', () => {
  const property = fc.property(colors, (given) => {
    const proposed = readableColors(given)
    assert.deepEqual(colorProblems(proposed), [])
    assert.deepEqual(readableColors(proposed), proposed)
    if (colorProblems(given).length === 0) assert.deepEqual(proposed, given)
  })
  fc.assert(property, { numRuns: 500 })
})

test('the colours for a dark screen can be read on it', () => {
  const property = fc.property(colors, (given) => {
    const { shop, ink, warm, text } = darkColors(readableColors(given))
    assert.ok(contrastOf(ink, shop) >= 4.5)
    assert.ok(contrastOf(warm, shop) >= 3)
    for (const ground of ['#0d1412', '#141c19']) assert.ok(contrastOf(text, ground) >= 4.5)
  })
  fc.assert(property, { numRuns: 500 })
})
