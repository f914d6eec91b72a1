// GET /api/v1/customers/{id}/export: everything that is known of a customer, as a stream of JSON.
import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { idParams } from '../../../../contract/api/common.ts'
import { CustomerExport } from '../../../../contract/api/privacy.ts'
import { findBusiness } from '../../../businesses/businesses.ts'
import { mergedInto } from '../../../customers/merged.ts'
import { findCustomer } from '../../../customers/store.ts'
import { must } from '../../../kernel/assert.ts'
import { formatId, type Uuid } from '../../../kernel/ids.ts'
import type { AppContext } from '../../../server/context.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { customerOr404 } from '../customers/customer-problem.ts'
import { formatInstant, idOr404 } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { type Exported, exportProfile, SECTIONS } from './export-sections.ts'

export function registerExportCustomer(app: ApiServer, ctx: AppContext): void {
  const running = new Set<Uuid>()
  app.get(
    '/customers/:id/export',
    {
      config: {
        scope: 'privacy:export',
        fresh: true,
        problems: ['not_found', 'customer_merged', 'customer_erased', 'rate_limited'],
      },
      schema: {
        tags: ['Privacy'],
        operationId: 'exportCustomer',
        summary: 'Export a customer',
        description: `Everything that is known of the customer: profile and where it comes from, balances, subscriptions, cards, claims, movements with reasons, and orders with what
the POS sent. The response is streamed; it is whole when its last field, \`complete\`, is true. One export of a business runs at a time; otherwise 429
\`rate_limited\`.`,
        params: idParams('cus', 'customer'),
        response: { 200: CustomerExport },
      },
    },
    async (request, reply) => {
      const customerId = idOr404('customer', request.params.id)
      const { businessId } = request.caller
      const programs = await programsOf(ctx, businessId)
      const merged = await readTenant(ctx, request, async (tx) => {
        await customerOr404(tx, businessId, customerId)
        return mergedInto(tx, businessId, customerId)
      })
      if (running.has(businessId)) throw busy()
      running.add(businessId)
      const stream = Readable.from(exportOf(ctx, request, { businessId, customerId, merged, programs }))
      stream.once('close', () => running.delete(businessId))
      // The file is named by the id: a name or a number would stay in the history of a browser.
      const name = `${formatId('customer', customerId)}.json`
      reply.header('content-disposition', `attachment; filename="${name}"`).type('application/json; charset=utf-8')
      return reply.send(stream as never)
    },
  )
}

async function* exportOf(ctx: AppContext, request: FastifyRequest, of: Exported): AsyncGenerator<string> {
  const { businessId, customerId } = of
  // Erased meanwhile, the export ends in the middle: the reader sees that it is not whole.
  const page = <T>(work: (tx: Parameters<Parameters<typeof readTenant<T>>[2]>[0]) => Promise<T>) =>
    readTenant(ctx, request, async (tx) => {
      must(await findCustomer(tx, businessId, customerId), 'the customer who is exported')
      return work(tx)
    })
  const profile = await page(async (tx) => {
    return exportProfile(tx, of, must(await findCustomer(tx, businessId, customerId), 'the customer'))
  })
  const { name, name_ar } = must(await findBusiness(ctx.apiDb, businessId), 'the business of the caller')
  const business = { id: formatId('business', businessId), name, name_ar }
  const head = { exported_at: formatInstant(ctx.clock.now()), business }
  yield `${JSON.stringify({ ...head, ...profile }).slice(0, -1)},`
  for (const [section, read] of Object.entries(SECTIONS)) {
    yield `"${section}":[`
    let isFirst = true
    for (let at: unknown = null; ; ) {
      const { entries, next } = await page((tx) => read(tx, of, at as never))
      if (entries.length > 0) yield `${isFirst ? '' : ','}${entries.map((entry) => JSON.stringify(entry)).join(',')}`
      isFirst &&= entries.length === 0
      at = next
      if (at === null) break
    }
    yield '],'
  }
  yield '"complete":true}'
}

function busy(): Problem {
  return new Problem('rate_limited', {
    detail: {
      en: 'Another export of this business is running. Try again when it is finished.',
      ar: 'هناك تصدير آخر قيد التنفيذ لهذه المنشأة. حاول مرة أخرى بعد اكتماله.',
    },
    headers: { 'retry-after': '5' },
  })
}
