// POST /api/v1/cards/read: returns the customer of a card that a cashier has scanned.
import { CardHolder, CardToRead } from '../../../../contract/api/cards.ts'
import { findCustomer } from '../../../customers/store.ts'
import { customerOfCard } from '../../../identity/verify-proof.ts'
import { must } from '../../../kernel/assert.ts'
import { formatId } from '../../../kernel/ids.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { proofProblem } from './proof-problem.ts'

export function registerReadCard(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/cards/read',
    {
      config: {
        scope: 'claims:cashier',
        changesNothing: true,
        problems: ['wrong_proof', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Cards'],
        operationId: 'readCard',
        summary: 'Read a scanned card',
        description: `This is a POST so that the token appears in no URL and no log. It changes nothing. A renewed card, a card of another business
and an invalid token all return 403 \`wrong_proof\`.`,
        body: CardToRead,
        response: { 200: CardHolder },
      },
    },
    (request, reply) => {
      const { businessId } = request.caller
      return writeTenant(ctx, request, reply, async (tx): Promise<CardHolder> => {
        const customerId = await customerOfCard(tx, businessId, request.body.token, ctx)
        if (customerId === null) throw proofProblem('wrong_proof')
        const { name } = must(await findCustomer(tx, businessId, customerId), 'the customer of a card in force')
        return { id: formatId('customer', customerId), name }
      })
    },
  )
}
