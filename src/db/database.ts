// The one door to PostgreSQL: queries, transactions that retry a lost race, and transactions
// confined to one business.
import type { Compilable } from 'kysely'
import pg from 'pg'
import type { Actor } from '../../contract/actor.ts'
import { assert } from '../kernel/assert.ts'
import type { Uuid } from '../kernel/ids.ts'
import { DatabaseUnavailable, isEcho, isLostRace, isServerTrouble } from './errors.ts'
import { TogetherSocket } from './together.ts'
import { valueParsers } from './values.ts'

/** A prepared statement: parsed once a connection. One name stands for one text for ever. */
export interface Statement {
  readonly name: string
  readonly text: string
}

export interface Queryable {
  /**
   * Rows as `values.ts` reads them. A plain string is for what is rarely asked; a text of several
   * statements takes no values and gives the rows of the last. Throws DatabaseUnavailable, or
   * pg.DatabaseError with the server's SQLSTATE in `code`.
   */
  query<Row>(statement: Statement | string, values?: readonly unknown[]): Promise<Row[]>
  /** Executes a query built with `db` of tables.ts. */
  run<Row>(query: Compilable<Row>): Promise<Row[]>
}

/** For statements that record who wrote: what they write is done by this actor. */
export interface Writer extends Queryable {
  readonly actor: Actor
}

/**
 * Queries of one open transaction. Queries that do not await each other travel together, in order.
 */
export interface Transaction extends Queryable {
  readonly inTransaction: true
  /**
   * Leaves the outcome of `work` to the commit: its statements share the round trip of the commit,
   * and the caller does not wait for them. If any of it fails, in the database or in this process,
   * nothing is committed and the transaction throws that error. `work` must have sent its
   * statements when this is called.
   */
  deferToCommit(...work: readonly Promise<unknown>[]): void
  /**
   * Gathers items until the work of the transaction is done; then `send` writes those of all calls
   * at once, and its outcome is left to the commit.
   */
  gatherForCommit<T>(send: Send<T>, items: readonly T[]): void
}

/** A transaction on behalf of an actor. */
export interface WriteTransaction extends Transaction, Writer {}

export interface Database extends Queryable {
  /**
   * Commits what `work` did when it returns, rolls back when it throws. The whole work is done
   * again, up to three times more, when it lost a race (SQLSTATE 40001, 40P01): it must change
   * nothing but the database. The handle refuses use afterwards. When the connection is lost during
   * the commit, DatabaseUnavailable is thrown and the outcome is unknown: work must be such that it
   * can be repeated.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /**
   * A transaction in the role of the business API: row-level security shows it the rows of this
   * business alone.
   */
  asTenant<T>(businessId: Uuid, work: (tx: Transaction) => Promise<T>, options?: TenantOptions): Promise<T>
  /** As `transaction`, on behalf of an actor, whom the functions that write record. */
  write<T>(actor: Actor, work: (tx: WriteTransaction) => Promise<T>): Promise<T>
  /** As `asTenant`, on behalf of an actor. */
  writeAsTenant<T>(businessId: Uuid, actor: Actor, work: (tx: WriteTransaction) => Promise<T>): Promise<T>
  /** For a single statement on behalf of an actor. */
  by(actor: Actor): Writer
  close(): Promise<void>
}

export interface TenantOptions {
  readOnly?: boolean
  /** Row-level security shows the orders and names of these branches alone. */
  branches?: readonly Uuid[]
}

export interface DatabaseOptions {
  url: string
  /** Connections at most; 10 when not given. */
  max?: number
  applicationName?: string
  /**
   * Settings of the server that hold for these connections, e.g. `{ enable_seqscan: 'off' }`: names
   * and values without spaces.
   */
  settings?: Readonly<Record<string, string>>
  /** How long these connections wait and work; those of DEFAULT_LIMITS when not given. */
  limits?: DatabaseLimits
  /**
   * Told of connections that were lost while nobody used them: worth a line in the log, nothing
   * else.
   */
  onError?: (error: Error) => void
}

/** Milliseconds. */
export interface DatabaseLimits {
  /** For a free connection. */
  connectMs: number
  /** For one statement, and for a lock within it. */
  statementMs: number
  lockMs: number
}

export function createDatabase({
  url,
  max = 10,
  applicationName = 'loyapro',
  settings = {},
  limits = DEFAULT_LIMITS,
  onError,
}: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: applicationName,
    types: valueParsers,
    pipeline: true,
    stream: () => new TogetherSocket(),
    keepAlive: true,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: limits.connectMs,
    statement_timeout: limits.statementMs,
    lock_timeout: limits.lockMs,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    options: Object.entries({ ...SETTINGS, ...settings })
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
  })
  pool.on('error', (error) => onError?.(error))
  const outside = queryable((config) => withConnection(pool, (connection) => connection.query(config)))
  const inside = <T>(begin: string, work: (tx: Transaction) => Promise<T>) =>
    untilNoRaceIsLost(() => once(pool, begin, work))
  return {
    ...outside,
    transaction: (work) => inside('begin', work),
    asTenant: async (businessId, work, options = {}) => inside(beginAsTenant(businessId, options), work),
    write: (actor, work) => inside('begin', (tx) => work({ ...tx, actor })),
    writeAsTenant: async (businessId, actor, work) => inside(beginAsTenant(businessId), (tx) => work({ ...tx, actor })),
    by: (actor) => ({ ...outside, actor }),
    close: () => pool.end(),
  }
}

/**
 * A request waits no longer for a connection than a POS waits for an answer; nothing holds a lock
 * for ever.
 */
const DEFAULT_LIMITS: DatabaseLimits = { connectMs: 5_000, statementMs: 30_000, lockMs: 10_000 }

/**
 * Milliseconds. A process that stands still in the middle of a transaction, as its machine may,
 * keeps the others from its businesses no longer than that.
 */
const IDLE_IN_TRANSACTION_MS = 5_000

/** Instants come as the same text whatever the server's own zone and style. */
const SETTINGS = { timezone: 'UTC', datestyle: 'ISO' }

const RETRIES = 3

async function untilNoRaceIsLost<T>(attempt: () => Promise<T>): Promise<T> {
  for (let retry = 0; ; retry++) {
    try {
      return await attempt()
    } catch (error) {
      if (retry === RETRIES || !isLostRace(error)) throw error
    }
  }
}

type Send<T> = (tx: Transaction, items: T[]) => Promise<unknown>

function once<T>(pool: pg.Pool, begin: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return withConnection(pool, async (connection) => {
    let open = true
    let failure: unknown
    const note = (error: unknown) => {
      if (!isEcho(error)) failure ??= error
    }
    const gathered = new Map<Send<never>, unknown[]>()
    const tx: Transaction = {
      ...queryable(async (config) => {
        assert(open, 'a transaction was used after its end')
        const result = connection.query(config)
        result.catch(note)
        return result
      }),
      deferToCommit: (...work) => {
        for (const one of work) one.catch(note)
      },
      gatherForCommit: (send, items) => {
        gathered.set(send, [...(gathered.get(send) ?? []), ...items])
      },
      inTransaction: true,
    }
    try {
      // It travels with the first statements. They cannot run outside of it: what refuses to begin
      // is a connection that is lost.
      const begun = connection.query(begin)
      const [result] = await Promise.all([work(tx), begun])
      for (const [send, items] of gathered) tx.deferToCommit(send(tx, items as never[]))
      // What failed in this process has not come to the server, which would commit the rest: it is
      // heard when this turn is over.
      await new Promise<void>((resolve) => process.nextTick(resolve))
      if (failure !== undefined) throw failure
      open = false
      const { command } = await connection.query('commit')
      // The server answers a commit with ROLLBACK when a statement failed before it.
      if (command !== 'COMMIT') throw failure ?? new Error('the transaction was not committed')
      return result
    } catch (error) {
      open = false
      await connection.query('rollback')
      // Statements are pipelined. A caller that awaits a later one gets "current transaction is
      // aborted"; the cause is the error of the earlier one.
      throw isEcho(error) ? (failure ?? error) : error
    }
  })
}

/**
 * One round trip. The ids are checked, then written into the text: a text of several statements
 * takes no parameters.
 */
function beginAsTenant(businessId: Uuid, { readOnly = false, branches }: TenantOptions = {}): string {
  for (const id of [businessId, ...(branches ?? [])]) assert(UUID.test(id), 'an id must be a UUID')
  const mode = readOnly ? 'read only' : 'read write'
  // Nobody's branch is not every branch.
  const limit = branches && `, set_config('loyapro.branch_ids', '${branches.join(',') || NO_BRANCH}', true)`
  return `begin ${mode}; set local role loyapro_api; select set_config('loyapro.business_id', '${businessId}', true)${limit ?? ''}`
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const NO_BRANCH: Uuid = '00000000-0000-0000-0000-000000000000'

/**
 * Lends a connection; takes it back only when it is whole and outside any transaction, else throws
 * it away.
 */
async function withConnection<T>(pool: pg.Pool, use: (connection: pg.PoolClient) => Promise<T>): Promise<T> {
  const connection = await pool.connect().catch((error: unknown) => {
    throw new DatabaseUnavailable(error)
  })
  // Without a listener, losing the connection between two queries would end the process.
  let broken: Error | undefined
  const onError = (error: Error) => {
    broken = error
  }
  connection.on('error', onError)
  try {
    return await use(connection)
  } catch (error) {
    if (isServerTrouble(error)) broken ??= new DatabaseUnavailable(error)
    throw broken ? new DatabaseUnavailable(error) : error
  } finally {
    connection.off('error', onError)
    connection.release(broken ?? connection.getTransactionStatus() !== 'I')
  }
}

function queryable(send: (config: pg.QueryConfig) => Promise<pg.QueryResult | pg.QueryResult[]>): Queryable {
  const rows = async (config: pg.QueryConfig) => {
    const result = await send(config)
    return (Array.isArray(result) ? result.at(-1) : result)?.rows ?? []
  }
  return {
    query: (statement, values) =>
      rows({
        ...(typeof statement === 'string' ? { text: statement } : statement),
        ...(values && { values: [...values] }),
      }),
    run: (query) => {
      const { sql, parameters } = query.compile()
      return rows({ text: sql, values: [...parameters] })
    },
  }
}
