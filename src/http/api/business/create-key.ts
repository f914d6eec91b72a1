// POST /api/v1/keys: makes an API key, which is shown this once.
import { type ApiKey, ApiKeyOnce, NewApiKey } from '../../../../contract/api/business.ts'
import type { Scope } from '../../../../contract/scopes.ts'
import { createApiKey } from '../../../businesses/api-keys.ts'
import type { AppContext } from '../../../context.ts'
import { invalid, Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeShared } from '../../tenant.ts'
import { showKey } from './list-keys.ts'

export function registerCreateKey(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/keys',
    {
      config: { scope: 'keys:write', problems: ['idempotency_key_reused', 'idempotency_in_progress'] },
      schema: {
        tags: ['API keys'],
        operationId: 'createKey',
        summary: 'Create an API key',
        description: 'A key can only grant scopes that it has itself. Otherwise: 403 `forbidden_scope`.',
        body: NewApiKey,
        response: { 201: ApiKeyOnce },
      },
    },
    (request, reply) => {
      const { businessId, scopes: own } = request.caller
      const { name, scopes, expires_at } = request.body
      const beyond = scopes.find((scope) => !own.includes(scope))
      if (beyond) throw mayNotHandOn(beyond)
      const expiresAt = expires_at === undefined ? null : Date.parse(expires_at)
      if (expiresAt !== null && expiresAt <= ctx.clock.now()) {
        throw invalid('/expires_at', 'must be in the future', 'يجب أن يكون في المستقبل')
      }
      reply.code(201)
      return writeShared(
        ctx,
        request,
        reply,
        async (tx): Promise<ApiKeyOnce> => {
          const { key, secret } = await createApiKey(tx, { businessId, name, scopes, expiresAt }, ctx)
          return { ...showKey(key), secret }
        },
        withoutSecret,
      )
    },
  )
}

function withoutSecret(key: ApiKey): ApiKeyOnce {
  return { ...key, secret: null }
}

function mayNotHandOn(scope: Scope): Problem {
  return new Problem('forbidden_scope', {
    detail: {
      en: `This API key does not have the scope ${scope}, so it cannot grant it.`,
      ar: `لا يملك مفتاح API هذا الصلاحية ${scope}، لذلك لا يمكنه منحها.`,
    },
    extra: { scope },
  })
}
