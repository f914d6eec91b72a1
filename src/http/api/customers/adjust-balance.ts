// POST /api/v1/customers/{id}/adjustments: adds or deducts units manually, with a reason; and the
// same with /preview, which writes nothing.
import type { FastifyRequest } from 'fastify'
import { idParams } from '../../../../contract/api/common.ts'
import { Adjustment, AdjustmentResult } from '../../../../contract/api/customers.ts'
import { lockBusinesses } from '../../../db/business-lock.ts'
import type { WriteTransaction } from '../../../db/database.ts'
import { unreachable } from '../../../kernel/assert.ts'
import type { EpochMs } from '../../../kernel/clock.ts'
import { debtOf } from '../../../ledger/accounts.ts'
import { adjustBalance } from '../../../programs/adjust.ts'
import type { AppContext } from '../../../server/context.ts'
import { invalid, Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { previewTenant, writeTenant } from '../../tenant.ts'
import { countAdjustment } from '../adjustments/count-adjustment.ts'
import { idOr404, notFound } from '../format.ts'
import { programsOf, programToJson } from '../programs/programs-of.ts'
import { heldCustomerOr404 } from './customer-problem.ts'
import { entryToJson } from './entry-to-json.ts'

export function registerAdjustBalance(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/customers/:id/adjustments',
    {
      config: {
        scope: 'ledger:adjust',
        problems: [
          'not_found',
          'customer_merged',
          'customer_erased',
          'conflict',
          'insufficient_units',
          'adjustment_limit',
          'idempotency_key_reused',
          'idempotency_in_progress',
        ],
      },
      schema: {
        tags: ['Customers'],
        operationId: 'adjustBalance',
        summary: 'Adjust a balance',
        description: `Added units expire at \`expires_at\`, by default as if they were earned today. Deductions use the units that expire first.
A person can have a limit in money, see \`GET /adjustment-allowance\`: 409 \`adjustment_limit\`, and 403 when it is 0.
Send an \`Idempotency-Key\` so that a retry is not applied twice.`,
        params: idParams('cus', 'customer'),
        body: Adjustment,
        response: { 201: AdjustmentResult },
      },
    },
    (request, reply) => {
      reply.code(201)
      return adjust(ctx, request, (work) => writeTenant(ctx, request, reply, work))
    },
  )
}

export function registerPreviewAdjustment(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/customers/:id/adjustments/preview',
    {
      config: {
        scope: 'ledger:adjust',
        changesNothing: true,
        problems: ['not_found', 'customer_merged', 'conflict', 'insufficient_units', 'adjustment_limit'],
      },
      schema: {
        tags: ['Customers'],
        operationId: 'previewAdjustment',
        summary: 'Preview an adjustment',
        description:
          'What `POST /customers/{id}/adjustments` would do, with the same body and the same errors. Nothing is written.',
        params: idParams('cus', 'customer'),
        body: Adjustment,
        response: { 200: AdjustmentResult },
      },
    },
    (request) => adjust(ctx, request, (work) => previewTenant(ctx, request, work)),
  )
}

async function adjust(
  ctx: AppContext,
  request: FastifyRequest<{ Params: { id: string }; Body: Adjustment }>,
  run: (work: (tx: WriteTransaction) => Promise<AdjustmentResult>) => Promise<AdjustmentResult>,
): Promise<AdjustmentResult> {
  const customerId = idOr404('customer', request.params.id)
  const { program_id, units, reason, allow_debt = false, expires_at } = request.body
  if (units === 0) throw invalid('/units', 'must not be 0', 'يجب ألا يكون 0')
  const note = reason.trim()
  if (note === '') throw invalid('/reason', 'must not be empty', 'يجب ألا يكون فارغًا')
  const expiresAt = expires_at === undefined ? {} : { expiresAt: readExpiry(expires_at, units, ctx.clock.now()) }
  const { businessId } = request.caller
  const programs = await programsOf(ctx, businessId)
  return run(async (tx) => {
    const lock = await lockBusinesses(tx, [businessId])
    await heldCustomerOr404(tx, businessId, customerId)
    const programId = idOr404('program', program_id)
    if (!programs.programs.has(programId)) throw notFound('program')
    const counted = await countAdjustment(tx, lock, request.caller, programs, { programId, units }, ctx.clock)
    const input = { customerId, programId, units, note, allowDebt: allow_debt, ...expiresAt }
    const outcome = await adjustBalance(tx, lock, programs, input, ctx)
    switch (outcome.kind) {
      case 'adjusted': {
        const { available, pending, held } = outcome.balances
        const createdAt = ctx.clock.now()
        const listed = outcome.transfers.slice(0, MOST_ENTRIES)
        return {
          entries: listed.map((transfer) =>
            entryToJson({ ...transfer, createdAt, actor: tx.actor }, programs, new Map()),
          ),
          balance: {
            ...programToJson(programs, programId),
            available,
            pending,
            held,
            debt: debtOf(outcome.balances),
          },
          more_entries: outcome.transfers.length - listed.length,
          allowance: counted && { amount: counted.amount, left_today: counted.left },
        }
      }
      case 'insufficient':
        throw insufficient(outcome.available)
      case 'never_in_force':
        throw neverInForce()
      default:
        return unreachable(outcome)
    }
  })
}

/**
 * The size of the response does not depend on the number of completed cards or of expiries before.
 */
const MOST_ENTRIES = 50

/** A mistyped date far in the future would go unnoticed. */
const MOST_YEARS = 10

function readExpiry(text: string, units: number, now: EpochMs): EpochMs {
  const pointer = '/expires_at'
  if (units < 0) {
    throw invalid(
      pointer,
      'must not be sent with negative units; only added units expire',
      'يجب ألا يُرسل مع وحدات سالبة؛ الوحدات المضافة فقط لها تاريخ انتهاء',
    )
  }
  const at = Date.parse(text)
  if (at <= now) throw invalid(pointer, 'must be in the future', 'يجب أن يكون في المستقبل')
  const last = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC').add({ years: MOST_YEARS })
  if (at <= last.epochMilliseconds) return at
  throw invalid(
    pointer,
    `must be at most ${MOST_YEARS} years in the future`,
    `يجب ألا يتجاوز ${MOST_YEARS} سنوات من الآن`,
  )
}

function insufficient(available: number): Problem {
  return new Problem('insufficient_units', {
    detail: {
      en: `The customer has ${available} available. Deduct at most that, or send allow_debt: true to allow a negative balance.`,
      ar: `رصيد العميل المتاح ${available}. لا تخصم أكثر من ذلك، أو أرسل allow_debt: true للسماح برصيد سالب.`,
    },
    extra: { available },
  })
}

function neverInForce(): Problem {
  return new Problem('conflict', {
    detail: {
      en: 'The program has not been active yet. Activate it first.',
      ar: 'لم يُفعَّل البرنامج بعد. فعّله أولًا.',
    },
  })
}
