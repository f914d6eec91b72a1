// The life of the serving process: starts it, says where it is, and ends it on a signal or when
// something is broken.
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { EmbeddedFailure } from '../db/errors.ts'
import { MigrationError } from '../db/migrate.ts'
import { systemClock } from '../kernel/clock.ts'
import { type Config, ConfigError } from './config.ts'
import { createLog, destinationOf } from './log.ts'
import { PortTaken, type Running, type StartOptions, start } from './start.ts'

/**
 * Resolves when LoyaPro serves. SIGINT and SIGTERM end the process with 0 after everything accepted
 * is answered; a second one ends it at once. What cannot start, and what breaks, ends it with 1.
 * Standard output is for people, standard error is the log.
 */
export async function run(load: () => Promise<Config>, options: StartOptions): Promise<void> {
  try {
    const config = await load()
    const log = createLog({
      level: config.logLevel,
      readable: process.stderr.isTTY === true,
      destination: destinationOf(process.stderr.fd),
      clock: systemClock,
    })
    endOnBrokenInvariants(log)
    const running = await start(config, log, options)
    stopOnSignals(running, log)
    process.stdout.write(welcome(running, config))
  } catch (error) {
    process.stderr.write(`${isForPeople(error) ? `LoyaPro did not start: ${error.message}` : describe(error)}\n`)
    process.exit(1)
  }
}

/**
 * Errors that the person who starts LoyaPro can mend: the message says how, and a stack would only
 * hide it.
 */
function isForPeople(error: unknown): error is Error {
  return [ConfigError, EmbeddedFailure, MigrationError, PortTaken].some((kind) => error instanceof kind)
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/**
 * In a terminal, Ctrl-C reaches the process twice at once: from the terminal, and passed on by npm.
 * That is one wish, not two.
 */
const ONE_WISH_MS = 500

function stopOnSignals(running: Running, log: Logger): void {
  let since: number | null = null
  const stop = async (signal: NodeJS.Signals) => {
    if (since !== null && performance.now() - since > ONE_WISH_MS) process.exit(1)
    if (since !== null) return
    since = performance.now()
    log.info({ signal }, 'stopping; send the signal again to stop immediately')
    try {
      await running.stop()
      log.info('stopped')
      process.exit(0)
    } catch (error) {
      log.fatal({ err: error }, 'could not shut down cleanly')
      process.exit(1)
    }
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

/**
 * After an error that nobody expected the state of the process cannot be trusted; what was accepted
 * is safe in the database.
 */
function endOnBrokenInvariants(log: Logger): void {
  const end = (error: unknown) => {
    log.fatal({ err: error }, 'stopped by an unexpected error')
    process.exit(1)
  }
  process.on('uncaughtException', end)
  process.on('unhandledRejection', end)
}

function welcome({ url, demo }: Running, { dataDir, metricsToken }: Config): string {
  const lines = [
    '',
    `LoyaPro is running at ${url}`,
    '',
    `  API reference   ${url}/docs`,
    `  Health          ${url}/readyz`,
    ...(metricsToken ? [`  Metrics         ${url}/metrics (with the metrics token)`] : []),
  ]
  if (!demo) return `${lines.join('\n')}\n\n`
  const sample = relative(process.cwd(), fileURLToPath(new URL('../../examples/seed-order.json', import.meta.url)))
  lines.push(
    `  Demo keys       ${relative(process.cwd(), dataDir) || '.'}/demo.json`,
    '',
    'Send the sample order to see what the customer earns:',
    '',
    `  curl -sS ${url}/pos/1.0.0/${demo.pos_name}/order \\`,
    `    -H 'Content-Type: application/json' \\`,
    `    -H 'Authorization: Bearer ${demo.pos_token}' \\`,
    `    --data @${sample}`,
    '',
  )
  return `${lines.join('\n')}\n`
}
