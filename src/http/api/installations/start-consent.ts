// POST /api/v1/pos-accounts/{pos}/consent: creates the link with which the owner of a POS account
// lets LoyaPro call the POS.
import { Consent } from '../../../../contract/api/installations.ts'
import { adapterOf } from '../../../businesses/pos-systems.ts'
import { startConsent } from '../../../installations/consent.ts'
import type { AppContext } from '../../../server/context.ts'
import { redirectUriOf } from '../../pages/consent.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { formatInstant } from '../format.ts'
import { posParams } from './list-installations.ts'

export function registerStartConsent(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/pos-accounts/:pos/consent',
    {
      config: {
        scope: 'connections:write',
        problems: ['not_found', 'pos_not_callable', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['POS accounts'],
        operationId: 'startPosConsent',
        summary: 'Request consent in a POS',
        description: `The POS sends the owner back to LoyaPro and confirms which business it is. The account is then connected, and
so is its reference. The link works once, within 15 minutes, in the browser in which the owner confirms it. For a connected account it renews the consent.`,
        params: posParams,
        response: { 201: Consent },
      },
    },
    async (request, reply) => {
      const { pos: posName } = request.params
      const adapter = await adapterOf(ctx.db, posName)
      if (adapter === null) throw new Problem('not_found')
      if (ctx.posClients.of(adapter) === null) throw notCallable(ctx)
      const redirectUri = redirectUriOf(ctx, posName)
      if (redirectUri === null) throw noPublicUrl()
      reply.code(201)
      return writeTenant(ctx, request, reply, async (tx) => {
        const account = { businessId: request.caller.businessId, posName, redirectUri }
        const { url, expiresAt } = await startConsent(tx, ctx.consentKey, account, ctx)
        return { url, expires_at: formatInstant(expiresAt) }
      })
    },
  )
}

/** Names the variable that enables each client. */
function notCallable({ integrations }: AppContext): Problem {
  const clients = integrations.all.flatMap(({ title, client }) => {
    const variable = Object.values(client?.settings ?? {}).find(({ kind }) => kind === 'credential')?.variable
    return variable === undefined ? [] : [{ title, variable }]
  })
  const en = clients.map(({ title, variable }) => `for ${title.en}: ${variable}`).join('; ')
  const ar = clients.map(({ title, variable }) => `ل${title.ar}: ${variable}`).join('؛ ')
  return new Problem('pos_not_callable', {
    detail: {
      en: `LoyaPro has no connector for this POS, or the operator has not set the app’s client ID and secret (${en}).`,
      ar: `لا يدعم لويا برو الاتصال بهذا النظام، أو لم تُضبط بيانات التطبيق (${ar}).`,
    },
  })
}

function noPublicUrl(): Problem {
  return new Problem('pos_not_callable', {
    detail: {
      en: 'The operator has not set LOYAPRO_PUBLIC_URL, the address to which the POS sends the owner back.',
      ar: 'لم يُضبط العنوان العام للويا برو (LOYAPRO_PUBLIC_URL) الذي يعيد إليه نظام نقاط البيع صاحب الحساب.',
    },
  })
}
