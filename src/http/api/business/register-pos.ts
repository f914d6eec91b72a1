// POST /api/v1/pos-systems: registers a POS that only this business can connect to.
import { actorToJson } from '../../../../contract/actor.ts'
import { newPosSystem, type PosSystem, posSystem } from '../../../../contract/api/connections.ts'
import { registerOwnPos } from '../../../businesses/own-pos.ts'
import type { PosSystem as PosRow } from '../../../businesses/pos-systems.ts'
import type { AppContext } from '../../../server/context.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeShared } from '../../tenant.ts'
import { formatInstant } from '../format.ts'

export function registerRegisterPos(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/pos-systems',
    {
      config: {
        scope: 'connections:write',
        problems: ['conflict', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Connections'],
        operationId: 'registerPos',
        summary: 'Register a POS of the business',
        description: `For a POS that belongs to this business alone. LoyaPro chooses its name, which is part of its webhook URL. Then create a token
(\`POST /pos-systems/{pos}/tokens\`) and connect its references (\`POST /connections\`); they need no other proof. At most three.`,
        body: newPosSystem(namesWithTokens(ctx)),
        response: { 201: posSystem(ctx.integrations.names) },
      },
    },
    async (request, reply) => {
      const { title, adapter = 'standard' } = request.body
      const { businessId } = request.caller
      reply.code(201)
      const pos = await writeShared(ctx, request, reply, async (tx) => {
        const outcome = await registerOwnPos(tx, { businessId, title, adapter }, ctx)
        if (outcome.kind === 'limit_reached') throw tooMany()
        return posSystemToJson(outcome.pos)
      })
      ctx.posKeys.forget()
      return pos
    },
  )
}

/** The secret of any other POS comes from its vendor, so the operator registers it. */
function namesWithTokens({ integrations }: AppContext): string[] {
  return integrations.all.filter(({ authentication }) => authentication.kind === 'jwt').map(({ name }) => name)
}

export function posSystemToJson({ name, title, adapter, created_at, created_by }: PosRow): PosSystem {
  return { pos: name, title, adapter, created_at: formatInstant(created_at), created_by: actorToJson(created_by) }
}

function tooMany(): Problem {
  return new Problem('conflict', {
    detail: {
      en: 'The business has three POS systems of its own, which is the maximum. Use one of them.',
      ar: 'سجّلت المنشأة ثلاثة أنظمة نقاط بيع، وهو الحد الأقصى. استخدم أحدها.',
    },
  })
}
