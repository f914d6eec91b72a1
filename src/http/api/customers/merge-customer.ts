// POST /api/v1/customers/{id}/merge: merges a customer into another one; and the same with
// /preview, which writes nothing.
import type { FastifyRequest } from 'fastify'
import { idParams } from '../../../../contract/api/common.ts'
import { Customer, MergeRequest } from '../../../../contract/api/customers.ts'
import { createDictionaryCache } from '../../../archive/dictionaries.ts'
import { lockBusinesses } from '../../../db/business-lock.ts'
import type { WriteTransaction } from '../../../db/database.ts'
import { queueCustomer } from '../../../installations/outbox.ts'
import { unreachable } from '../../../kernel/assert.ts'
import { readBalances } from '../../../ledger/read.ts'
import { MOST_MOVED, mergeCustomers } from '../../../merge/merge-customers.ts'
import type { AppContext } from '../../../server/context.ts'
import { invalid, Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { previewTenant, writeTenant } from '../../tenant.ts'
import { refuseLimited } from '../adjustments/count-adjustment.ts'
import { idOr404 } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { customerOr404 } from './customer-problem.ts'
import { customerToJson } from './customer-to-json.ts'
import { readReason } from './read-reason.ts'

export function registerMergeCustomer(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/customers/:id/merge',
    {
      config: {
        scope: 'ledger:adjust',
        problems: [
          ...(['not_found', 'customer_merged', 'customer_erased', 'conflict'] as const),
          ...(['idempotency_key_reused', 'idempotency_in_progress'] as const),
        ],
      },
      schema: {
        tags: ['Customers'],
        operationId: 'mergeCustomer',
        summary: 'Merge a customer into another one',
        description: `For one person with two mobile numbers. Balances with their expiry, stamp cards, subscriptions, open codes and orders of this customer become
those of \`into\`, as do later orders that name this customer's number. A merge cannot be undone. The ledger of both shows what moved and why.
This customer's ID then answers 410 \`customer_merged\` with \`merged_into\`. A merge moves whole balances, so a person with a limit for adjustments
cannot merge: 403.`,
        params: idParams('cus', 'customer'),
        body: MergeRequest,
        response: { 200: Customer },
      },
    },
    (request, reply) => merge(ctx, request, (work) => writeTenant(ctx, request, reply, work)),
  )
}

export function registerPreviewMerge(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/customers/:id/merge/preview',
    {
      config: {
        scope: 'ledger:adjust',
        changesNothing: true,
        problems: ['not_found', 'customer_merged', 'conflict'],
      },
      schema: {
        tags: ['Customers'],
        operationId: 'previewMerge',
        summary: 'Preview a merge',
        description:
          'The customer that `POST /customers/{id}/merge` would lead to, with the same body and the same errors. Nothing is written.',
        params: idParams('cus', 'customer'),
        body: MergeRequest,
        response: { 200: Customer },
      },
    },
    (request) => merge(ctx, request, (work) => previewTenant(ctx, request, work)),
  )
}

async function merge(
  ctx: AppContext,
  request: FastifyRequest<{ Params: { id: string }; Body: MergeRequest }>,
  run: (work: (tx: WriteTransaction) => Promise<Customer>) => Promise<Customer>,
): Promise<Customer> {
  const from = idOr404('customer', request.params.id)
  const into = idOr404('customer', request.body.into)
  const { businessId } = request.caller
  const reason = readReason(request.body.reason)
  return run(async (tx) => {
    const lock = await lockBusinesses(tx, [businessId])
    await customerOr404(tx, businessId, from)
    await refuseLimited(tx, request.caller)
    const programs = await programsOf(ctx, businessId)
    const { ids, branches } = ctx
    const deps = {
      now: ctx.clock.now(),
      ids,
      programs: ctx.programs,
      branches,
      dictionaries: createDictionaryCache(),
    }
    const outcome = await mergeCustomers(tx, lock, programs, { from, into, reason }, deps)
    switch (outcome.kind) {
      case 'merged': {
        await queueCustomer(tx, businessId, into, 'changed', deps.now)
        const customer = await customerOr404(tx, businessId, into)
        return customerToJson(customer, programs, await readBalances(tx, businessId, [into]))
      }
      case 'same':
        throw invalid('/into', 'must be another customer', 'يجب أن يكون عميلًا آخر')
      case 'not_found':
        await customerOr404(tx, businessId, outcome.customerId)
        throw new Error('a merged customer cannot be merged again')
      case 'too_large':
        throw tooLarge()
      case 'too_many':
        throw tooMany()
      default:
        return unreachable(outcome)
    }
  })
}

function tooLarge(): Problem {
  const most = MOST_MOVED.toLocaleString('en')
  return new Problem('conflict', {
    detail: {
      en: `The customer has more than ${most} orders, credits or claims, which is the most that a merge moves. Merge the other customer into this one instead.`,
      ar: `لدى العميل أكثر من ${most} من الطلبات أو الإضافات أو عمليات الحجز، وهو الحد الأقصى لما ينقله الدمج. ادمج العميل الآخر في هذا العميل بدلًا من ذلك.`,
    },
  })
}

function tooMany(): Problem {
  return new Problem('conflict', {
    detail: {
      en: 'Together the customers would have more than 20 former numbers or 50 merged customers. Release former numbers first.',
      ar: 'سيتجاوز العميلان معًا 20 رقمًا سابقًا أو 50 عميلًا مدموجًا. حرّر الأرقام السابقة أولًا.',
    },
  })
}
