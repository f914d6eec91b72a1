// Back-tests in the database: created, claimed by the process that runs them, reported on, finished.
import type { Selectable } from 'kysely'
import { normaliseDefinition } from '../../contract/program/normalise.ts'
import type { DefinitionInput } from '../../contract/program.ts'
import type { Database, Queryable, WriteTransaction } from '../db/database.ts'
import { db, type Tables } from '../db/tables.ts'
import { instant, json } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { BackTest, BackTestProblem, BackTestResult } from './back-test.ts'

/** Back-tests of a business that wait or run at once, at most. */
export const MOST_UNFINISHED = 5

/** Finished back-tests of a program that are kept: the newest. */
const MOST_KEPT = 20

export type NewBackTest = Pick<BackTest, 'businessId' | 'id' | 'programId' | 'version' | 'definition' | 'from' | 'to'>

/**
 * It waits for a process that runs it. `too_many`: too many are unfinished; roll back. The caller
 * has checked that the program exists.
 */
export async function createBackTest(
  tx: WriteTransaction,
  { businessId, id, programId, version, definition, from, to }: NewBackTest,
  now: EpochMs,
): Promise<'created' | 'too_many'> {
  const [open] = await tx.query<{ count: number }>(
    `select count(*)::int from back_tests where business_id = $1 and status in ('waiting', 'running')`,
    [businessId],
  )
  if ((open?.count ?? 0) >= MOST_UNFINISHED) return 'too_many'
  await tx.query(
    `insert into back_tests (business_id, id, program_id, version, definition, from_date, to_date, status, created_at, created_by)
     values ($1, $2, $3, $4, $5, $6::date, $7::date, 'waiting', $8::timestamptz, $9)`,
    [businessId, id, programId, version, json(definition), from, to, instant(now), tx.actor],
  )
  await tx.query(
    `delete from back_tests where business_id = $1 and id in (
       select id from back_tests where business_id = $1 and program_id = $2 and status not in ('waiting', 'running')
       order by id desc offset ${MOST_KEPT})`,
    [businessId, programId],
  )
  return 'created'
}

export async function findBackTest(q: Queryable, businessId: Uuid, id: Uuid): Promise<BackTest | null> {
  const [row] = await q.run(backTestsOf(businessId).where('id', '=', id))
  return row ? toBackTest(row) : null
}

/** Newest first, those older than `before`. */
export async function listBackTests(
  q: Queryable,
  { businessId, programId }: { businessId: Uuid; programId: Uuid },
  before: Uuid | null,
  limit: number,
): Promise<BackTest[]> {
  const query = backTestsOf(businessId).where('program_id', '=', programId).orderBy('id', 'desc').limit(limit)
  return (await q.run(before === null ? query : query.where('id', '<', before))).map(toBackTest)
}

/** What has ended stays as it is. The process that runs it notices at its next report. */
export async function cancelBackTest(tx: WriteTransaction, businessId: Uuid, id: Uuid, now: EpochMs): Promise<void> {
  await tx.query(
    `update back_tests set status = 'cancelled', finished_at = $3::timestamptz
     where business_id = $1 and id = $2 and status in ('waiting', 'running')`,
    [businessId, id, instant(now)],
  )
}

/** For `eachBusiness`: there is one to run. Parameter $1: see `silentSince`. */
export const HAS_BACK_TESTS = `exists (
  select from back_tests t where t.business_id = b.id
    and (t.status = 'waiting' or t.status = 'running' and t.seen_at < $1::timestamptz))`

/** A process that has not reported for so long has ended; its back-test begins again. */
const SILENT_MS = 2 * 60_000

export function silentSince(now: EpochMs): string {
  return instant(now - SILENT_MS)
}

/** The oldest one that waits, or whose process has ended; null when there is none. */
export async function claimBackTest(q: Database, businessId: Uuid, now: EpochMs): Promise<BackTest | null> {
  const [claimed] = await q.query<{ id: Uuid }>(
    `update back_tests set status = 'running', started_at = $2::timestamptz, seen_at = $2::timestamptz, orders = null, assessed = 0
     where business_id = $1 and id = (
       select id from back_tests t where t.business_id = $1
         and (t.status = 'waiting' or t.status = 'running' and t.seen_at < $3::timestamptz)
       order by id limit 1 for update skip locked)
     returning id`,
    [businessId, instant(now), silentSince(now)],
  )
  return claimed ? findBackTest(q, businessId, claimed.id) : null
}

/** False when it was cancelled. */
export async function reportProgress(
  q: Queryable,
  { businessId, id }: Pick<BackTest, 'businessId' | 'id'>,
  { orders, assessed }: Pick<BackTest, 'orders' | 'assessed'>,
  now: EpochMs,
): Promise<boolean> {
  const rows = await q.query(
    `update back_tests set orders = $3, assessed = $4, seen_at = $5::timestamptz
     where business_id = $1 and id = $2 and status = 'running' returning id`,
    [businessId, id, orders, assessed, instant(now)],
  )
  return rows.length > 0
}

/** How it ended. `waiting`: it is to begin again, in another process. */
export type Outcome =
  | { status: 'done'; result: BackTestResult }
  | { status: 'failed'; problem: BackTestProblem }
  | { status: 'waiting' }

/** One that was cancelled meanwhile stays cancelled. */
export async function finishBackTest(
  q: Queryable,
  { businessId, id }: Pick<BackTest, 'businessId' | 'id'>,
  outcome: Outcome,
  now: EpochMs,
): Promise<void> {
  const { status } = outcome
  const result = status === 'done' ? json(outcome.result) : null
  const problem = status === 'failed' ? outcome.problem : null
  await q.query(
    `update back_tests set status = $3, result = $4, problem = $5, finished_at = $6::timestamptz
     where business_id = $1 and id = $2 and status = 'running'`,
    [businessId, id, status, result, problem, status === 'waiting' ? null : instant(now)],
  )
}

function backTestsOf(businessId: Uuid) {
  return db.selectFrom('back_tests').selectAll().where('business_id', '=', businessId)
}

function toBackTest(row: Selectable<Tables['back_tests']>): BackTest {
  return {
    businessId: row.business_id,
    id: row.id,
    programId: row.program_id,
    version: row.version,
    // The column contains the result of readDefinition.
    definition: normaliseDefinition(row.definition as DefinitionInput),
    from: row.from_date,
    to: row.to_date,
    status: row.status,
    orders: row.orders,
    assessed: row.assessed,
    result: row.result as BackTestResult | null,
    problem: row.problem as BackTestProblem | null,
    createdAt: row.created_at,
    createdBy: row.created_by,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  }
}
