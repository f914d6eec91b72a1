// bin/loyapro.mjs: what is typed goes to LoyaPro, and what LoyaPro ends with comes back.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const LAUNCHER = fileURLToPath(new URL('../../bin/loyapro.mjs', import.meta.url))

test('arguments, output and exit code pass through, from whatever directory', () => {
  const loyapro = (...args: string[]) =>
    spawnSync(process.execPath, [LAUNCHER, ...args], { cwd: tmpdir(), encoding: 'utf8' })
  const help = loyapro('--help')
  assert.equal(help.status, 0)
  assert.match(help.stdout, /^Usage: loyapro <command>/)
  const nonsense = loyapro('make coffee')
  assert.equal(nonsense.status, 2)
  assert.match(nonsense.stderr, /^loyapro: unknown command "make coffee"/)
})
