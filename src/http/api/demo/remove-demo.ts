// POST /api/v1/demo/remove: deletes the demo business, and gives its people an empty one of their
// own.
import { DemoRemoved, DemoReplacement } from '../../../../contract/api/demo.ts'
import { createApiKey } from '../../../businesses/api-keys.ts'
import { findBusiness, type NewBusiness } from '../../../businesses/businesses.ts'
import { eraseBusiness } from '../../../demo/erase.ts'
import { type RemoveDemoOutcome, removeDemo } from '../../../demo/remove.ts'
import { must } from '../../../kernel/assert.ts'
import type { AppContext } from '../../../server/context.ts'
import { invalid, Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeShared } from '../../tenant.ts'
import { businessToJson } from '../business/get-business.ts'

export function registerRemoveDemo(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/demo/remove',
    {
      config: { scope: 'demo:remove', problems: ['conflict', 'idempotency_key_reused', 'idempotency_in_progress'] },
      schema: {
        tags: ['Business'],
        operationId: 'removeDemo',
        summary: 'Remove the demo',
        description: `Deletes the demo business with everything in it, and creates an empty business with the same staff. Its keys and
tokens stop working. 409 \`conflict\` for a business that is no demo: it cannot be deleted with this operation.`,
        body: DemoReplacement,
        response: { 200: DemoRemoved },
      },
    },
    async (request, reply) => {
      const { businessId, key, scopes } = request.caller
      const { name, ...given } = request.body
      const answer = await writeShared(
        ctx,
        request,
        reply,
        async (tx): Promise<DemoRemoved> => {
          const demo = must(await findBusiness(tx, businessId), 'the business')
          const { currency, timezone, language, country } = { ...demo, ...given }
          const replacement: NewBusiness = {
            name: name.en,
            name_ar: name.ar ?? null,
            currency,
            timezone,
            language,
            country: given.timezone !== undefined && given.country === undefined ? null : country,
          }
          const outcome = await removeDemo(tx, businessId, replacement, ctx)
          if (outcome.kind !== 'removed') throw refusal(outcome)
          const { business } = outcome
          const own = key && (await createApiKey(tx, { businessId: business.id, name: 'First key', scopes }, ctx))
          return { business: businessToJson(business), api_key: own?.secret ?? null }
        },
        (stored) => ({ ...stored, api_key: null }),
      )
      // What is left, and the business itself, is deleted by a job.
      await eraseBusiness(ctx.db, businessId, { last: false, signal: AbortSignal.timeout(ERASED_WITHIN_MS) })
      return answer
    },
  )
}

/** The caller waits for at most 30 seconds. */
const ERASED_WITHIN_MS = 15_000

function refusal({ kind }: Exclude<RemoveDemoOutcome, { kind: 'removed' }>): Problem {
  switch (kind) {
    case 'not_a_demo':
      return new Problem('conflict', {
        detail: {
          en: 'This business is no demo, so it cannot be removed. Only the demo of a first start can.',
          ar: 'هذه المنشأة ليست تجريبية، ولذلك لا يمكن حذفها. يمكن حذف المنشأة التجريبية فقط.',
        },
      })
    case 'name_missing':
      return invalid('/name/en', 'must not be blank', 'يجب ألا يكون فارغًا')
    case 'currency_unknown':
      return invalid('/currency', 'must be an ISO 4217 code, e.g. SAR', 'يجب أن يكون رمز عملة معروفًا مثل SAR')
    case 'timezone_unknown':
      return invalid(
        '/timezone',
        'must be an IANA time zone, e.g. Asia/Riyadh',
        'يجب أن تكون منطقة زمنية معروفة مثل Asia/Riyadh',
      )
    case 'country_unknown':
      return invalid('/country', 'must be an ISO 3166-1 alpha-2 code, e.g. SA', 'يجب أن يكون رمز دولة معروفًا مثل SA')
  }
}
