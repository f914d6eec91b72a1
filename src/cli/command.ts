// The definition of a command: its name, its options with their help, and what it does.
import { parseArgs } from 'node:util'
import type { Actor } from '../../contract/actor.ts'
import type { Config } from '../server/config.ts'
import type { AppContext } from '../server/context.ts'

/** The actor of what the command line writes. */
export const CLI: Actor = 'system:cli'

export interface OptionSpec {
  type: 'string' | 'boolean'
  help: string
  required?: true
}

type Options = Record<string, OptionSpec>

type ValueOf<O extends OptionSpec> = O extends { type: 'boolean' }
  ? boolean
  : O extends { required: true }
    ? string
    : string | undefined

export type Values<O extends Options> = { [K in keyof O]: ValueOf<O[K]> }

/** What a command can use. */
export interface Tools {
  loadConfig(): Promise<Config>
  /** Opens the database while `work` runs. */
  open<T>(work: (ctx: AppContext) => Promise<T>): Promise<T>
  readonly env: NodeJS.ProcessEnv
  /** Where a long command shows its progress. */
  readonly screen: { write(text: string): void; isTerminal: boolean }
}

/** The result of a command: lines for people, and the same as data for `--json`. */
export interface Report {
  lines: readonly string[]
  data: unknown
  /** The command ran and found problems: the exit code is 1. */
  failed?: boolean
}

export interface Command {
  /** One or two words: `pos register`. */
  name: string
  summary: string
  options: Options
  /** Throws Refused or UsageError. Null when there is nothing to print. */
  run(args: readonly string[], tools: Tools): Promise<Report | null>
}

/** The command cannot be carried out: exit code 1. The message names the remedy. */
export class Refused extends Error {
  override name = 'Refused'
}

/** The command was called with wrong options: exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}

export function defineCommand<const O extends Options>(command: {
  name: string
  summary: string
  options: O
  run(values: Values<O>, tools: Tools): Promise<Report | null>
}): Command {
  return {
    ...command,
    run: (args, tools) => command.run(readValues(command.options, args), tools),
  }
}

export function helpOf({ name, summary, options }: Command): string {
  const rows = Object.entries(options).map(([option, { type, help, required }]) => {
    const left = `--${option}${type === 'string' ? ` <${option}>` : ''}`
    return `  ${left.padEnd(34)} ${help}${required ? ' (required)' : ''}`
  })
  const rest = [`  ${'--json'.padEnd(34)} Print JSON.`]
  return [`loyapro ${name}: ${summary}`, '', 'Options:', ...rows, ...rest, ''].join('\n')
}

/** Throws UsageError for an unknown option, a missing value or a missing option. */
function readValues<O extends Options>(options: O, args: readonly string[]): Values<O> {
  const given = parse(options, args)
  const values: Record<string, string | boolean | undefined> = {}
  for (const [name, spec] of Object.entries(options)) {
    const value = given[name]
    if (spec.type === 'boolean') values[name] = value === true
    else {
      if (spec.required && value === undefined) throw new UsageError(`missing required option --${name}: ${spec.help}`)
      values[name] = value
    }
  }
  // Each value has the type of its option; the compiler cannot infer it from the loop.
  return values as Values<O>
}

function parse(options: Options, args: readonly string[]): Record<string, string | boolean | undefined> {
  const types = Object.fromEntries(Object.entries(options).map(([name, { type }]) => [name, { type }]))
  try {
    return parseArgs({ args: [...args], options: types, strict: true, allowPositionals: false }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}
