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
      config: { scope: 'keys:write', fresh: true, problems: ['idempotency_key_reused', 'idempotency_in_progress'] },
      schema: {
        tags: ['API keys'],
        operationId: 'createKey',
        summary: 'Create an API key',
        description: `A caller can only grant scopes that it has itself. Otherwise: 403 \`forbidden_scope\`. A key that was created with a key expires no later than
that one, and is revoked with it.`,
        body: NewApiKey,
        response: { 201: ApiKeyOnce },
      },
    },
    (request, reply) => {
      const { businessId, key: parent, scopes: own } = request.caller
      const latest = parent?.expiresAt ?? null
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
          if (parent && !(await holdApiKey(tx, parent.id, ctx.clock.now()))) throw unauthenticated()
          const parentId = parent?.id ?? null
          const { key, secret } = await createApiKey(tx, { businessId, name, scopes, expiresAt, parentId }, ctx)
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
      en: `The scope ${scope} cannot be granted by a caller that does not have it.`,
      ar: `لا يمكن منح الصلاحية ${scope} لأنك لا تملكها.`,
    },
    extra: { scope },
  })
}
