// Runs the commands of a guide in docs/recipes in order, and compares each answer with the documented one.
//
// What counts in a recipe:
// - A fenced block marked `sh` is run by bash; it must succeed. What it exports, and its functions, are there in the next
//   block. `npx loyapro` is the command line of this checkout. Blocks marked otherwise (`text`, `env`) are for the reader alone.
// - A block marked `json` right after it is what it prints: every member shown must be there with this value, and others may be.
//   "…" stands for any value.
// - A comment `<!-- then: name -->` calls the step of that name, for what a reader waits for: a minute that passes.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Kitchen {
  /** What the reader has set before the first command. */
  env: Record<string, string>
  /** By the names in `<!-- then: name -->`. */
  steps?: Record<string, () => Promise<unknown>>
}

const ROOT = join(import.meta.dirname, '../..')

/**
 * Throws at the first command that fails or answers otherwise; gives the number of commands that
 * were run.
 */
export async function runRecipe(name: string, { env, steps = {} }: Kitchen): Promise<number> {
  const parts = partsOf(await readFile(join(ROOT, 'docs/recipes', `${name}.md`), 'utf8'))
  const place = await mkdtemp(join(tmpdir(), 'loyapro-recipe-'))
  let commands = 0
  let printed: string | null = null
  try {
    await writeFile(join(place, 'npx'), `#!/bin/sh\nshift\nexec "${process.execPath}" "${ROOT}/src/cli.ts" "$@"\n`)
    await chmod(join(place, 'npx'), 0o755)
    await writeFile(join(place, 'exports'), '')
    for (const { kind, text } of parts) {
      if (kind === 'sh') {
        printed = await runBlock(place, text, env)
        commands += 1
      } else if (kind === 'json') {
        assert(printed !== null, `this answer follows no command:\n${text}`)
        assertShown(JSON.parse(printed), JSON.parse(text), '')
        printed = null
      } else {
        const step = steps[text]
        assert(step, `the test knows no step "${text}"`)
        await step()
      }
    }
    return commands
  } finally {
    await rm(place, { recursive: true })
  }
}

interface Part {
  kind: 'sh' | 'json' | 'then'
  text: string
}

function partsOf(markdown: string): Part[] {
  const found = markdown.matchAll(/^```(sh|json)\n(.*?)^```$|^<!-- then: ([\w-]+) -->$/gms)
  return [...found].map(([, kind, text = '', step]) =>
    step === undefined ? { kind: kind as 'sh' | 'json', text } : { kind: 'then', text: step },
  )
}

function runBlock(place: string, text: string, env: Record<string, string>): Promise<string> {
  const script = `set -euo pipefail\n. "${place}/exports"\n${text}\n{ export -p; declare -f; } > "${place}/exports"\n`
  const child = spawn('bash', ['-c', script], {
    cwd: ROOT,
    env: { ...env, PATH: `${place}:${process.env.PATH}` },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve(out) : reject(new Error(`this command failed (${code}):\n${text}\n${err}${out}`)),
    )
  })
}

function assertShown(actual: unknown, shown: unknown, at: string): void {
  if (shown === '…') return
  if (Array.isArray(shown)) {
    assert(Array.isArray(actual), `${at} is no list`)
    for (const [index, item] of shown.entries()) assertShown(actual[index], item, `${at}/${index}`)
  } else if (typeof shown === 'object' && shown !== null) {
    assert(typeof actual === 'object' && actual !== null, `${at} is no object: ${JSON.stringify(actual)}`)
    for (const [key, value] of Object.entries(shown)) assertShown(Reflect.get(actual, key), value, `${at}/${key}`)
  } else assert.deepEqual(actual, shown, at)
}
