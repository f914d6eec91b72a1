// The files of the embedded server: the first process to start creates them once. Also what is
// stored about them.
import { randomBytes } from 'node:crypto'
import { chown, mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EmbeddedFailure } from '../errors.ts'
import type { Postgres } from './postgres.ts'

export interface Cluster {
  readonly postgres: Postgres
  /** Absolute, without symbolic links. */
  readonly directory: string
  readonly durable: boolean
  readonly user: string
  readonly password: string
  /** Where it listened last. */
  readonly port?: number
}

/**
 * Finds the cluster of a data directory, or creates it. Of several processes that create it at once
 * one wins, for all.
 */
export async function ensureCluster(postgres: Postgres, dataDir: string, durable: boolean): Promise<Cluster> {
  const directory = join(await realpath(dataDir), 'postgres')
  if (!(await exists(directory))) {
    await create(postgres, dataDir, directory, durable).catch(async (error: unknown) => {
      if (!(await exists(directory))) throw error
    })
  }
  await removeUnfinished(dataDir)
  await refuseOtherVersions(postgres, directory)
  const { password, port } = JSON.parse(await readFile(join(directory, SETTINGS), 'utf8'))
  return { postgres, directory, durable, user: USER, password, port }
}

/** So that the next start finds the server's address unchanged. */
export async function rememberPort(
  { postgres, directory, password, port: known }: Cluster,
  port: number,
): Promise<void> {
  if (port !== known) await saveSettings(postgres, directory, { password, port })
}

const USER = 'loyapro'
const SETTINGS = 'loyapro.json'

async function create(postgres: Postgres, dataDir: string, directory: string, durable: boolean): Promise<void> {
  const draft = await mkdtemp(join(dataDir, UNFINISHED))
  try {
    const password = randomBytes(24).toString('base64url')
    const cluster = join(draft, 'cluster')
    await writePrivate(postgres, join(draft, 'password'), password)
    if (postgres.owner) await chown(draft, postgres.owner.uid, postgres.owner.gid)
    await postgres.initialise([
      '-D',
      cluster,
      '-U',
      USER,
      `--pwfile=${join(draft, 'password')}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // Sorts by code point, the same on every machine and in every release of its libraries.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
      ...(durable ? [] : ['--no-sync']),
    ])
    await mkdir(join(cluster, 'log'), { mode: 0o700 })
    if (postgres.owner) await chown(join(cluster, 'log'), postgres.owner.uid, postgres.owner.gid)
    await saveSettings(postgres, cluster, { password })
    await rename(cluster, directory)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

const UNFINISHED = 'postgres.new-'

/** A LoyaPro that was killed while it created the cluster left its draft behind. */
async function removeUnfinished(dataDir: string): Promise<void> {
  const drafts = (await readdir(dataDir)).filter((name) => name.startsWith(UNFINISHED))
  await Promise.allSettled(drafts.map((name) => rm(join(dataDir, name), { recursive: true, force: true })))
}

async function refuseOtherVersions(postgres: Postgres, directory: string): Promise<void> {
  const version = (await readFile(join(directory, 'PG_VERSION'), 'utf8')).trim()
  if (version === postgres.majorVersion) return
  throw new EmbeddedFailure(
    `${directory} was created by PostgreSQL ${version}, but this version of LoyaPro includes PostgreSQL ${postgres.majorVersion}. ` +
      `Start the LoyaPro version that created it, or set DATABASE_URL to a server (PostgreSQL ${version} or later) with its data.`,
  )
}

async function saveSettings(
  postgres: Postgres,
  directory: string,
  settings: { password: string; port?: number },
): Promise<void> {
  const file = join(directory, SETTINGS)
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  await writePrivate(postgres, draft, JSON.stringify(settings))
  await rename(draft, file)
}

async function writePrivate({ owner }: Postgres, file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600 })
  if (owner) await chown(file, owner.uid, owner.gid)
}

function exists(directory: string): Promise<boolean> {
  return readFile(join(directory, 'PG_VERSION')).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false
      if (error.code !== 'EACCES') throw error
      throw new EmbeddedFailure(`${directory} belongs to another user: start LoyaPro as that user or as root`)
    },
  )
}
