// GET /api/v1/customers/{id}: a customer with balances, upcoming expiries, subscriptions and unused
// awards.
import { actorToJson } from '../../../../contract/actor.ts'
import { idParams } from '../../../../contract/api/common.ts'
import { CustomerInFull, type StampCard } from '../../../../contract/api/customers.ts'
import { formerPhones } from '../../../customers/phones.ts'
import { countFigures } from '../../../figures/read.ts'
import { loadTargets } from '../../../figures/targets.ts'
import { formatId } from '../../../kernel/ids.ts'
import { readBalances, readExpirySchedule } from '../../../ledger/read.ts'
import { runningSubscriptions, type UnusedAward, unusedAwards } from '../../../programs/plans/holdings.ts'
import type { BusinessPrograms } from '../../../programs/store.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { formatInstant, formatOptionalId, idOr404 } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { customerOr404 } from './customer-problem.ts'
import { balancesToJson, profileToJson, withExpiry } from './customer-to-json.ts'
import { figuresToJson } from './list-to-json.ts'
import { subscriptionToJson } from './subscription-to-json.ts'

export function registerGetCustomer(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/customers/:id',
    {
      config: { scope: 'customers:read', problems: ['not_found', 'customer_merged', 'customer_erased'] },
      schema: {
        tags: ['Customers'],
        operationId: 'getCustomer',
        summary: 'Get a customer',
        params: idParams('cus', 'customer'),
        response: { 200: CustomerInFull },
      },
    },
    async (request) => {
      const id = idOr404('customer', request.params.id)
      const { businessId } = request.caller
      const programs = await programsOf(ctx, businessId)
      const now = ctx.clock.now()
      return readTenant(ctx, request, async (tx) => {
        const customer = await customerOr404(tx, businessId, id)
        const [former, balances, schedule, subscriptions, cards, figures, targets] = await Promise.all([
          formerPhones(tx, businessId, id),
          readBalances(tx, businessId, [id]),
          readExpirySchedule(tx, businessId, id),
          runningSubscriptions(tx, businessId, id, now),
          unusedAwards(tx, businessId, id, now),
          countFigures(tx, businessId, id),
          loadTargets(tx, programs, now),
        ])
        const hasCard = cards.some(({ programId }) => targets.cards.includes(programId))
        return {
          ...profileToJson(customer),
          figures: {
            ...figuresToJson(figures, { targets, now, balances, hasCard }),
            branch_id: formatOptionalId('branch', figures.branchId),
          },
          former_phones: former.map(({ phone, since, replacedBy }) => {
            return {
              phone,
              since: formatInstant(since),
              replaced_by: actorToJson(replacedBy),
            }
          }),
          balances: withExpiry(balancesToJson(id, programs, balances), schedule),
          subscriptions: subscriptions.map((one) => subscriptionToJson(one, now)),
          stamp_cards: cards.map((card) => showCard(card, programs)),
        }
      })
    },
  )
}

function showCard(card: UnusedAward, programs: BusinessPrograms): StampCard {
  const definition = programs.version(card.programId, card.version)?.definition
  return {
    id: formatId('card', card.id),
    program_id: formatId('program', card.programId),
    goal: card.goal,
    reward: definition?.type === 'stamps' ? definition.reward.name : null,
    won_at: formatInstant(card.wonAt),
    expires_at: formatInstant(card.expiresAt),
  }
}
