// The log: JSON lines for machines, short lines for a person at a terminal, and in neither a token, a phone number or a name.
import type { DestinationStream, Logger } from 'pino'
import pino from 'pino'
import type { Clock } from './kernel/clock.ts'

export interface LogOptions {
  level: string
  /** Short readable lines instead of JSON. */
  readable?: boolean
  /** Where lines go; standard output when not given. */
  destination?: DestinationStream
  clock: Clock
}

export function createLog({ level, readable = false, destination = process.stdout, clock }: LogOptions): Logger {
  const stream = readable ? { write: (line: string) => void destination.write(toReadable(line)) } : destination
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date(clock.now()).toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: PRIVATE.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' },
    serializers: { err: describeError },
  }
  return pino(options, stream)
}

/** Never logged, wherever they turn up: what opens doors, and what says who a customer is. */
const PRIVATE = ['authorization', 'token', 'secret', 'key', 'phone', 'name', 'email', 'birth_date', 'body']

/**
 * Type, message and stack, and the same of the cause: nothing else that a library hangs on its errors, for a database's
 * error carries the row. Runs of digits and addresses inside the words are taken out as well.
 */
function describeError(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: scrub(String(error)) }
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  const cause = error.cause === undefined || depth >= 3 ? {} : { cause: describeError(error.cause, depth + 1) }
  return { type: error.name, ...code, message: scrub(error.message), stack: scrub(error.stack ?? ''), ...cause }
}

function scrub(text: string): string {
  return text.replace(/[^\s"'(<=]+@[^\s"')>]+\.[a-z]{2,}/gi, '[address]').replace(/\+?\d(?:[ -]?\d){6,}/g, '[digits]')
}

function toReadable(line: string): string {
  const { level, time, msg, err, ...rest } = JSON.parse(line)
  const fields = Object.entries(rest).map(
    ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  const trouble = err ? `\n${err.stack ?? err.message}` : ''
  return (
    `${String(time).slice(11, 19)} ${String(level).padEnd(5)} ${msg ?? ''} ${fields.join(' ')}`.trimEnd() +
    `${trouble}\n`
  )
}
