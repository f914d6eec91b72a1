// POST /api/v1/pos-systems/{pos}/tokens: creates a token for a POS of the business, optionally to
// replace another one.
import { Type } from 'typebox'
import { NewPosToken, PosToken } from '../../../../contract/api/connections.ts'
import { isOwnPos } from '../../../businesses/own-pos.ts'
import { issuePosToken, revokePosTokens } from '../../../businesses/pos-tokens.ts'
import { assert } from '../../../kernel/assert.ts'
import type { EpochMs } from '../../../kernel/clock.ts'
import type { AppContext } from '../../../server/context.ts'
import { invalid, Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeShared } from '../../tenant.ts'
import { formatInstant } from '../format.ts'

export function registerCreatePosToken(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/pos-systems/:pos/tokens',
    {
      config: {
        scope: 'connections:write',
        problems: ['not_found', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Connections'],
        operationId: 'createPosToken',
        summary: 'Create a token for a POS',
        description: `For a POS that the business registered. To exchange a token without a pause, name the old one in \`replaces\`: both are valid
for \`overlap_hours\`, then the old one is revoked.`,
        params: ownPosParams,
        body: NewPosToken,
        response: { 201: PosToken },
      },
    },
    async (request, reply) => {
      const { pos: posName } = request.params
      const { replaces, overlap_hours = 24 } = request.body
      const now = ctx.clock.now()
      const expiresAt = readExpiry(request.body.expires_at, now)
      reply.code(201)
      const answer = await writeShared(
        ctx,
        request,
        reply,
        async (tx): Promise<PosToken> => {
          if (!(await isOwnPos(tx, request.caller.businessId, posName))) throw noSuchOwnPos()
          const issued = await issuePosToken(tx, posName, expiresAt, ctx)
          assert(issued.kind === 'issued', 'a POS of a business has a secret')
          if (replaces !== undefined)
            await revokePosTokens(tx, posName, { jti: replaces, from: now + overlap_hours * HOUR_MS }, ctx)
          return { id: issued.jti, token: issued.token, expires_at: formatInstant(expiresAt) }
        },
        (answer) => ({ ...answer, token: null }),
      )
      ctx.posKeys.forget()
      return answer
    },
  )
}

export const ownPosParams = Type.Object({
  pos: Type.String({ description: 'Name of the POS.', examples: ['pos-7k3m9qxt04'] }),
})

export function noSuchOwnPos(): Problem {
  return new Problem('not_found', {
    detail: {
      en: 'The business has not registered a POS with this name.',
      ar: 'لم تسجّل المنشأة نظام نقاط بيع بهذا الاسم.',
    },
  })
}

const HOUR_MS = 3_600_000
const LONGEST_MS = 366 * 24 * HOUR_MS

function readExpiry(text: string | undefined, now: EpochMs): EpochMs {
  if (text === undefined) return now + LONGEST_MS
  const at = Date.parse(text)
  if (at > now && at <= now + LONGEST_MS) return at
  throw invalid(
    '/expires_at',
    'must be in the future, at most one year from now',
    'يجب أن يكون في المستقبل، خلال سنة من الآن',
  )
}
