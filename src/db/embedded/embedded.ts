// The PostgreSQL that LoyaPro brings along: started when nobody runs it, shared when somebody does,
// stopped by the last to leave.
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { EmbeddedFailure, sqlState } from '../errors.ts'
import { type Cluster, ensureCluster, rememberPort } from './cluster.ts'
import { findPostgres } from './postgres.ts'
import { choosePort, launch, type Postmaster, readPostmaster, readStartLog, shutDown } from './process.ts'

export interface EmbeddedServer {
  /**
   * Of the database `loyapro`, password included. It stays the same until `stop`, even when the
   * server has to be restarted.
   */
  readonly url: string
  /** Leaves the server, and shuts it down when no other LoyaPro uses it. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** The server's files go to `<dataDir>/postgres`; the directory is created when it is missing. */
  dataDir: string
  /**
   * Where a server that is started listens, on 127.0.0.1; without it the port of last time, else
   * any free one.
   */
  port?: number
  /** False gives up safety against power failure for speed: for tests only. */
  durable?: boolean
  /** Told when the server was lost, each time that it is looked for again. */
  onError?: (error: unknown) => void
}

/**
 * Starts the server of a data directory, or joins the one that runs there already: a second
 * LoyaPro's, or one that a killed LoyaPro left behind. Throws EmbeddedFailure where PostgreSQL
 * cannot run.
 *
 * Each process holds a connection with a shared advisory lock on the server. A process that stops
 * tries to take the lock exclusively; if it succeeds, it is the last one and shuts the server down,
 * while new processes wait for the lock. A killed process loses its lock with its connection, so
 * nothing on disk can be stale. (LoyaPro uses no advisory locks for its data, which may be spread
 * over several servers; this lock is about this server only.)
 */
export async function startEmbedded({
  dataDir,
  port,
  durable = true,
  onError,
}: EmbeddedOptions): Promise<EmbeddedServer> {
  const cluster = await ensureCluster(await findPostgres(dataDir), dataDir, durable)
  const first = await takeSeat(cluster, port)
  let leaving = false

  const keep = (taken: Seat) => {
    taken.client.once('end', () => {
      if (!leaving) seat = takeAgain()
    })
    return taken
  }
  /** The server crashed or was ended by somebody: it comes back under the same address. */
  const takeAgain = async () => {
    while (!leaving) {
      onError?.(new EmbeddedFailure('the embedded PostgreSQL stopped; restarting it'))
      try {
        return keep(await takeSeat(cluster, first.port))
      } catch (error) {
        onError?.(error)
        await delay(1_000)
      }
    }
    return undefined
  }

  let seat: Promise<Seat | undefined> = Promise.resolve(keep(first))
  let left: Promise<void> | undefined
  const leave = async () => {
    leaving = true
    const held = await seat
    if (held) await leaveSeat(cluster, held)
  }
  return {
    url: urlOf(cluster, first, DATABASE),
    stop: () => {
      left ??= leave()
      return left
    },
  }
}

interface Seat {
  client: pg.Client
  port: number
  socket: string | null
}

const DATABASE = 'loyapro'
const SEAT = `hashtextextended('loyapro seat', 0)`
const PATIENCE_MS = 60_000

async function takeSeat(cluster: Cluster, port?: number): Promise<Seat> {
  const deadline = Date.now() + PATIENCE_MS
  let starts = 0
  let child: Awaited<ReturnType<typeof launch>> | undefined
  while (Date.now() < deadline) {
    const running = await readPostmaster(cluster)
    const seat = running?.ready && (await sitDown(cluster, running))
    if (seat) {
      await rememberPort(cluster, seat.port)
      return seat
    }
    // A start fails when another process was quicker to take the directory or the port: then look
    // again, thrice at most.
    if (!running && !child?.running()) {
      if (starts++ === 3) break
      child = await launch(cluster, port ?? (await choosePort(starts === 1 ? cluster.port : undefined)))
    }
    await delay(20)
  }
  throw new EmbeddedFailure(
    `the embedded PostgreSQL did not start; its logs are in ${cluster.directory}/log. ` +
      `Set DATABASE_URL to use a server of your own.\n${await readStartLog(cluster)}`,
  )
}

/** Undefined when the server does not let us in yet, or goes away meanwhile. */
async function sitDown(cluster: Cluster, { port, socket }: Postmaster): Promise<Seat | undefined> {
  const connectionString = urlOf(cluster, { port, socket }, 'postgres')
  const client = new pg.Client({ connectionString, application_name: 'loyapro seat' })
  // The end of the connection is watched by its holder; an error says nothing more.
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(`select pg_advisory_lock_shared(${SEAT})`)
    await ensureDatabase(client)
    return { client, port, socket }
  } catch (error) {
    await client.end().catch(() => {})
    if (sqlState(error) === '28P01') {
      throw new EmbeddedFailure(
        `the password in ${cluster.directory}/loyapro.json does not match the PostgreSQL on port ${port}`,
      )
    }
    return undefined
  }
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE])
  if (rowCount === 1) return
  await client.query(`create database ${DATABASE}`).catch((error: unknown) => {
    // Another LoyaPro created it at the same moment.
    if (!['42P04', '23505'].includes(sqlState(error) ?? '')) throw error
  })
}

async function leaveSeat(cluster: Cluster, { client }: Seat): Promise<void> {
  let last = false
  try {
    await client.query(`select pg_advisory_unlock_shared(${SEAT})`)
    // The server takes a moment to notice that a killed process has lost its connection.
    for (let attempt = 0; attempt < 10 && !last; attempt++) {
      if (attempt > 0) await delay(30)
      const { rows } = await client.query<{ alone: boolean }>(`select pg_try_advisory_lock(${SEAT}) as alone`)
      last = rows[0]?.alone === true
    }
  } catch {
    // The connection was lost, so it is unknown whether other processes use the server: it keeps
    // running, and the next process to stop shuts it down.
  }
  if (last) await shutDown(cluster)
  await client.end().catch(() => {})
}

/** By the socket where there is one; without the query it is the address for TCP. */
function urlOf(
  { user, password }: Cluster,
  { port, socket }: Pick<Postmaster, 'port' | 'socket'>,
  database: string,
): string {
  const by = socket === null ? '' : `?host=${encodeURIComponent(socket)}`
  return `postgres://${user}:${password}@127.0.0.1:${port}/${database}${by}`
}
