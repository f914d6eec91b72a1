// The log: JSON lines, or short lines on a terminal; never a token, a phone number or a name.
import { writeSync } from 'node:fs'
import type { DestinationStream, Logger } from 'pino'
import pino from 'pino'
import type { Clock } from '../kernel/clock.ts'

export interface LogOptions {
  level: string
  /** Short lines for people instead of JSON. */
  readable?: boolean
  /** Default: standard output. */
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
 * Writes to a file descriptor synchronously, so that the last lines of a process are not lost.
 * Drops lines that cannot be written because the disk is full or the reader is gone or blocked: a
 * failing log must not stop the server.
 */
export function destinationOf(fd: number): DestinationStream {
  return { write: (line) => writeWhole(fd, Buffer.from(line)) }
}

/** File descriptors whose reader is blocked; writes to them do not wait until it reads again. */
const stalled = new Set<number>()

function writeWhole(fd: number, bytes: Buffer): void {
  let waits = 0
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(fd, bytes, done)
      stalled.delete(fd)
    } catch (error) {
      // A full pipe: its reader may catch up in a moment.
      const isFull = error instanceof Error && 'code' in error && error.code === 'EAGAIN'
      if (!isFull || stalled.has(fd) || waits++ === 20) {
        if (isFull) stalled.add(fd)
        return
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    }
  }
}

/** Fields that are never logged: credentials and personal data. */
const PRIVATE = ['authorization', 'token', 'secret', 'key', 'phone', 'name', 'email', 'birth_date', 'body']

/**
 * Type, code, message and stack of the error and its causes. Other properties are dropped: an error
 * of the database contains the row. Long numbers and email addresses in the texts are replaced.
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
  const stack = err ? `\n${err.stack ?? err.message}` : ''
  const text = `${String(time).slice(11, 19)} ${String(level).padEnd(5)} ${msg ?? ''} ${fields.join(' ')}`.trimEnd()
  return `${text}${stack}\n`
}
