// The embedded server as a process: starting it on its files, telling whether one runs, shutting it
// down.
import { open, readFile, readlink, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Cluster } from './cluster.ts'

/**
 * A server that runs. Its socket is in its own folder; null where it has none there, and as long as
 * it is not ready.
 */
export interface Postmaster {
  pid: number
  port: number
  socket: string | null
  /**
   * Whether it accepts connections. Before that, the port may be open while the pid file does not
   * name the socket yet.
   */
  ready: boolean
}

/** The running server of a cluster, according to its pid file; undefined when there is none. */
export async function readPostmaster({ directory }: Pick<Cluster, 'directory'>): Promise<Postmaster | undefined> {
  const file = join(directory, 'postmaster.pid')
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n')
  // Source: https://www.postgresql.org/docs/current/storage-file-layout.html (postmaster.pid: pid,
  // directory, start, port, socket, address, memory); the eighth line is its state, written last:
  // https://github.com/postgres/postgres/blob/master/src/include/utils/pidfile.h
  const [pid, port] = [Number(lines[0]), Number(lines[3])]
  if (!pid || !port || !isAlive(pid)) return undefined
  if (await worksIn(pid, directory)) {
    return { pid, port, socket: lines[4] === directory ? directory : null, ready: lines[7]?.trim() === 'ready' }
  }
  // After a reboot the pid may be another program's. PostgreSQL would not start beside it.
  await rm(file, { force: true })
  return undefined
}

/**
 * Starts a server in a session of its own, so that Ctrl-C in the terminal reaches LoyaPro alone,
 * which then stops the server when its own work is done. Whether it came up shows in
 * readPostmaster.
 */
export async function launch(cluster: Cluster, port: number): Promise<{ running(): boolean }> {
  const { postgres, directory, durable } = cluster
  await rm(startLog(cluster), { force: true })
  const log = await open(startLog(cluster), 'w', 0o600)
  const settings = {
    ...SERVER_SETTINGS,
    unix_socket_directories: socketOf(cluster),
    port,
    ...(durable ? DURABLE : HASTY),
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = postgres.start(['-D', directory, ...flags], log.fd)
  await log.close()
  return { running: () => child.exitCode === null && child.signalCode === null }
}

/**
 * A socket in the server's own folder, which nobody else may enter: it costs both sides less than
 * TCP. Empty where the system has none, or would not take the path: 104 bytes with the file's name,
 * the least of all systems.
 */
function socketOf({ directory }: Cluster): string {
  const fits = /^[\w./-]+$/.test(directory) && directory.length + '/.s.PGSQL.65535'.length < 104
  return process.platform !== 'win32' && fits ? directory : ''
}

/** What the server last said before it had its own log. */
export function readStartLog(cluster: Cluster): Promise<string> {
  return readFile(startLog(cluster), 'utf8').catch(() => '')
}

/** Ends all connections and waits until the server is gone. */
export async function shutDown(cluster: Cluster): Promise<void> {
  const running = await readPostmaster(cluster)
  if (!running) return
  process.kill(running.pid, 'SIGINT')
  while ((await readPostmaster(cluster))?.pid === running.pid) await delay(10)
}

/** The preferred port when it is free, else any free one. */
export async function choosePort(preferred = 0): Promise<number> {
  return (await tryPort(preferred)) ?? (await tryPort(0)) ?? choosePort()
}

const SERVER_SETTINGS = {
  listen_addresses: '127.0.0.1',
  // Up to 18 for each of five processes, and some for people who connect by hand.
  max_connections: 100,
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // One file a weekday, written over a week later.
  logging_collector: 'on',
  log_directory: 'log',
  log_filename: 'postgres-%a.log',
  log_rotation_age: '1d',
  log_rotation_size: 0,
  log_truncate_on_rotation: 'on',
  log_checkpoints: 'off',
}
const DURABLE = {
  shared_buffers: `${sharedMegabytes(totalmem(), process.constrainedMemory())}MB`,
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  // The first change of a page after a checkpoint writes the whole page: fewer checkpoints.
  // Recovery after a crash reads at most this much; on the disk it is there only where there is
  // load. The pages are not compressed: this PostgreSQL knows only pglz, which needs a fifth of the
  // time of an order beside a million others, and makes little less of pages full of ids.
  checkpoint_timeout: '15min',
  max_wal_size: '2GB',
  // It tidies up in the background of a machine that it shares with LoyaPro: a tenth of a core at a
  // time, not half of one.
  autovacuum_vacuum_cost_delay: '10ms',
}
const HASTY = {
  shared_buffers: '128MB',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: 0,
  // Several test files at once, each with several pools.
  max_connections: 200,
  // Tests of deadlocks wait for the server to find them.
  deadlock_timeout: '50ms',
}

/**
 * What PostgreSQL may keep of its files in memory, of which it takes only what it needs: an eighth
 * of the machine, or of what this process may use of it, from 128 MB to 2 GB. Beside a million
 * others an order touches six pages that nobody has touched lately.
 */
export function sharedMegabytes(machine: number, allowed: number): number {
  const bytes = allowed > 0 ? Math.min(machine, allowed) : machine
  return Math.min(2048, Math.max(128, Math.floor(bytes / 8 / 2 ** 20)))
}

function startLog({ directory }: Cluster): string {
  return join(directory, 'log', 'start.log')
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Where the system does not tell, or not us, the pid file is believed. */
async function worksIn(pid: number, directory: string): Promise<boolean> {
  if (process.platform !== 'linux') return true
  return readlink(`/proc/${pid}/cwd`).then(
    (place) => place === directory,
    (error: NodeJS.ErrnoException) => error.code === 'EACCES',
  )
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(undefined))
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
    })
  })
}
