// How much a caller may use in a minute: requests and bytes of each token, key and business, and
// failed attempts of each address.
import { type Allowance, createAllowance } from '../kernel/allowance.ts'

/** Requests and bytes a minute. */
export interface Usage {
  requests: number
  bytes: number
}

export interface LimitOptions {
  /** Requests with no valid key or token, of one address. */
  failedAttempts: number
  /** A token of a vendor sends the orders of all its merchants. */
  posToken: Usage
  posBusiness: Usage
  /** The requests of a key are limited by the server itself, which tells how many are left. */
  apiKey: Usage
  apiBusiness: Usage
}

const MEGABYTE = 1024 * 1024

/**
 * Several times what the busiest honest caller does, and a small part of what would keep a process
 * busy with one of them alone.
 */
const USUAL: LimitOptions = {
  failedAttempts: 60,
  posToken: { requests: 600_000, bytes: 6_000 * MEGABYTE },
  posBusiness: { requests: 60_000, bytes: 600 * MEGABYTE },
  apiKey: { requests: 12_000, bytes: 120 * MEGABYTE },
  apiBusiness: { requests: 24_000, bytes: 240 * MEGABYTE },
}

/**
 * Takes a request of so many bytes; gives 0, or the milliseconds after which it can be sent again.
 */
export type TakeUsage = (key: string, bytes: number) => number

export interface Limits {
  failedAttempts: Allowance
  posToken: TakeUsage
  posBusiness: TakeUsage
  apiKey: TakeUsage
  apiBusiness: TakeUsage
}

export function createLimits(given: Partial<LimitOptions> = {}): Limits {
  const options = { ...USUAL, ...given }
  return {
    failedAttempts: createAllowance({ perMinute: options.failedAttempts }),
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
 * What failed attempts of an address are counted by. Whoever has one IPv6 address has the 2⁶⁴
 * beside it as well, so those count together.
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
