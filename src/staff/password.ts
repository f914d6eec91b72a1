// Passwords: hashed with Argon2id, few at a time, and always with the same work.
import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { createFairQueue, type FairQueueOptions } from '../kernel/fair-queue.ts'

/** `from`: the network of the caller; networks take turns. Throws NotRunError when too many wait. */
export interface Passwords {
  /** The hash in PHC format. */
  hash(password: string, from: string): Promise<string>
  /**
   * Null for the hash of an account that does not exist: the same work is done, and nothing
   * matches. `isOutdated`: the password is right, and should be hashed again.
   */
  verify(password: string, hash: string | null, from: string): Promise<{ isRight: boolean; isOutdated: boolean }>
}

export function createPasswords(options: FairQueueOptions = QUEUE): Passwords {
  const queue = createFairQueue(options)
  return {
    hash: (password, from) => queue.run(from, 'single', () => hashNow(password)),
    verify: (password, hash, from) => queue.run(from, 'single', () => verifyNow(password, hash ?? NOBODYS)),
  }
}

/**
 * Argon2 occupies a thread of the process, of which files and DNS have only four, and 19 MiB: two
 * at a time.
 */
const QUEUE: FairQueueOptions = {
  maxRunning: 2,
  maxRunningOfOne: 1,
  maxListsOfOne: 1,
  maxWaiting: 60,
  maxWaitingOfOne: 10,
  maxWaitMs: 4_000,
}

const derive = promisify(argon2)

interface Cost {
  /** KiB. */
  memory: number
  passes: number
  parallelism: number
}

/** OWASP's second recommendation for Argon2id: about 25 ms here. */
const COST: Cost = { memory: 19_456, passes: 2, parallelism: 1 }
const SALT_BYTES = 16
const TAG_BYTES = 32

/** A hash that no password has: its tag is random. */
const NOBODYS = format(COST, randomBytes(SALT_BYTES), randomBytes(TAG_BYTES))

async function hashNow(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  return format(COST, salt, await derive('argon2id', parameters(password, COST, salt, TAG_BYTES)))
}

async function verifyNow(password: string, hash: string): Promise<{ isRight: boolean; isOutdated: boolean }> {
  const stored = parse(hash)
  const tag = await derive('argon2id', parameters(password, stored.cost, stored.salt, stored.tag.length))
  const isRight = timingSafeEqual(tag, stored.tag)
  return { isRight, isOutdated: isRight && !hash.startsWith(prefix(COST)) }
}

/** NFKC, so that a password typed with composed or decomposed letters is the same. */
function parameters(password: string, cost: Cost, nonce: Buffer, tagLength: number): Argon2Parameters {
  return { message: password.normalize('NFKC'), nonce, tagLength, ...cost }
}

function prefix({ memory, passes, parallelism }: Cost): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$`
}

/** Source of the format: https://github.com/P-H-C/phc-string-format/blob/master/phc-sf-spec.md */
function format(cost: Cost, salt: Buffer, tag: Buffer): string {
  const [saltText, tagText] = [salt, tag].map((bytes) => bytes.toString('base64').replace(/=+$/, ''))
  return `${prefix(cost)}${saltText}$${tagText}`
}

function parse(hash: string): { cost: Cost; salt: Buffer; tag: Buffer } {
  const [, m, t, p, salt = '', tag = ''] =
    /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(hash) ?? []
  if (tag === '') throw new Error('a stored password hash is not Argon2id in PHC format')
  return {
    cost: { memory: Number(m), passes: Number(t), parallelism: Number(p) },
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  }
}
