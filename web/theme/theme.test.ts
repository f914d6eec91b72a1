// Every variant of Mantine in every colour of ours and both schemes: its words can be read on each
// ground that they are drawn on, at rest and under the pointer.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { DEFAULT_THEME, mergeMantineTheme } from '@mantine/core'
import { contrastOf, TEXT_CONTRAST } from '../../contract/colors.ts'
import { cssVariablesResolver, theme, variantColorResolver } from './theme.ts'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')
const [light = '', dark = ''] = [
  /:root, \[data-theme=light\] \{([\s\S]*?)\n\}/,
  /\n\[data-theme=dark\] \{([\s\S]*?)\n\}/,
].map((block) => block.exec(css)?.[1] ?? '')
const variablesOf = (block: string) =>
  new Map([...block.matchAll(/(--[\w-]+): ([^;]+);/g)].map(([, name = '', value = '']) => [name, value]))

const SCHEMES = {
  light: variablesOf(light),
  dark: new Map([...variablesOf(light), ...variablesOf(dark)]),
}
const merged = mergeMantineTheme(DEFAULT_THEME, theme)
const ofMantine = new Map(Object.entries(cssVariablesResolver(merged).variables))

const COLORS = ['palm', 'pomegranate', 'saffron', 'sky', 'gray']
const VARIANTS = ['filled', 'light', 'subtle', 'transparent', 'outline', 'default']
/** What a control without a ground of its own stands on. */
const GROUNDS = ['var(--bg)', 'var(--surface)', 'var(--raised)']

for (const [scheme, variables] of Object.entries(SCHEMES)) {
  /** #rrggbb; null for what has no colour. */
  const resolve = (value: string): string | null => {
    const name = /^var\((--[\w-]+)\)$/.exec(value)?.[1]
    if (name === undefined) return value === 'transparent' ? null : value
    const known = variables.get(name) ?? ofMantine.get(name)
    assert.ok(known, `${name} has a value`)
    return resolve(known)
  }
  for (const variant of VARIANTS) {
    test(`${variant}, ${scheme}: every colour has a contrast of 4.5:1`, () => {
      for (const color of COLORS) {
        const drawn = variantColorResolver({ color, variant, theme: merged })
        const word = resolve(drawn.color)
        const grounds = [drawn.background, drawn.hover, ...GROUNDS].map(resolve)
        const own = resolve(drawn.background) === null ? grounds : grounds.slice(0, 2)
        for (const ground of own) {
          if (ground === null) continue
          assert.match(`${word} ${ground}`, /^#[0-9a-f]{6} #[0-9a-f]{6}$/, `${color} is resolved`)
          const contrast = contrastOf(word ?? '', ground)
          assert.ok(contrast >= TEXT_CONTRAST, `${color}: ${word} on ${ground} has ${contrast.toFixed(2)}`)
        }
      }
    })
  }
}
