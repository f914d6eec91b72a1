// Checks a reward against the data of the business: its program, branches and products.
import { type FieldError, fieldError } from '../../../contract/field-error.ts'
import type { ProgramType } from '../../../contract/program.ts'
import type { Queryable, Statement } from '../../db/database.ts'
import { db } from '../../db/tables.ts'
import { parseId, type Uuid } from '../../kernel/ids.ts'

/**
 * Only points buy rewards: stamps complete cards, cashback pays any amount, and a use has the terms
 * of its plan. A reward with price 0 may belong to any program.
 */
export function priceProblems(type: ProgramType, price: number): FieldError[] {
  if (price === 0 || type === 'points') return []
  return [
    fieldError(
      '/price',
      `Only points programs can have priced rewards: choose a points program, or set the price to 0 for a ${type} program`,
      'السعر متاح لبرامج النقاط فقط: اختر برنامج نقاط، أو اجعل السعر 0',
    ),
  ]
}

/** One problem for each public id that is no branch of this business. */
export async function branchProblems(
  q: Queryable,
  businessId: Uuid,
  branches: readonly string[],
): Promise<FieldError[]> {
  const ids = branches.map((shown) => parseId('branch', shown))
  const wanted = ids.filter((id) => id !== null)
  if (branches.length === 0) return []
  const rows =
    wanted.length === 0
      ? []
      : await q.run(
          db.selectFrom('branches').select('id').where('business_id', '=', businessId).where('id', 'in', wanted),
        )
  const known = new Set(rows.map(({ id }) => id))
  return ids.flatMap((id, index) => (id !== null && known.has(id) ? [] : [unknownBranch(index)]))
}

function unknownBranch(index: number): FieldError {
  return fieldError(
    `/branches/${index}`,
    'The business has no such branch: use an ID from GET /branches',
    'لا يوجد فرع بهذا المعرّف في المنشأة: استخدم معرّفًا من GET /branches',
  )
}

/**
 * Whether none of these products exists. False unless every POS that the business has branches of
 * has a complete catalogue.
 */
export async function lacksProducts(
  q: Queryable,
  businessId: Uuid,
  { products, categories }: { products: readonly string[]; categories: readonly string[] },
): Promise<boolean> {
  const [row] = await q.query<{ lacks: boolean }>(LACKS, [businessId, products, categories])
  return row?.lacks ?? false
}

const LACKS: Statement = {
  name: 'catalogue_lacks',
  text: `
with read as (select pos_name from installations where business_id = $1 and synced_at is not null)
select exists (select from read)
  and not exists (select from branches where business_id = $1 and pos_name not in (select pos_name from read))
  and not exists (
    select from catalogue_products
    where business_id = $1 and gone_at is null
      and (product_id = any ($2::text[]) or sku = any ($2::text[]) or category_id = any ($3::text[]))
  ) as lacks`,
}
