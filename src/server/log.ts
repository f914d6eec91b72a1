// The log: JSON lines for machines, short lines for a person at a terminal, and in neither a token,
// a phone number or a name.
import { writeSync } from 'node:fs'
import type { DestinationStream, Logger } from 'pino'
import pino from 'pino'
import type { Clock } from '../kernel/clock.ts'

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

/**
 * Writes to a file descriptor at once, so that the last words of a process are not lost. A line for
 * which there is no room, on a disk that is full, is dropped, and so is what a reader that left or
 * stalls for long will not hear: no log is a reason to serve nobody.
 */
export function destinationOf(fd: number): DestinationStream {
  return { write: (line) => writeWhole(fd, Buffer.from(line)) }
}

/**
 * File descriptors whose reader stalled: nobody waits for it again before it has taken something.
 */
const stalled = new Set<number>()

function writeWhole(fd: number, bytes: Buffer): void {
  let waits = 0
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(fd, bytes, done)
      stalled.delete(fd)
    } catch (error) {
      // A pipe whose reader is behind takes some more in a moment.
      const isBehind = error instanceof Error && 'code' in error && error.code === 'EAGAIN'
      if (!isBehind || stalled.has(fd) || waits++ === 20) {
        if (isBehind) stalled.add(fd)
        return
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    }
  }
}

/** Never logged, wherever they turn up: what opens doors, and what says who a customer is. */
const PRIVATE = ['authorization', 'token', 'secret', 'key', 'phone', 'name', 'email', 'birth_date', 'body']

/**
 * Type, message and stack, and the same of the cause: nothing else that a library hangs on its
 * errors, for a database's error carries the row. Runs of digits and addresses inside the words are
 * taken out as well.
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
