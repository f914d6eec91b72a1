// Runs the server process: starts the server, prints where it listens, and ends the process on a
// signal or an unexpected error.
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { EmbeddedFailure } from '../db/errors.ts'
import { MigrationError } from '../db/migrate.ts'
import { systemClock } from '../kernel/clock.ts'
import { type Config, ConfigError } from './config.ts'
import { createLog, destinationOf } from './log.ts'
import { PortInUse, type Running, type StartOptions, start } from './start.ts'
import { onStopSignal } from './stop-signals.ts'

/**
 * Resolves when LoyaPro serves. SIGINT and SIGTERM end the process with exit code 0 after all
 * accepted requests are answered; a second signal ends it at once. A failed start and an unexpected
 * error end it with 1. Standard output is for people, standard error is the log.
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
    exitOnUnexpectedErrors(log)
    const running = await start(config, log, options)
    stopOnSignals(running, log)
    process.stdout.write(welcome(running, config))
    void running.history?.play(progressLine(process.stdout))
  } catch (error) {
    process.stderr.write(`${isExplained(error) ? `LoyaPro did not start: ${error.message}` : describe(error)}\n`)
    process.exit(1)
  }
}

/** Errors that the operator can resolve: the message says how, and a stack would hide it. */
function isExplained(error: unknown): error is Error {
  return [ConfigError, EmbeddedFailure, MigrationError, PortInUse].some((kind) => error instanceof kind)
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function stopOnSignals(running: Running, log: Logger): void {
  onStopSignal(async (signal) => {
    log.info({ signal }, 'stopping; send the signal again to stop immediately')
    try {
      await running.stop()
      log.info('stopped')
      process.exit(0)
    } catch (error) {
      log.fatal({ err: error }, 'could not shut down cleanly')
      process.exit(1)
    }
  })
}

/**
 * After an unexpected error the state of the process is unknown; accepted orders are safe in the
 * database.
 */
function exitOnUnexpectedErrors(log: Logger): void {
  const end = (error: unknown) => {
    log.fatal({ err: error }, 'stopped by an unexpected error')
    process.exit(1)
  }
  process.on('uncaughtException', end)
  process.on('unhandledRejection', end)
}

/** One line, rewritten on a terminal; elsewhere only its last state is written. */
function progressLine(out: NodeJS.WriteStream): (sent: number, due: number) => void {
  return (sent, due) => {
    const isDone = sent >= due
    if (!out.isTTY && !isDone) return
    const line = isDone
      ? `The demo is complete: ${due} sample visits of the last weeks.`
      : `Loading the demo: ${sent} of ${due} sample visits`
    out.write(out.isTTY ? `\r${line}${isDone ? '\u001b[K\n' : ''}` : `${line}\n`)
  }
}

function welcome({ url, demo, signInUrl }: Running, { dataDir, metricsToken }: Config): string {
  const lines = [
    '',
    `LoyaPro is running at ${url}`,
    '',
    ...(signInUrl ? ['Sign in (this link works once, for 15 minutes):', '', `  ${signInUrl}`, ''] : []),
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
