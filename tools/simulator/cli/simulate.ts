// loyapro simulate: simulated days of sales against any LoyaPro, after which every balance is
// compared with a model.
import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { type Command, defineCommand, Refused, type Tools, UsageError, type Values } from '../../../src/cli/command.ts'
import { choiceOption } from '../../../src/cli/values.ts'
import { endOnSignals } from '../../harness/signals.ts'
import { ApiTrouble } from '../compare/api.ts'
import { asData, asLines, isClean, type Summary } from '../compare/summary.ts'
import type { GivenBusiness, RunOptions } from '../options.ts'
import { runOnBusiness, runOnHost, Uncheckable } from '../run.ts'
import { POS_NAMES } from '../world/pos-names.ts'
import { withOwnLoyaPro } from './own-loyapro.ts'

const OPTIONS = {
  self: { type: 'boolean', help: 'Start a temporary LoyaPro for this run and verify it at the end.' },
  seed: { type: 'string', help: 'Seed for the generated data; the same seed gives the same data. Default: 1.' },
  days: { type: 'string', help: 'Number of simulated days. Default: 14.' },
  deliveries: { type: 'string', help: 'Number of deliveries, including repetitions. Default: 2000.' },
  orders: { type: 'string', help: 'Number of orders (sales and returns), instead of --deliveries.' },
  'fault-level': {
    type: 'string',
    help: 'none, some or full: amount of repetitions, delays, broken connections and mistakes. Default: some.',
  },
  hostility: { type: 'string', help: 'Earlier name of --fault-level.' },
  concurrency: { type: 'string', help: 'Number of concurrent requests. Default: 32.' },
  speed: { type: 'string', help: 'Simulated seconds per real second. Default: as fast as possible.' },
  patient: { type: 'boolean', help: 'Wait one minute for codes to expire. Always on from 20,000 deliveries.' },
  url: { type: 'string', help: 'URL of the LoyaPro to test. Default: the one in demo.json.' },
  demo: { type: 'string', help: 'Path of the demo.json with URL and keys. Default: the one in the data directory.' },
  pos: { type: 'string', help: 'Name of the POS, as in its webhook URL.' },
  adapter: {
    type: 'string',
    help: `Adapter for its orders: ${POS_NAMES.join(' or ')}. Default: the name of the POS, else standard.`,
  },
  token: { type: 'string', help: 'Token of the POS.' },
  reference: { type: 'string', help: 'Reference of the business in the POS.' },
  'api-key': { type: 'string', help: 'API key of the business.' },
} as const

const simulate = defineCommand({
  name: 'simulate',
  summary: 'Simulate days of sales against a LoyaPro and check every balance against a model.',
  options: OPTIONS,
  async run(values, tools) {
    using interruption = endOnSignals()
    try {
      const summary = await play(
        values,
        { ...readOptions(values), signal: interruption.signal, screen: tools.screen },
        tools,
      )
      return { lines: asLines(summary), data: asData(summary), failed: !isClean(summary) }
    } catch (error) {
      if (interruption.signal.aborted) throw new Refused('interrupted')
      if (error instanceof ApiTrouble || error instanceof Uncheckable || isUnreachable(error))
        throw new Refused(error.message)
      throw error
    }
  },
})

async function play(values: Values<typeof OPTIONS>, options: RunOptions, tools: Tools): Promise<Summary> {
  if (!values.self) return runOnBusiness(await readBusiness(values, tools), options)
  if (values.url !== undefined) throw new UsageError('use either --self or --url')
  options.screen.write('starting a temporary LoyaPro\n')
  return withOwnLoyaPro(options.signal, async (own) => {
    const summary = await runOnHost(own, options)
    options.screen.write('verifying every balance against the ledger\n')
    return { ...summary, unproven: await own.prove() }
  })
}

function readOptions(values: Values<typeof OPTIONS>): Omit<RunOptions, 'signal' | 'screen'> {
  const size = readSize(values)
  return {
    seed: values.seed ?? '1',
    days: wholeOption('days', values.days, 14, 366),
    size,
    waitUntil: values.patient === true || size.count >= LARGE ? waitUntil : null,
    faultLevel: readFaultLevel(values),
    concurrency: wholeOption('concurrency', values.concurrency, 32, 1000),
    patienceMs: 30_000,
    speed: values.speed === undefined ? null : wholeOption('speed', values.speed, 1, 1_000_000_000),
  }
}

function readFaultLevel({ 'fault-level': level, hostility }: Values<typeof OPTIONS>): RunOptions['faultLevel'] {
  if (level !== undefined && hostility !== undefined) throw new UsageError('use either --fault-level or --hostility')
  const name = hostility === undefined ? 'fault-level' : 'hostility'
  return choiceOption(name, level ?? hostility ?? 'some', ['none', 'some', 'full'])
}

function readSize({ deliveries, orders }: Values<typeof OPTIONS>): RunOptions['size'] {
  if (deliveries !== undefined && orders !== undefined) throw new UsageError('use either --deliveries or --orders')
  if (orders !== undefined) return { of: 'orders', count: wholeOption('orders', orders, 1, MOST) }
  return { of: 'deliveries', count: wholeOption('deliveries', deliveries, 2000, MOST) }
}

/** A run of some minutes can take one more. */
const LARGE = 20_000

async function waitUntil(instant: number, signal: AbortSignal): Promise<void> {
  await delay(Math.max(0, instant - Date.now()), undefined, { signal })
}

/** A world is held in memory. */
const MOST = 10_000_000

function wholeOption(option: string, text: string | undefined, fallback: number, most: number): number {
  if (text === undefined) return fallback
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= 1 && number <= most) return number
  throw new UsageError(`--${option} must be a whole number from 1 to ${most}: ${text}`)
}

/** Options take precedence over demo.json, which is read only when one is missing. */
async function readBusiness(values: Values<typeof OPTIONS>, tools: Tools): Promise<GivenBusiness> {
  const { url, pos, token, reference, 'api-key': apiKey } = values
  const given = { base_url: url, pos_name: pos, pos_token: token, business_reference: reference, api_key: apiKey }
  const isWhole = Object.values(given).every((value) => value !== undefined)
  const demo = isWhole ? {} : await readDemo(values.demo ?? `${(await tools.loadConfig()).dataDir}/demo.json`)
  const found = (key: keyof typeof given): string => {
    const value = given[key] ?? demo[key]
    if (typeof value === 'string') return value
    throw new UsageError('choose a target: --self, --demo, or --url with --pos, --token, --reference and --api-key')
  }
  const name = found('pos_name')
  const adapter = choiceOption(
    'adapter',
    values.adapter ?? POS_NAMES.find((known) => known === name) ?? 'standard',
    POS_NAMES,
  )
  const tokens = { adapter, name, token: found('pos_token') }
  return { url: found('base_url'), pos: tokens, reference: found('business_reference'), apiKey: found('api_key') }
}

async function readDemo(path: string): Promise<Record<string, unknown>> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    throw new Refused(
      `${path} could not be read: start LoyaPro once (npm start), or say --self, or all of --url, --pos, --token, --reference, --api-key`,
    )
  }
}

function isUnreachable(error: unknown): error is Error {
  return (
    error instanceof Error &&
    'code' in error &&
    ['ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET'].includes(String(error.code))
  )
}

export const simulateCommands: readonly Command[] = [simulate]
