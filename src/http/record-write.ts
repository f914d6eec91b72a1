// Records what an operation of the business API wrote in the activity log: in the one place through
// which writes go, so that no operation can forget it.
import type { FastifyRequest } from 'fastify'
import { changesBetween, loggable, type Values } from '../activity/changes.ts'
import { recordActivity } from '../activity/record.ts'
import { hasRow, kindOf, rowOf, rowOfBusiness } from '../activity/row-of.ts'
import { lockBusinesses } from '../db/business-lock.ts'
import type { Transaction, WriteTransaction } from '../db/database.ts'
import { formatId, type Uuid } from '../kernel/ids.ts'
import type { AppContext } from '../server/context.ts'
import { listMemberships } from '../staff/memberships.ts'

/**
 * What the operation changes, as it is before: pass it to `recordWrite`. It is read under the
 * business lock, so that nothing changes between it and the write.
 */
export async function rowBefore(tx: Transaction, request: FastifyRequest): Promise<Values | null> {
  const { row } = request.routeOptions.config
  const subject = subjectInPath(request)
  if (row === undefined && !hasRow(subject)) return null
  await lockBusinesses(tx, [request.caller.businessId])
  return rowNow(tx, request, subject)
}

function rowNow(tx: Transaction, request: FastifyRequest, subject: string | null): Promise<Values | null> {
  const { row } = request.routeOptions.config
  const { businessId } = request.caller
  return row ? rowOfBusiness(tx, businessId, row) : rowOf(tx, businessId, subject)
}

/**
 * Appends an entry for this request: with the values of the row that differ, else with what was
 * sent. `answer`: without values that are shown only once.
 */
export async function recordWrite(
  ctx: AppContext,
  tx: WriteTransaction,
  request: FastifyRequest,
  before: Values | null,
  answer: unknown,
): Promise<void> {
  if (request.routeOptions.config.changesNothing) return
  const { businessId } = request.caller
  const subject = subjectInPath(request) ?? idIn(answer)
  const isPersonal = kindOf(subject) === 'customer'
  const after = before === null ? null : await rowNow(tx, request, subject)
  const changes = changesBetween(before, after)
  const hasRow = request.routeOptions.config.row !== undefined
  const sent = !hasRow && isValues(request.body) && Object.keys(request.body).length > 0 ? request.body : null
  const values = changes ?? { before: null, after: sent }
  recordActivity(
    tx,
    {
      businessId,
      operation: operationOf(request),
      subject,
      address: request.ip,
      userAgent: request.headers['user-agent'] ?? '',
      requestId: request.id,
      before: values.before && loggable(values.before, isPersonal),
      after: values.after && loggable(values.after, isPersonal),
    },
    ctx,
  )
}

/** As recordWrite, for what a person does about their own membership of a business. */
export function recordOfPerson(
  ctx: Pick<AppContext, 'ids' | 'clock'>,
  tx: WriteTransaction,
  request: FastifyRequest,
  entry: { businessId: Uuid; subject: string; before: Values | null; after: Values | null },
): void {
  recordActivity(
    tx,
    {
      ...entry,
      operation: operationOf(request),
      address: request.ip,
      userAgent: request.headers['user-agent'] ?? '',
      requestId: request.id,
    },
    ctx,
  )
}

/** As recordOfPerson, in each business of the person: they changed how they sign in. It states no values. */
export async function recordInBusinessesOf(
  ctx: Pick<AppContext, 'ids' | 'clock'>,
  tx: WriteTransaction,
  request: FastifyRequest,
  staffId: Uuid,
): Promise<void> {
  const subject = formatId('staff', staffId)
  for (const { business_id: businessId } of await listMemberships(tx, staffId)) {
    recordOfPerson(ctx, tx, request, { businessId, subject, before: null, after: null })
  }
}

/** The operationId of the route. */
export function operationOf({ routeOptions, method }: FastifyRequest): string {
  const { operationId } = (routeOptions.schema ?? {}) as { operationId?: string }
  return operationId ?? `${method} ${routeOptions.url}`
}

/** The id in the path; in a path without one, what it names, e.g. `foodics/440810`. */
function subjectInPath({ params }: FastifyRequest): string | null {
  if (!isValues(params)) return null
  return idIn(params) ?? (Object.values(params).join('/').slice(0, 200) || null)
}

function idIn(values: unknown): string | null {
  return isValues(values) && typeof values.id === 'string' ? values.id : null
}

function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
