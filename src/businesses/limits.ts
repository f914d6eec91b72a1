// How much a caller may use per minute: requests and bytes of each token, key and business, and
// failed attempts of each address.
import { type Allowance, createAllowance } from '../kernel/allowance.ts'

/** Requests and bytes per minute. */
export interface Usage {
  requests: number
  bytes: number
}

export interface LimitOptions {
  /** Requests without a valid key or token, per address. */
  failedAttempts: number
  /** Requests to sign in, and to the account of a person who is signed in, per address. */
  network: number
  /** The token of a vendor sends the orders of all its merchants. */
  posToken: Usage
  posBusiness: Usage
  /**
   * The server itself also limits the requests of a key, and states in headers how many are left.
   */
  apiKey: Usage
  apiBusiness: Usage
}

const MEGABYTE = 1024 * 1024

/**
 * Several times what the busiest legitimate caller uses, and a small part of what one caller would
 * need to keep a process busy.
 */
const DEFAULTS: LimitOptions = {
  failedAttempts: 60,
  network: 1_200,
  posToken: { requests: 600_000, bytes: 6_000 * MEGABYTE },
  posBusiness: { requests: 60_000, bytes: 600 * MEGABYTE },
  apiKey: { requests: 12_000, bytes: 120 * MEGABYTE },
  apiBusiness: { requests: 24_000, bytes: 240 * MEGABYTE },
}

/**
 * Counts a request with this number of bytes. Returns 0, or the milliseconds after which it can be
 * sent again.
 */
export type TakeUsage = (key: string, bytes: number) => number

export interface Limits {
  failedAttempts: Allowance
  network: Allowance
  posToken: TakeUsage
  posBusiness: TakeUsage
  apiKey: TakeUsage
  apiBusiness: TakeUsage
}

export function createLimits(given: Partial<LimitOptions> = {}): Limits {
  const options = { ...DEFAULTS, ...given }
  return {
    failedAttempts: createAllowance({ perMinute: options.failedAttempts }),
    network: createAllowance({ perMinute: options.network }),
    posToken: usageOf(options.posToken),
    posBusiness: usageOf(options.posBusiness),
    apiKey: usageOf(options.apiKey),
    apiBusiness: usageOf(options.apiBusiness),
  }
}

function usageOf(usage: Usage): TakeUsage {
  const requests = createAllowance({ perMinute: usage.requests })
  const bytes = createAllowance({ perMinute: usage.bytes })
  return (key, size) => bytes.waitMs(key, size) || requests.take(key) || bytes.take(key, size)
}

/**
 * The key by which failed attempts of an address are counted. A caller with one IPv6 address has
 * 2⁶⁴ neighbouring ones, so those are counted together.
 */
export function networkOf(address: string): string {
  const mapped = address.startsWith('::ffff:') ? address.slice(7) : address
  if (!mapped.includes(':')) return mapped
  const [head = '', tail = ''] = mapped.split('::')
  const groups = head.split(':').filter(Boolean)
  const known = tail.split(':').filter(Boolean)
  const filled = mapped.includes('::')
    ? [...groups, ...Array(8 - groups.length - known.length).fill('0'), ...known]
    : groups
  return filled.slice(0, 4).join(':')
}
