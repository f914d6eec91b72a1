// docs/traps.md is complete: each trap has a line, and each file that the line names has a test of
// that number.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const docs = join(import.meta.dirname, '../../docs')

/** The numbers of the traps that concern existing features. */
const EXPECTED = [...range(1, 34), ...range(36, 48), ...range(49, 56), ...range(59, 63), 65]

/**
 * One line of the table: a number, the trap, what LoyaPro does, and where that is tested or why it
 * cannot arise.
 */
interface Trap {
  number: number
  files: string[]
  proof: string
}

const traps = readTraps()

function readTraps(): Trap[] {
  const lines = readFileSync(join(docs, 'traps.md'), 'utf8').split('\n')
  return lines.flatMap((line) => {
    const [number, , , proof] = /^\| C(\d+) \|([^|]+)\|([^|]+)\|([^|]+)\|$/.exec(line)?.slice(1) ?? []
    if (number === undefined || proof === undefined) return []
    const files = [...proof.matchAll(/\]\(([^)]+)\)/g)].map((match) => match[1] ?? '')
    return [{ number: Number(number), files, proof: proof.trim() }]
  })
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

test('every trap has one line, in order', () => {
  assert.deepEqual(
    traps.map(({ number }) => number),
    EXPECTED,
  )
})

test('every line names a test, or states why the trap cannot arise', () => {
  const bare = traps.filter(({ files, proof }) => files.length === 0 && !/^cannot arise: .{20,}/.test(proof))
  assert.deepEqual(bare, [])
})

test('every file that a line names exists and has a test of that number', () => {
  const faults = traps.flatMap(({ number, files }) =>
    files.filter((file) => !numbersTested(join(docs, file)).has(number)).map((file) => `C${number}: not in ${file}`),
  )
  assert.deepEqual(faults, [])
})

/**
 * The numbers before the colon in the names of a file's tests: `C9, C10: the reward of a card …`.
 */
function numbersTested(path: string): Set<number> {
  if (!existsSync(path)) return new Set()
  const names = [...readFileSync(path, 'utf8').matchAll(/\b(?:test|describe)\(\s*['"`]([^:'"`]+):/g)]
  return new Set(names.flatMap((name) => [...(name[1] ?? '').matchAll(/\bC(\d+)\b/g)].map((found) => Number(found[1]))))
}
