// POST /api/v1/programs/try: what a sample order would earn by a draft or a version. Writes nothing.
import { TriedProgram, TryProgram } from '../../../../contract/api/try-program.ts'
import type { Definition } from '../../../../contract/program.ts'
import { unitOf } from '../../../../contract/unit.ts'
import { findBranch } from '../../../businesses/branches.ts'
import { type SampleCustomer, type SampleOrder, type TriedOrder, tryOrder } from '../../../earning/try-order.ts'
import { namesOf } from '../../../earning/why-nothing.ts'
import type { EpochMs } from '../../../kernel/clock.ts'
import { businessDateOf } from '../../../kernel/local-date.ts'
import { toScaled } from '../../../kernel/money.ts'
import { explainNothing } from '../../../programs/nothing.ts'
import { explain, type Language, type Setting } from '../../../programs/why.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { formatInstant, idOr404, notFound } from '../format.ts'
import { definitionLeftOut } from './definition.ts'
import { draftOf } from './draft.ts'
import { programsOf } from './programs-of.ts'

export function registerTryProgram(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/programs/try',
    {
      config: { scope: 'programs:read', changesNothing: true, problems: ['not_found'] },
      validatorCompiler: definitionLeftOut,
      schema: {
        tags: ['Programs'],
        operationId: 'tryProgram',
        summary: 'Try a program on a sample order',
        description: `Returns what the order would earn and why. Nothing is written. Send a \`definition\`, a \`program_id\`, or both
to try a draft of an existing program.`,
        body: TryProgram,
        response: { 200: TriedProgram },
      },
    },
    async (request): Promise<TriedProgram> => {
      const { order, customer = {} } = request.body
      const { businessId } = request.caller
      const programs = await programsOf(ctx, businessId)
      const version = draftOf(programs, request.body)
      const branchId = order.branch_id === undefined ? null : idOr404('branch', order.branch_id)
      const branch =
        branchId === null ? null : await readTenant(ctx, request, (tx) => findBranch(tx, businessId, branchId))
      if (branchId && !branch) throw notFound('branch')
      const paidAt = order.paid_at === undefined ? ctx.clock.now() : Date.parse(order.paid_at)
      const zone = branch?.timezone ?? programs.business.timezone
      const businessDate = businessDateOf(paidAt, zone, branch?.day_ends_at ?? undefined)
      const sample = { ...sampleOrder(order, paidAt), businessDate, branch }
      const { sold, kept } = tryOrder(programs, version, sample, sampleCustomer(customer))
      const setting = { type: version.type, currency: programs.business.currency }
      return {
        program_type: version.type,
        unit: unitOf(version.type, setting.currency),
        units: sold.units,
        why: whyOf(sold, version.definition, setting),
        reason: sold.reason,
        waiting: sold.waiting,
        lines: sold.counted.map((counts) => ({ counts })),
        available_at: formatInstant(sold.lot?.availableAt ?? null),
        expires_at: formatInstant(sold.lot?.expiresAt ?? null),
        after_return: kept && { units: kept.units, why: whyOf(kept, version.definition, setting) },
      }
    },
  )
}

function sampleOrder(order: TryProgram['order'], paidAt: EpochMs): Omit<SampleOrder, 'businessDate' | 'branch'> {
  return {
    paidAt,
    ...(order.order_type && { orderType: order.order_type }),
    ...(order.channel && { channel: order.channel }),
    lines: order.lines.map(({ product_id, sku, category_id, quantity, total, total_excl_tax = total }) => ({
      productId: product_id ?? '',
      ...(sku !== undefined && { sku }),
      ...(category_id !== undefined && { categoryId: category_id }),
      name: '',
      quantity: thousandths(quantity),
      inclTax: total,
      exclTax: Math.min(total_excl_tax, total),
    })),
    discount: order.discount ?? 0,
    payments: order.payments ?? [],
    returned: (order.returned ?? []).map(({ line, quantity }) => ({ line, quantity: thousandths(quantity) })),
  }
}

/** At least one: less than a thousandth of an item is still some of it. */
function thousandths(quantity: number): number {
  return Math.max(1, toScaled(quantity, 3) ?? 1)
}

function sampleCustomer({ first_order = false, birth_date, used = {} }: NonNullable<TryProgram['customer']>) {
  const customer: SampleCustomer = { birthDate: birth_date ?? null, known: { first_order }, used }
  return customer
}

function whyOf({ why, reason }: TriedOrder, definition: Definition, setting: Setting): TriedProgram['why'] {
  const say = (language: Language) =>
    reason === null
      ? explain(why, language, setting)
      : explainNothing(reason, language, { why, setting, rules: namesOf(definition) })
  return { en: say('en'), ar: say('ar') }
}
