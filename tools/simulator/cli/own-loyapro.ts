// A LoyaPro of the simulator's own: its database in a scratch folder, its server a process of its
// own, nothing left behind.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SCOPES } from '../../../contract/scopes.ts'
import { proveBusiness } from '../../../src/audit/verify.ts'
import { createApiKey } from '../../../src/businesses/api-keys.ts'
import { createBusiness, listBusinesses } from '../../../src/businesses/businesses.ts'
import { connect } from '../../../src/businesses/connections.ts'
import { addPosSecret, registerPos } from '../../../src/businesses/pos-systems.ts'
import { issuePosToken } from '../../../src/businesses/pos-tokens.ts'
import { Refused } from '../../../src/cli/command.ts'
import { migrate } from '../../../src/db/migrate.ts'
import { ensurePartitions } from '../../../src/db/partitions.ts'
import { assert } from '../../../src/kernel/assert.ts'
import { systemClock } from '../../../src/kernel/clock.ts'
import { inWords } from '../../../src/ledger/verify.ts'
import { loadConfig } from '../../../src/server/config.ts'
import type { AppContext } from '../../../src/server/context.ts'
import { createLog } from '../../../src/server/log.ts'
import { openRuntime } from '../../../src/server/runtime.ts'
import type { Host } from '../options.ts'

export interface OwnLoyaPro extends Host {
  /** Stops the server, and derives every balance again: what differs, in words. */
  prove(): Promise<string[]>
}

/**
 * Works with a LoyaPro that ends with the work, whatever becomes of it; `env` is that of this
 * process, of which only where to find things is passed on. Throws Refused when the server does not
 * come up.
 */
export async function withOwnLoyaPro<T>(
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
  work: (own: OwnLoyaPro) => Promise<T>,
): Promise<T> {
  await using stack = new AsyncDisposableStack()
  const dataDir = await mkdtemp(join(tmpdir(), 'loyapro-simulate-'))
  stack.defer(() => rm(dataDir, { recursive: true, force: true, maxRetries: 10 }))
  const settings = { LOYAPRO_DATA_DIR: dataDir, PORT: '0', HOST: '127.0.0.1', LOYAPRO_LOG_LEVEL: 'error' }
  const config = await loadConfig(settings)
  const log = createLog({ level: 'error', readable: true, destination: process.stderr, clock: systemClock })
  const { ctx, close } = await openRuntime(config, log)
  stack.defer(close)
  await migrate(ctx.db)
  await ensurePartitions(ctx.db, ctx.clock.now())
  const tokens = { foodics: await setUpPos(ctx, 'foodics'), standard: await setUpPos(ctx, 'standard') }
  signal.throwIfAborted()
  const server = startServer({ PATH: env.PATH, HOME: env.HOME, TMPDIR: env.TMPDIR, ...settings })
  // Where this process ends at once, the server is told to end; it was the last at its PostgreSQL,
  // and stops that too.
  const abandon = () => void server.kill('SIGTERM')
  process.once('exit', abandon)
  stack.defer(async () => {
    await stopServer(server)
    process.removeListener('exit', abandon)
  })
  return await work({
    url: await addressOf(server),
    tokens,
    open: (shop) => openShop(ctx, shop),
    prove: async () => {
      await stopServer(server)
      return prove(ctx, await listBusinesses(ctx.db))
    },
  })
}

/** A POS, new or known, with a secret more and a token signed with it. */
export async function setUpPos(ctx: AppContext, adapter: string): Promise<{ name: string; token: string }> {
  await registerPos(ctx.db, { name: adapter, title: adapter, adapter }, ctx)
  await ctx.db.transaction((tx) => addPosSecret(tx, adapter, undefined, ctx))
  const issued = await issuePosToken(ctx.db, adapter, null, ctx)
  assert(issued.kind === 'issued', `no token for ${adapter}: ${issued.kind}`)
  return { name: adapter, token: issued.token }
}

/** The business of a shop, connected and empty, with an API key that may do everything. */
export async function openShop(
  ctx: AppContext,
  { name, nameAr, currency, zone, pos, reference }: Parameters<Host['open']>[0],
): Promise<{ apiKey: string }> {
  const input = { name, name_ar: nameAr, currency, timezone: zone, language: 'en' } as const
  const made = await ctx.db.transaction((tx) => createBusiness(tx, input, ctx))
  assert(made.kind === 'created', `${name} was refused: ${made.kind}`)
  const businessId = made.business.id
  const connected = await connect(ctx.db, { posName: pos, reference, businessId }, ctx.clock)
  assert(connected.kind === 'connected', `${name} could not be connected: ${connected.kind}`)
  const { secret } = await createApiKey(ctx.db, { businessId, name: 'Simulator', scopes: SCOPES, expiresAt: null }, ctx)
  return { apiKey: secret }
}

/** Everything that differs in these businesses, in words. */
export async function prove(
  { db }: AppContext,
  businesses: Awaited<ReturnType<typeof listBusinesses>>,
): Promise<string[]> {
  const found: string[] = []
  for (const { id, name } of businesses) {
    for (const difference of await proveBusiness(db, id)) found.push(`verify ${name}: ${inWords(difference)}`)
  }
  return found
}

function startServer(env: NodeJS.ProcessEnv): ChildProcess {
  const cli = fileURLToPath(new URL('../../../src/cli.ts', import.meta.url))
  return spawn(process.execPath, [cli, 'start', '--no-demo'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** The first thing that a server says is where it is. */
function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const hear = (chunk: Buffer) => {
      // Who listens no longer must still read, or the server would wait for it.
      if (said.length < 100_000) said += chunk.toString()
      const url = /running at (http:\S+)/.exec(said)?.[1]
      if (url !== undefined) resolve(url)
    }
    server.stdout?.on('data', hear)
    server.stderr?.on('data', hear)
    server.once('error', reject)
    server.once('exit', (code) => reject(new Refused(`the temporary LoyaPro exited with code ${code}:\n${said}`)))
  })
}

/** A server that answers what it accepted takes a moment; one that hangs is killed. */
async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null || server.pid === undefined) return
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  server.kill('SIGTERM')
  const late = setTimeout(() => server.kill('SIGKILL'), 20_000)
  await ended
  clearTimeout(late)
}
