// Counts what points of sale were answered, by POS and result.
import type { AppContext } from '../../context.ts'
import type { ApiServer } from '../server.ts'

/** For the scope of the POS door. Refusals are counted with the other requests, by their status. */
export function countDeliveries(scope: ApiServer, ctx: AppContext): void {
  scope.addHook('preSerialization', async (request, _reply, answer) => {
    if (hasResult(answer)) ctx.metrics.deliveries.inc({ pos: request.pos.name, result: answer.result })
    return answer
  })
}

function hasResult(answer: unknown): answer is { result: string } {
  return typeof answer === 'object' && answer !== null && 'result' in answer && typeof answer.result === 'string'
}
