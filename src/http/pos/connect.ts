// POST /pos/1.0.0/{pos_name}/connect: the POS sends the connection code that the merchant typed
// into its settings.
import { Type } from 'typebox'
import { findBusiness } from '../../businesses/businesses.ts'
import { findCodes, useConnectionCode } from '../../businesses/connection-codes.ts'
import { replayUnmatched } from '../../ingest/replay.ts'
import { idOf, objectOf, textOf } from '../../integrations/toolkit/clean.ts'
import { must } from '../../kernel/assert.ts'
import type { AppContext } from '../../server/context.ts'
import type { PosBody } from '../plugins/json-body.ts'
import { invalid, Problem } from '../problem.ts'
import type { ApiServer } from '../server.ts'

const Answer = Type.Object({
  status: Type.Literal('connected'),
  business_reference: Type.Unknown({ description: 'As it was sent.' }),
  business: Type.Object({ name: Type.Object({ en: Type.String(), ar: Type.Union([Type.String(), Type.Null()]) }) }),
})

export function connectRoute(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/connect',
    {
      schema: {
        tags: ['POS'],
        summary: 'Connect a business by its code',
        description: `Body: \`business_reference\` and \`connection_code\`, which the merchant creates in LoyaPro and types into the settings of the POS.
The reference is connected to that business, and orders received under it are applied.`,
        params: Type.Object({ pos_name: Type.String() }),
        response: { 200: Answer },
      },
      config: {
        problems: [
          ...(['invalid_json', 'too_large', 'unsupported_media_type', 'invalid_request', 'unavailable'] as const),
          ...(['connection_code_invalid', 'too_many_attempts'] as const),
        ],
      },
    },
    async (request) => {
      const { reference, code, sent } = readBody((request.body as PosBody).value)
      const posName = request.pos.name
      const outcome = await ctx.db.write(`pos:${posName}`, (tx) =>
        useConnectionCode(tx, { posName, reference, codes: findCodes([code]) }, ctx.clock),
      )
      if (outcome.kind !== 'connected') throw outcome.kind === 'invalid' ? wrongCode() : tooMany()
      request.businessId = outcome.businessId
      await replayUnmatched(ctx, posName, reference, `pos:${posName}`)
      const { name, name_ar } = must(await findBusiness(ctx.db, outcome.businessId), 'the business')
      return { status: 'connected' as const, business_reference: sent, business: { name: { en: name, ar: name_ar } } }
    },
  )
}

function readBody(value: unknown): { reference: string; code: string; sent: unknown } {
  const { business_reference: sent, connection_code } = objectOf(value) ?? {}
  const reference = idOf(sent, 64)
  if (reference === undefined) {
    throw invalid('/business_reference', 'must be text or a whole number', 'يجب أن يكون نصًا أو عددًا صحيحًا')
  }
  const code = textOf(connection_code)
  if (code !== undefined) return { reference, code, sent }
  throw invalid('/connection_code', 'must be the connection code as text', 'يجب أن يكون رمز الربط نصًا')
}

function wrongCode(): Problem {
  return new Problem('connection_code_invalid', {
    detail: {
      en: 'This connection code is not valid for this POS and business. Create a new code in LoyaPro.',
      ar: 'رمز الربط غير صالح لنظام نقاط البيع والمنشأة. أنشئ رمزًا جديدًا في لويا برو.',
    },
  })
}

function tooMany(): Problem {
  return new Problem('too_many_attempts', {
    detail: {
      en: 'Too many wrong connection codes. Try again in 10 minutes.',
      ar: 'أُدخلت رموز ربط خاطئة كثيرة. حاول مرة أخرى بعد 10 دقائق.',
    },
    headers: { 'retry-after': '600' },
  })
}
