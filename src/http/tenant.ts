// The two ways in which an operation of the business API uses the database: reading, and writing
// once for an idempotency key.
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../../contract/actor.ts'
import type { Transaction, WriteTransaction } from '../db/database.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { AppContext } from '../server/context.ts'
import { ERASED_STATUS, FIND, KEPT_MS, STORE, TRY_LOCK } from './idempotency-keys.ts'
import { Problem } from './problem.ts'
import { recordWrite, rowBefore } from './record-write.ts'

/**
 * Returned, not thrown, by `work` when it refuses a request but what it wrote must be committed,
 * such as a counted failed attempt. The problem is thrown after the commit, and no response is
 * stored for the Idempotency-Key.
 */
export class Refused {
  readonly problem: Problem

  constructor(problem: Problem) {
    this.problem = problem
  }
}

/**
 * Runs `work` as the caller's business, read-only: row-level security hides every other business,
 * and from a person who is limited to branches the orders of others.
 */
export function readTenant<T>(
  ctx: AppContext,
  request: FastifyRequest,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const { businessId, branches } = request.caller
  return ctx.db.asTenant(businessId, work, { readOnly: true, ...(branches && { branches }) })
}

/**
 * Runs `work` as the caller's business in one transaction and answers with its result. With an
 * `Idempotency-Key`, the response is stored for 24 hours in the same transaction: the same key with
 * the same request gets the first response again (header `Idempotency-Hit: true`). Refusals are not
 * stored, because they write nothing. Set `reply.code(201)` before the call. Throws 422
 * `idempotency_key_reused` and 409 `idempotency_in_progress`.
 */
export async function writeTenant<T>(
  ctx: AppContext,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (tx: WriteTransaction) => Promise<T | Refused>,
): Promise<T> {
  const { businessId } = request.caller
  const answer = await ctx.db.writeAsTenant(businessId, actorOf(request), (tx) =>
    once(ctx, tx, request, reply, work, (answer) => answer),
  )
  if (answer instanceof Refused) throw answer.problem
  return answer
}

/**
 * As writeTenant, for tables that all businesses share (API keys, connections), which the tenant's
 * role cannot access: `work` must use `request.caller.businessId` in every statement. `remember`
 * turns the response into the stored one, without values that may be shown only once.
 */
export function writeShared<T>(
  ctx: AppContext,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (tx: WriteTransaction) => Promise<T>,
  remember: (answer: T) => T = (answer) => answer,
): Promise<T> {
  return ctx.db.write(actorOf(request), (tx) => once(ctx, tx, request, reply, work, remember))
}

/**
 * Runs `work` as writeTenant does and rolls it back: what it would do, by the engine itself. Nothing
 * is written, so no Idempotency-Key is needed.
 */
export async function previewTenant<T>(
  ctx: AppContext,
  request: FastifyRequest,
  work: (tx: WriteTransaction) => Promise<T>,
): Promise<T> {
  try {
    return await ctx.db.writeAsTenant(request.caller.businessId, actorOf(request), async (tx): Promise<T> => {
      throw new Previewed(await work(tx))
    })
  } catch (error) {
    if (error instanceof Previewed) return error.answer as T
    throw error
  }
}

/** Thrown to roll back. */
class Previewed {
  readonly answer: unknown

  constructor(answer: unknown) {
    this.answer = answer
  }
}

/** The caller, as what they write records them. */
export function actorOf({ caller }: FastifyRequest): Actor {
  return caller.actor
}

/**
 * Records the write of an operation that uses neither writeTenant nor writeShared, after it is
 * done.
 */
export function recordSeparately(ctx: AppContext, request: FastifyRequest): Promise<void> {
  const { businessId } = request.caller
  return ctx.db.writeAsTenant(businessId, actorOf(request), (tx) => recordWrite(ctx, tx, request, null, null))
}

async function once<T>(
  ctx: AppContext,
  tx: WriteTransaction,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (tx: WriteTransaction) => Promise<T>,
  remember: (answer: T) => T,
): Promise<T> {
  const key = idempotencyKey(request)
  if (key === null) return recorded(ctx, tx, request, work, remember)
  const { businessId } = request.caller
  const now = ctx.clock.now()
  const inputHash = hashOf(request)
  const [lock] = await tx.query<{ locked: boolean }>(TRY_LOCK, [`${businessId} ${key}`])
  if (!lock?.locked) throw inProgress()
  const [kept] = await tx.query<KeptAnswer>(FIND, [businessId, key, new Date(now - KEPT_MS).toISOString()])
  if (kept) return repeat<T>(kept, inputHash, reply)
  const answer = await recorded(ctx, tx, request, work, remember)
  if (answer instanceof Refused) return answer
  const kindOfAnswer = JSON.stringify(remember(answer) ?? null)
  await tx.query(STORE, [businessId, key, inputHash, reply.statusCode, kindOfAnswer, new Date(now).toISOString()])
  return answer
}

/** Does the work and records it in the activity log, unless it is refused. */
async function recorded<T>(
  ctx: AppContext,
  tx: WriteTransaction,
  request: FastifyRequest,
  work: (tx: WriteTransaction) => Promise<T>,
  remember: (answer: T) => T,
): Promise<T> {
  const before = await rowBefore(tx, request)
  const answer = await work(tx)
  if (!(answer instanceof Refused)) await recordWrite(ctx, tx, request, before, remember(answer))
  return answer
}

interface KeptAnswer {
  input_hash: Buffer
  status: number
  answer: unknown
}

function repeat<T>(kept: KeptAnswer, inputHash: Buffer, reply: FastifyReply): T {
  if (kept.status === ERASED_STATUS) throw customerErased()
  if (!kept.input_hash.equals(inputHash)) throw reused()
  reply.code(kept.status).header('Idempotency-Hit', 'true')
  // The hash covers method and address, so this is a response of the same operation, and its schema
  // serialises it again.
  return kept.answer as T
}

function idempotencyKey(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key']
  if (key === undefined) return null
  if (typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key)) return key
  throw new Problem('invalid_request', {
    detail: {
      en: 'Idempotency-Key must be 1 to 255 visible ASCII characters, e.g. a UUID.',
      ar: 'يجب أن يكون طول Idempotency-Key من 1 إلى 255 من رموز ASCII الظاهرة، مثل UUID.',
    },
    errors: [{ in: 'header', pointer: '/idempotency-key', message: 'must be 1 to 255 visible ASCII characters' }],
  })
}

function hashOf(request: FastifyRequest): Buffer {
  const input = [request.method, request.url, request.body ?? null]
  return createHash('sha256').update(JSON.stringify(input)).digest()
}

function inProgress(): Problem {
  return new Problem('idempotency_in_progress', {
    detail: {
      en: 'The first request with this Idempotency-Key is still in progress. Retry in one second.',
      ar: 'طلب API الأول بهذا الـ Idempotency-Key ما زال قيد التنفيذ. أعد المحاولة بعد ثانية.',
    },
    headers: { 'retry-after': '1' },
  })
}

function reused(): Problem {
  return new Problem('idempotency_key_reused', {
    detail: {
      en: 'This Idempotency-Key was used for a different request in the last 24 hours. Use a new key for each new request.',
      ar: 'سبق استخدام هذا الـ Idempotency-Key مع طلب API مختلف خلال آخر 24 ساعة. استخدم مفتاحًا جديدًا لكل طلب API جديد.',
    },
  })
}

/** The first request created or changed somebody who has been erased since. */
export function customerErased(erasedAt?: EpochMs): Problem {
  return new Problem('customer_erased', {
    detail: {
      en: 'The customer was erased. Nothing is known of them any more, and this cannot be undone.',
      ar: 'حُذفت بيانات العميل نهائيًا ولا يمكن استرجاعها.',
    },
    ...(erasedAt !== undefined && { extra: { erased_at: new Date(erasedAt).toISOString() } }),
  })
}
