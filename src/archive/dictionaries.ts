// The dictionaries of a business: a redacted record per adapter and month, with which its other
// records are compressed.
import { LRUCache } from 'lru-cache'
import { assertLocked, type BusinessLock } from '../db/business-lock.ts'
import type { Queryable, Statement, Transaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import { bodyProfiles } from '../integrations/body-profiles.ts'
import { must } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { decompress, FIRST_OWN, type Packed, pack, unpack } from './codec.ts'
import { createCompressors } from './compressors.ts'
import { bodyIn } from './record.ts'
import { dictionaryFrom } from './train-dictionary.ts'

/** A row of `archive_dictionaries`, decompressed. It never changes. */
export interface OwnDictionary {
  businessId: Uuid
  number: number
  adapter: string
  createdAt: EpochMs
  content: Buffer
}

/**
 * The committed dictionaries that a process has in memory; the least recently used one is evicted.
 */
export interface DictionaryCache {
  get(businessId: Uuid, number: number): OwnDictionary | undefined
  /** The newest one in this process; another process may have created a newer one. */
  newest(businessId: Uuid, adapter: string): OwnDictionary | undefined
  add(dictionary: OwnDictionary): void
  /** Compresses with a dictionary, whether or not it is in the cache. */
  pack(dictionary: OwnDictionary, record: Buffer): Packed
}

/** `most`: the number of dictionaries, of about 10 kB each. */
export function createDictionaryCache(most = 4_000): DictionaryCache {
  const newest = new Map<string, number>()
  const compressors = createCompressors()
  const keyOf = (businessId: Uuid, which: number | string) => `${businessId} ${which}`
  const entries = new LRUCache<string, OwnDictionary>({
    max: most,
    dispose: ({ businessId, adapter, number }, _, reason) => {
      const key = keyOf(businessId, adapter)
      if (reason === 'evict' && newest.get(key) === number) newest.delete(key)
    },
  })
  const get = (businessId: Uuid, number: number) => entries.get(keyOf(businessId, number))
  return {
    get,
    newest(businessId, adapter) {
      const number = newest.get(keyOf(businessId, adapter))
      return number === undefined ? undefined : get(businessId, number)
    },
    add(dictionary) {
      entries.set(keyOf(dictionary.businessId, dictionary.number), dictionary)
      const key = keyOf(dictionary.businessId, dictionary.adapter)
      if ((newest.get(key) ?? 0) < dictionary.number) newest.set(key, dictionary.number)
    },
    pack: ({ number, content }, record) => ({ dictionary: number, bytes: compressors.compress(record, content) }),
  }
}

/** Compresses the records of one batch and creates the dictionaries that are missing. */
export interface RecordPacker {
  /** `sample`: the record has an order, so that later records resemble it. */
  pack(of: { businessId: Uuid; adapter: string }, record: Buffer, sample: boolean): Packed
  /**
   * Created by this batch: write them with the records, and add them to the cache after the commit.
   */
  readonly made: readonly OwnDictionary[]
}

/**
 * Opens the packer of a batch. A business gets a new dictionary for an adapter with the first order
 * of a month (UTC), so that dictionaries follow what is sold and stay few. After that month it
 * compresses nothing more, also in a process that has it in memory, so an unused dictionary stays
 * unused (purge-dictionaries.ts). The lock keeps two processes from creating one at once.
 */
export async function openPacker(
  tx: Transaction,
  _lock: BusinessLock,
  cache: DictionaryCache,
  users: readonly { businessId: Uuid; adapter: string }[],
  now: EpochMs,
): Promise<RecordPacker> {
  const current = new Map<string, OwnDictionary>()
  const lastNumber = new Map<Uuid, number>()
  const due = new Set<Uuid>()
  const month = monthOf(now)
  const isOfToday = ({ createdAt }: { createdAt: EpochMs }) => monthOf(createdAt) >= month
  for (const { businessId, adapter } of users) {
    const known = cache.newest(businessId, adapter)
    if (known && isOfToday(known)) current.set(`${businessId} ${adapter}`, known)
    else due.add(businessId)
  }
  for (const row of due.size === 0 ? [] : await tx.query<StoredDictionary>(NEWEST, [[...due]])) {
    lastNumber.set(row.businessId, Math.max(row.number, lastNumber.get(row.businessId) ?? 0))
    // A purged dictionary of a past month only reserves its number.
    if (!isOfToday(row) || row.bytes.length === 0) continue
    const dictionary = open(row)
    cache.add(dictionary)
    current.set(`${row.businessId} ${row.adapter}`, dictionary)
  }
  const made: OwnDictionary[] = []
  return {
    made,
    pack({ businessId, adapter }, record, sample) {
      const key = `${businessId} ${adapter}`
      let own = current.get(key)
      const nonPersonal = bodyProfiles.get(adapter)?.nonPersonal
      if (sample && !own && nonPersonal) {
        const number = (lastNumber.get(businessId) ?? FIRST_OWN - 1) + 1
        own = { businessId, number, adapter, createdAt: now, content: dictionaryFrom(record, { nonPersonal }) }
        lastNumber.set(businessId, number)
        current.set(key, own)
        made.push(own)
      }
      return own ? cache.pack(own, record) : pack(adapter, record)
    },
  }
}

function monthOf(at: EpochMs): string {
  return instant(at).slice(0, 7)
}

interface StoredDictionary extends Omit<OwnDictionary, 'content'> {
  dictionary: number
  bytes: Buffer
}

function open({ dictionary, bytes, ...row }: StoredDictionary): OwnDictionary {
  return { ...row, content: unpack({ dictionary, bytes }) }
}

const COLUMNS = `
  a.business_id as "businessId", a.number, a.adapter, a.dictionary, a.bytes, a.created_at as "createdAt"`

/** The newest one of each adapter, with one index lookup per business. */
const NEWEST: Statement = {
  name: 'newest_dictionaries',
  text: `
select ${COLUMNS}
from unnest($1::uuid[]) as k (business_id)
cross join lateral (
  select distinct on (d.adapter) d.* from archive_dictionaries d where d.business_id = k.business_id
  order by d.adapter, d.number desc) a`,
}

export async function writeDictionaries(
  tx: Transaction,
  lock: BusinessLock,
  rows: readonly OwnDictionary[],
): Promise<void> {
  for (const { businessId } of rows) assertLocked(lock, businessId)
  if (rows.length === 0) return
  const packed = rows.map((row) => pack(row.adapter, row.content))
  await tx.query(WRITE, [
    rows.map((row) => row.businessId),
    rows.map((row) => row.number),
    rows.map((row) => row.adapter),
    packed.map((one) => one.dictionary),
    packed.map((one) => one.bytes),
    rows.map((row) => instant(row.createdAt)),
  ])
}

const WRITE: Statement = {
  name: 'write_dictionaries',
  text: `
insert into archive_dictionaries (business_id, number, adapter, dictionary, bytes, created_at)
select * from unnest($1::uuid[], $2::smallint[], $3::text[], $4::smallint[], $5::bytea[], $6::timestamptz[])`,
}

/** Decompresses these rows, in their order. Reads the dictionaries that are not in the cache. */
export async function unpackAll(
  q: Queryable,
  cache: DictionaryCache,
  rows: readonly (Packed & { businessId: Uuid })[],
): Promise<Buffer[]> {
  const keyOf = ({ businessId, dictionary }: { businessId: Uuid; dictionary: number }) => `${businessId} ${dictionary}`
  const own = rows.filter((row) => row.dictionary >= FIRST_OWN)
  const wanted = new Map(own.map((row) => [keyOf(row), row]))
  const known = new Map<string, OwnDictionary>()
  const missing: (Packed & { businessId: Uuid })[] = []
  for (const [key, row] of wanted) {
    const cached = cache.get(row.businessId, row.dictionary)
    if (cached) known.set(key, cached)
    else missing.push(row)
  }
  const values = [missing.map((row) => row.businessId), missing.map((row) => row.dictionary)]
  for (const row of missing.length === 0 ? [] : await q.query<StoredDictionary>(BY_NUMBER, values)) {
    const dictionary = open(row)
    cache.add(dictionary)
    known.set(keyOf({ businessId: row.businessId, dictionary: row.number }), dictionary)
  }
  return rows.map((row) =>
    row.dictionary < FIRST_OWN
      ? unpack(row)
      : decompress(row.bytes, must(known.get(keyOf(row)), `dictionary ${keyOf(row)}`).content),
  )
}

/** For a cache that serves one call. */
const FEW = 64

/** The bodies of these archive records, byte for byte, in their order. */
export async function readBodies(q: Queryable, records: readonly (Packed & { businessId: Uuid })[]): Promise<Buffer[]> {
  return (await unpackAll(q, createDictionaryCache(FEW), records)).map(bodyIn)
}

const BY_NUMBER: Statement = {
  name: 'dictionaries_by_number',
  text: `
select ${COLUMNS}
from unnest($1::uuid[], $2::smallint[]) as k (business_id, number)
cross join lateral (
  select * from archive_dictionaries d where d.business_id = k.business_id and d.number = k.number offset 0) a`,
}
