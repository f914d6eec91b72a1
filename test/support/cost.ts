// The database cost of some work: the number of its statements and the bytes of their parameters.
import pg from 'pg'

export interface Cost {
  statements: number
  /** Of all parameters, as text. */
  bytes: number
}

/** Counts every statement of this process while `work` runs, so nothing else may run meanwhile. */
export async function costOf<T>(work: () => Promise<T>): Promise<{ result: T; cost: Cost }> {
  const cost: Cost = { statements: 0, bytes: 0 }
  const { query } = pg.Client.prototype
  // biome-ignore lint/suspicious/noExplicitAny: query has many signatures, and all of them go on to the original.
  pg.Client.prototype.query = function (this: pg.Client, ...args: any[]) {
    cost.statements += 1
    cost.bytes += bytesOf(args[0]?.values ?? [])
    // biome-ignore lint/suspicious/noExplicitAny: as above
    return (query as any).apply(this, args)
  }
  try {
    return { result: await work(), cost }
  } finally {
    pg.Client.prototype.query = query
  }
}

function bytesOf(value: unknown): number {
  if (value === null || value === undefined) return 1
  if (typeof value === 'string' || value instanceof Uint8Array) return value.length
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + bytesOf(one) + 1, 0)
  return 8
}
