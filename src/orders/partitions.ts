// The monthly partitions of `deliveries`: made ahead of time, dropped when the bodies have been
// kept long enough.

import type { Database, Transaction } from '../db/database.ts'
import { sqlState } from '../db/errors.ts'
import { instant as isoInstant } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

/**
 * Creates the partitions of last month, this month and `monthsAhead` more, in UTC, each a range of
 * UUIDv7 ids. A default partition stores every other id, so that a delivery can always be stored;
 * its rows are moved into a new partition for their month. If no partition is missing, it takes no
 * locks. Several processes can call it concurrently.
 */
export async function ensurePartitions(database: Database, now: EpochMs, monthsAhead = 2): Promise<void> {
  const wanted = Array.from({ length: monthsAhead + 2 }, (_, i) => monthOf(now, i - 1))
  const missing = (existing: readonly string[]) => wanted.filter(({ name }) => !existing.includes(name))
  const existing = await partitionNames(database)
  if (existing.includes(DEFAULT) && missing(existing).length === 0) return
  await whileNobodyElse(database, async (tx) => {
    const present = await partitionNames(tx)
    if (!present.includes(DEFAULT)) await attach(tx, DEFAULT, 'default')
    for (const month of missing(present)) await addMonth(tx, month)
  })
}

/** How deliveries are dropped. */
export interface Dropping {
  /**
   * Called with deliveries before they are dropped, in pages; called again with the same ones if an
   * earlier run did not complete.
   */
  release?: (keys: readonly DeliveryKey[]) => Promise<void>
  /** Aborted when the run must end before the next page; the next run continues. */
  signal?: AbortSignal | undefined
}

export interface DeliveryKey {
  businessId: Uuid
  id: Uuid
}

/**
 * Drops the months that ended at or before `instant`, and the rows of the default partition that
 * were received before it: these are late deliveries, which are kept as long as any other. Locks the
 * table only when there is a month to drop.
 */
export async function dropPartitionsBefore(
  database: Database,
  instant: EpochMs,
  { release = async () => {}, signal }: Dropping = {},
): Promise<void> {
  const firstKept = monthOf(instant, 0)
  // Names contain year and month with a fixed number of digits, so they sort chronologically.
  const old = (names: readonly string[]) => names.filter((name) => name !== DEFAULT && name < firstKept.name)
  const existing = await partitionNames(database)
  const due = old(existing)
  for (const name of due) await releaseAll(database, name, { release, signal })
  if (signal?.aborted) return
  if (due.length > 0) {
    await whileNobodyElse(database, async (tx) => {
      const present = await partitionNames(tx)
      for (const name of due.filter((one) => present.includes(one))) await tx.query(`drop table ${name}`)
    })
  }
  if (!existing.includes(DEFAULT)) return
  for (;;) {
    const keys = await database.query<DeliveryKey>(OLD_IN_DEFAULT, [isoInstant(instant), AT_ONCE])
    if (keys.length > 0) await release(keys)
    const ids = [keys.map((key) => key.businessId), keys.map((key) => key.id)]
    await database.query(DELETE_FROM_DEFAULT, [...ids, isoInstant(instant)])
    if (keys.length < AT_ONCE || signal?.aborted) return
  }
}

/**
 * Reads a month by primary key, in pages; finds nothing when another process has dropped it
 * meanwhile.
 */
async function releaseAll(
  database: Database,
  name: string,
  { release, signal }: Required<Pick<Dropping, 'release'>> & Dropping,
): Promise<void> {
  const { from, to } = monthNamed(name)
  const lowest = lowestId(0)
  for (let after: DeliveryKey = { businessId: lowest, id: lowest }; !signal?.aborted; ) {
    const keys: DeliveryKey[] = await database.query<DeliveryKey>(
      `select business_id as "businessId", id from deliveries
       where id >= '${from}' and id < '${to}' and (business_id, id) > ($1::uuid, $2::uuid)
       order by business_id, id limit $3`,
      [after.businessId, after.id, AT_ONCE],
    )
    const last = keys.at(-1)
    if (!last) return
    await release(keys)
    after = last
  }
}

interface Month {
  name: string
  from: string
  to: string
}

const DEFAULT = 'deliveries_default'

/**
 * Page size: writing the orders of a page blocks a business for some hundredths of a second.
 */
const AT_ONCE = 500

const OLD_IN_DEFAULT = `
select business_id as "businessId", id from ${DEFAULT} where received_at < $1::timestamptz limit $2`

const DELETE_FROM_DEFAULT = `
delete from ${DEFAULT} d using unnest($1::uuid[], $2::uuid[]) as k (business_id, id)
where d.business_id = k.business_id and d.id = k.id
  -- A failed delivery may have been received and applied again meanwhile.
  and d.received_at < $3::timestamptz`

function monthOf(instant: EpochMs, offset: number): Month {
  const date = new Date(instant)
  const start = (months: number) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset + months, 1)
  const name = `deliveries_${new Date(start(0)).toISOString().slice(0, 7).replace('-', '_')}`
  return { name, from: lowestId(start(0)), to: lowestId(start(1)) }
}

function monthNamed(name: string): Month {
  const [, year, month] = name.split('_')
  return monthOf(Date.UTC(Number(year), Number(month) - 1), 0)
}

/**
 * The smallest UUID whose first 48 bits are this time: no UUIDv7 of that millisecond or later is
 * smaller.
 */
function lowestId(instant: EpochMs): string {
  const hex = instant.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}

async function partitionNames(database: Database | Transaction): Promise<string[]> {
  const rows = await database.query<{ name: string }>(
    `select relname as name from pg_inherits join pg_class on pg_class.oid = inhrelid where inhparent = 'deliveries'::regclass`,
  )
  return rows.map(({ name }) => name)
}

/**
 * Runs `work` with an exclusive lock on the table. Deliveries wait, because one that had chosen its
 * partition would fail when that is replaced. The work takes milliseconds. The lock times out after
 * a second and is tried five times, so that a long query does not block deliveries behind it.
 */
async function whileNobodyElse(database: Database, work: (tx: Transaction) => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.transaction(async (tx) => {
        await tx.query(`set local lock_timeout = '1s'; lock table deliveries in access exclusive mode`)
        await work(tx)
      })
    } catch (error) {
      if (attempt === 5 || sqlState(error) !== '55P03') throw error
    }
  }
}

async function addMonth(tx: Transaction, { name, from, to }: Month): Promise<void> {
  await attach(tx, name, `for values from ('${from}') to ('${to}')`, () =>
    tx.query(
      `with moved as (delete from ${DEFAULT} where id >= '${from}' and id < '${to}' returning *) insert into ${name} select * from moved`,
    ),
  )
}

async function attach(tx: Transaction, name: string, bounds: string, fill?: () => Promise<unknown>): Promise<void> {
  await tx.query(`create table ${name} (like deliveries including all)`)
  // Bodies and answers come compressed: PostgreSQL need not try again.
  await tx.query(`alter table ${name} alter column body set storage external`)
  await fill?.()
  await tx.query(`alter table deliveries attach partition ${name} ${bounds}`)
}
