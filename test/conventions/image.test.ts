// The Docker image: LoyaPro runs from a folder that holds exactly what the Dockerfile copies.
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { testDatabase } from '../support/database.ts'

const ROOT = join(import.meta.dirname, '../..')
const dockerfile = await readFile(join(ROOT, 'Dockerfile'), 'utf8')
/** The instructions of the last stage. */
const stage = dockerfile.slice(dockerfile.lastIndexOf('FROM ')).replaceAll('\\\n', '').split('\n')
const copied = stage.filter((line) => /^COPY (?!--from)/.test(line)).map((line) => line.split(' ').slice(1))
const command: string[] = JSON.parse((stage.find((line) => line.startsWith('CMD ')) ?? '').slice('CMD '.length))

const image = await mkdtemp(join(tmpdir(), 'loyapro-image-'))
after(() => rm(image, { recursive: true, force: true }))
for (const [from = '', to = ''] of copied) {
  const target = to.endsWith('/') ? join(image, to, from) : join(image, to)
  await cp(join(ROOT, from), target, { recursive: true })
}
await linkPackages()

/** The packages that `npm ci --omit=dev --omit=optional` installs. */
async function linkPackages(): Promise<void> {
  const { packages } = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: true; optional?: true; devOptional?: true }>
  }
  const installed = Object.entries(packages).filter(
    ([path, one]) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) && !one.dev && !one.optional && !one.devOptional,
  )
  assert(installed.length > 50)
  for (const [path] of installed) {
    await mkdir(dirname(join(image, path)), { recursive: true })
    await symlink(join(ROOT, path), join(image, path))
  }
}

test('the Dockerfile copies no tool and no test, and nothing that .dockerignore leaves out', async () => {
  const ignored = (await readFile(join(ROOT, '.dockerignore'), 'utf8')).trim().split('\n')
  const sources = copied.map(([from]) => from ?? '')
  assert(sources.includes('src'))
  assert.deepEqual(
    sources.filter((source) => [...ignored, 'tools', 'test'].includes(source)),
    [],
  )
})

test('the image has the Node.js version that LoyaPro is tested with', async () => {
  const { devDependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'))
  const versions = [...dockerfile.matchAll(/^FROM node:(\d+)/gm)].map(([, major]) => major)
  assert.deepEqual(new Set(versions), new Set([devDependencies.node.split('.')[0]]))
})

test('the command line runs there', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['bin/loyapro.mjs', '--help'], { cwd: image })
  assert.match(stdout, /^Usage: loyapro <command>/)
  assert.doesNotMatch(stdout, /simulate/, 'commands of the tools are absent')
})

test('the server becomes ready there, and even with --demo creates no demo business, token or key', async (t) => {
  const { url: databaseUrl, db } = await testDatabase(t, { blank: true })
  const dataDir = join(image, 'data')
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    LOYAPRO_DATA_DIR: dataDir,
    PORT: '0',
  }
  const [, ...args] = command
  const child = spawn(process.execPath, [...args, '--demo'], { cwd: image, env, stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(() => child.kill('SIGKILL'))
  const exited = once(child, 'exit')
  let output = ''
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    output += chunk
    if (output.includes('Health')) break
  }
  const [, url] = /running at (\S+)/.exec(output) ?? []
  assert(url, output)
  while ((await fetch(`${url}/readyz`)).status !== 200) await delay(50)
  for (const table of ['businesses', 'api_keys', 'pos_systems', 'pos_secrets']) {
    assert.deepEqual(await db.query(`select * from ${table}`), [], table)
  }
  assert.deepEqual(await readdir(dataDir), ['secret.key'])
  child.kill('SIGTERM')
  assert.deepEqual(await exited, [0, null])
})
