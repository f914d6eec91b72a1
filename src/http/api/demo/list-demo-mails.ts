// GET /api/v1/demo/mails: the mails of a demo, which no mail server delivers.
import { Type } from 'typebox'
import { DemoMail } from '../../../../contract/api/staff.ts'
import { showsMails } from '../../../demo/state.ts'
import { formatId } from '../../../kernel/ids.ts'
import { listMails, openContent } from '../../../mail/outbox.ts'
import { renderMail } from '../../../mail/render.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { formatInstant } from '../format.ts'
import { mailToJson } from '../staff/list-invitations.ts'

export function registerListDemoMails(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/demo/mails',
    {
      config: { scope: 'staff:read' },
      schema: {
        tags: ['Business'],
        operationId: 'listDemoMails',
        summary: 'List the mails of the demo',
        description: `The newest 100 mails to staff of a demo business, with their texts until what they offer ends; with a mail server, without them. The
texts contain links, so an API key does not see them. Empty for every other business.`,
        response: { 200: Type.Object({ data: Type.Array(DemoMail) }) },
      },
    },
    async (request) => {
      const { businessId, staff } = request.caller
      if (!(await showsMails(ctx.db, businessId))) return { data: [] }
      const mails = await listMails(ctx.db, businessId, MOST)
      return {
        data: mails.map(({ id, recipient, created_at, expires_at, status, language, sealed_content }): DemoMail => {
          const isShown = staff !== undefined && sealed_content !== null && expires_at > ctx.clock.now()
          const mail = isShown ? renderMail(openContent(ctx.seal, { id, sealed_content }), language) : null
          return {
            id: formatId('mail', id),
            to: recipient,
            created_at: formatInstant(created_at),
            status: mailToJson(status),
            subject: mail?.subject ?? null,
            text: mail?.text ?? null,
          }
        }),
      }
    },
  )
}

const MOST = 100
