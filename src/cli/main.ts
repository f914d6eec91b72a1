// The command line: finds the command, runs it, and prints its report to standard output or its
// error to standard error.
import { SealBroken } from '../businesses/seal.ts'
import { DatabaseUnavailable, EmbeddedFailure, sqlState } from '../db/errors.ts'
import { MigrationError } from '../db/migrate.ts'
import { systemClock } from '../kernel/clock.ts'
import { ConfigError, loadConfig } from '../server/config.ts'
import { createLog } from '../server/log.ts'
import { openRuntime } from '../server/runtime.ts'
import { businessCommands } from './business.ts'
import { type Command, helpOf, Refused, type Report, type Tools, UsageError } from './command.ts'
import { connectionCommands } from './connections.ts'
import { deliveryCommands } from './deliveries.ts'
import { erasureCommands } from './erasures.ts'
import { posAccountCommands } from './installations.ts'
import { keyCommands } from './keys.ts'
import { posCommands } from './pos.ts'
import { reportCommands } from './reports.ts'
import { serverCommands } from './server.ts'
import { staffCommands } from './staff.ts'

export interface Surroundings {
  env: NodeJS.ProcessEnv
  stdout(text: string): void
  stderr(text: string): void
  /** Whether standard error is a terminal. Default: false. */
  isTerminal?: boolean
}

/**
 * Returns the exit code: 0 done, 1 refused or problems found, 2 wrong usage. Throws unexpected
 * errors only. `more`: additional commands, such as those of the tools.
 */
export async function main(
  argv: readonly string[],
  around: Surroundings,
  more: readonly Command[] = [],
): Promise<number> {
  const commands = [...COMMANDS, ...more]
  const json = argv.includes('--json')
  const words = argv.filter((word) => word !== '--json')
  const command = findCommand(commands, words)
  if (!command) return answerWithoutCommand(commands, words, around)
  const args = words.slice(command.name.split(' ').length)
  if (args.includes('--help') || args.includes('-h')) {
    around.stdout(helpOf(command))
    return 0
  }
  try {
    const report = await command.run(args, toolsIn(around))
    if (report) around.stdout(json ? `${JSON.stringify(report.data, null, 2)}\n` : asText(report))
    return report?.failed ? 1 : 0
  } catch (error) {
    const message = messageFor(error)
    if (message === null) throw error
    around.stderr(`loyapro ${command.name}: ${message}\n`)
    if (error instanceof UsageError) around.stderr(`See: loyapro ${command.name} --help\n`)
    return error instanceof UsageError ? 2 : 1
  }
}

const COMMANDS: readonly Command[] = [
  ...serverCommands,
  ...reportCommands,
  ...businessCommands,
  ...posCommands,
  ...posAccountCommands,
  ...connectionCommands,
  ...keyCommands,
  ...staffCommands,
  ...deliveryCommands,
  ...erasureCommands,
]

function findCommand(commands: readonly Command[], words: readonly string[]): Command | undefined {
  return commands.find(({ name }) => name === words.slice(0, name.split(' ').length).join(' '))
}

function answerWithoutCommand(
  commands: readonly Command[],
  words: readonly string[],
  { stdout, stderr }: Surroundings,
): number {
  const isHelp = words.length === 0 || ['help', '--help', '-h'].includes(words[0] ?? '')
  if (isHelp) stdout(overview(commands))
  else stderr(`loyapro: unknown command "${words.join(' ')}"\n\n${overview(commands)}`)
  return isHelp ? 0 : 2
}

function overview(commands: readonly Command[]): string {
  const rows = commands.map(({ name, summary }) => `  ${name.padEnd(20)} ${summary}`)
  return [
    'Usage: loyapro <command> [options]',
    '',
    ...rows,
    '',
    'Run "loyapro <command> --help" for the options of a command.',
    '',
  ].join('\n')
}

function asText({ lines }: Report): string {
  return lines.map((line) => `${line}\n`).join('')
}

function toolsIn({ env, stderr, isTerminal = false }: Surroundings): Tools {
  return {
    env,
    screen: { write: stderr, isTerminal },
    loadConfig: () => loadConfig(env),
    async open(work) {
      const config = await loadConfig(env)
      const log = createLog({ level: 'warn', readable: true, destination: { write: stderr }, clock: systemClock })
      const { ctx, close } = await openRuntime(config, log)
      try {
        return await work(ctx)
      } finally {
        await close()
      }
    },
  }
}

/** Null for an unexpected error. */
function messageFor(error: unknown): string | null {
  if (sqlState(error) === UNDEFINED_TABLE) return 'the database has no schema: run `loyapro migrate` first'
  if (error instanceof DatabaseUnavailable)
    return `${error.message}; check DATABASE_URL and that the database server is running`
  const known = [Refused, UsageError, ConfigError, EmbeddedFailure, MigrationError, SealBroken]
  return error instanceof Error && known.some((kind) => error instanceof kind) ? error.message : null
}

const UNDEFINED_TABLE = '42P01'
