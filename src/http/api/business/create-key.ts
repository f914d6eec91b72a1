// POST /api/v1/keys: creates an API key, which is shown once.
import { type ApiKey, ApiKeyOnce, NewApiKey } from '../../../../contract/api/business.ts'
import type { Scope } from '../../../../contract/scopes.ts'
import { createApiKey, holdApiKey } from '../../../businesses/api-keys.ts'
import type { EpochMs } from '../../../kernel/clock.ts'
import type { AppContext } from '../../../server/context.ts'
import { unauthenticated } from '../../auth/authenticate.ts'
import { invalid, Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeShared } from '../../tenant.ts'
import { formatInstant } from '../format.ts'
import { keyToJson } from './list-keys.ts'

export function registerCreateKey(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/keys',
    {
      config: { scope: 'keys:write', problems: ['idempotency_key_reused', 'idempotency_in_progress'] },
      schema: {
        tags: ['API keys'],
        operationId: 'createKey',
        summary: 'Create an API key',
        description: `A key can only grant scopes that it has itself. Otherwise: 403 \`forbidden_scope\`. The new key expires no later than the calling
key, and is revoked with it.`,
        body: NewApiKey,
        response: { 201: ApiKeyOnce },
      },
    },
    (request, reply) => {
      const { businessId, keyId, scopes: own, expiresAt: latest } = request.caller
      const { name, scopes, expires_at } = request.body
      const beyond = scopes.find((scope) => !own.includes(scope))
      if (beyond) throw cannotGrant(beyond)
      const expiresAt = expires_at === undefined ? latest : Date.parse(expires_at)
      if (expiresAt !== null && expiresAt <= ctx.clock.now()) {
        throw invalid('/expires_at', 'must be in the future', 'يجب أن يكون في المستقبل')
      }
      if (latest !== null && expiresAt !== null && expiresAt > latest) throw tooLate(latest)
      reply.code(201)
      return writeShared(
        ctx,
        request,
        reply,
        async (tx): Promise<ApiKeyOnce> => {
          if (!(await holdApiKey(tx, keyId, ctx.clock.now()))) throw unauthenticated()
          const { key, secret } = await createApiKey(tx, { businessId, name, scopes, expiresAt, parentId: keyId }, ctx)
          return { ...keyToJson(key), secret }
        },
        withoutSecret,
      )
    },
  )
}

function withoutSecret(key: ApiKey): ApiKeyOnce {
  return { ...key, secret: null }
}

function tooLate(latest: EpochMs): Problem {
  const at = formatInstant(latest)
  return invalid(
    '/expires_at',
    `must not be later than ${at}, when the calling key expires`,
    `يجب ألا يتجاوز ${at}، وهو وقت انتهاء المفتاح المستخدم`,
  )
}

function cannotGrant(scope: Scope): Problem {
  return new Problem('forbidden_scope', {
    detail: {
      en: `This API key does not have the scope ${scope}, so it cannot grant it.`,
      ar: `لا يملك مفتاح API هذا الصلاحية ${scope}، لذلك لا يمكنه منحها.`,
    },
    extra: { scope },
  })
}
