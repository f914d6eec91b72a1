// bin/loyapro.mjs passes arguments and signals to LoyaPro, and its output and exit code back.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { testDatabase } from '../support/database.ts'

const LAUNCHER = fileURLToPath(new URL('../../bin/loyapro.mjs', import.meta.url))

const WAYS = {
  'in its own process': [],
  // An older Node.js has no `process.execve`.
  'in a child process': ['--import', 'data:text/javascript,delete process.execve'],
}

for (const [way, flags] of Object.entries(WAYS)) {
  test(`${way}: arguments, output and exit code pass through, from any directory`, () => {
    const loyapro = (...args: string[]) =>
      spawnSync(process.execPath, [...flags, LAUNCHER, ...args], { cwd: tmpdir(), encoding: 'utf8' })
    const help = loyapro('--help')
    assert.equal(help.status, 0)
    assert.match(help.stdout, /^Usage: loyapro <command>/)
    const nonsense = loyapro('make coffee')
    assert.equal(nonsense.status, 2)
    assert.match(nonsense.stderr, /^loyapro: unknown command "make coffee"/)
  })

  test(`${way}: SIGTERM stops the server cleanly`, async (t) => {
    const { url: databaseUrl } = await testDatabase(t)
    const dataDir = await mkdtemp(join(tmpdir(), 'loyapro-launcher-'))
    t.after(() => rm(dataDir, { recursive: true }))
    const env = { PATH: process.env.PATH, DATABASE_URL: databaseUrl, LOYAPRO_DATA_DIR: dataDir, PORT: '0' }
    const child = spawn(process.execPath, [...flags, LAUNCHER, 'start'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    t.after(() => child.kill('SIGKILL'))
    const exited = once(child, 'exit')
    let output = ''
    for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
      output += chunk
      if (output.includes('Health')) break
    }
    const [, url] = /running at (\S+)/.exec(output) ?? []
    assert.equal((await fetch(`${url}/readyz`)).status, 200)
    child.kill('SIGTERM')
    assert.deepEqual(await exited, [0, null])
    await assert.rejects(fetch(`${url}/readyz`), 'no process listens any more')
  })
}
