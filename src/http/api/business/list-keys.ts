// GET /api/v1/keys: the API keys of the business, without their secrets.

import { Type } from 'typebox'
import { actorToJson } from '../../../../contract/actor.ts'
import { ApiKey } from '../../../../contract/api/business.ts'
import { type ApiKey as ApiKeyRow, listApiKeys } from '../../../businesses/api-keys.ts'
import { formatId } from '../../../kernel/ids.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { formatInstant } from '../format.ts'

export function registerListKeys(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/keys',
    {
      config: { scope: 'keys:read' },
      schema: {
        tags: ['API keys'],
        operationId: 'listKeys',
        summary: 'List API keys',
        description: 'Newest first, including revoked keys. All keys are returned on one page.',
        response: { 200: Type.Object({ data: Type.Array(ApiKey) }) },
      },
    },
    async (request) => ({ data: (await listApiKeys(ctx.db, request.caller.businessId)).map(keyToJson) }),
  )
}

export function keyToJson(key: ApiKeyRow): ApiKey {
  return {
    id: formatId('apiKey', key.id),
    name: key.name,
    prefix: key.prefix,
    scopes: key.scopes,
    created_at: formatInstant(key.createdAt),
    created_by: actorToJson(key.createdBy),
    expires_at: formatInstant(key.expiresAt),
    revoked_at: formatInstant(key.revokedAt),
    revoked_by: actorToJson(key.revokedBy),
  }
}
