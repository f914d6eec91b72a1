// The sample order of the preview: it has the goods that the draft is about, so that changing a word
// of the draft changes the answer.
import { valueAt } from './presets.ts'

export type Situation = 'tuesday' | 'first' | 'return'

interface Sample {
  situation: Situation
  items: number
  /** Minor units. */
  amount: number
  programId?: string | undefined
}

/** The body of `POST /programs/try`. */
export function sampleRequest(definition: unknown, { situation, items, amount, programId }: Sample, now: Date) {
  const quantity = Math.max(1, items)
  return {
    ...(programId !== undefined && { program_id: programId }),
    definition,
    order: {
      paid_at: lastTuesday(now).toISOString(),
      lines: [{ ...goodsOf(definition), quantity, total: Math.max(0, amount) }],
      ...(situation === 'return' && { returned: [{ line: 0, quantity: quantity / 2 }] }),
    },
    customer: { first_order: situation === 'first' },
  }
}

/** The first product and category that the rules or the plan name. */
function goodsOf(definition: unknown): { product_id?: string; category_id?: string } {
  const rules = valueAt(definition, ['rules'])
  const found: { product_id?: string; category_id?: string } = {}
  const bought = firstOf(valueAt(definition, ['plan', 'products_bought']))
  if (bought !== undefined) found.product_id = bought
  for (const rule of Array.isArray(rules) ? rules : []) {
    const product = firstOf(valueAt(rule, ['when', 'products', 'include']))
    const category = firstOf(valueAt(rule, ['when', 'categories', 'include']))
    if (product !== undefined) found.product_id ??= product
    if (category !== undefined) found.category_id ??= category
  }
  return found
}

function firstOf(list: unknown): string | undefined {
  return Array.isArray(list) && typeof list[0] === 'string' && list[0] !== '' ? list[0] : undefined
}

/** 08:20 UTC of the last Tuesday that is over: late morning in Riyadh. */
function lastTuesday(now: Date): Date {
  const day = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), 8, 20))
  const back = (day.getUTCDay() + 5) % 7 || 7
  day.setUTCDate(day.getUTCDate() - back)
  return day
}
