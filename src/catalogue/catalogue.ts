// The catalogue of a POS as it was last imported: written page by page, searched by name and
// category.
import { type Selectable, sql } from 'kysely'
import type { Queryable, Statement, Transaction } from '../db/database.ts'
import { piecePattern } from '../db/like-pattern.ts'
import { db, type Tables } from '../db/tables.ts'
import { instant } from '../db/values.ts'
import type { CategoryRecord, InstallationKey, ProductRecord } from '../integrations/client.ts'
import { must } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Minor } from '../kernel/money.ts'

export type Product = Selectable<Tables['catalogue_products']>
export type Category = Selectable<Tables['catalogue_categories']>

export interface ProductFilter {
  /** A part of the name in either language, or the whole SKU or barcode. */
  search?: string
  categoryId?: string
  posName?: string
  /** Ids or SKUs, as rules and rewards name products. */
  ids?: readonly string[]
}

export interface ProductPosition {
  name: string
  pos: string
  id: string
}

/** By name, without entries that the POS no longer has. */
export function listProducts(
  q: Queryable,
  businessId: Uuid,
  { search, categoryId, posName, ids }: ProductFilter,
  after: ProductPosition | null,
  limit: number,
): Promise<Product[]> {
  let query = db.selectFrom('catalogue_products').selectAll()
  query = query.where('business_id', '=', businessId).where('gone_at', 'is', null)
  if (categoryId !== undefined) query = query.where('category_id', '=', categoryId)
  if (posName !== undefined) query = query.where('pos_name', '=', posName)
  if (ids !== undefined)
    query = query.where(sql<boolean>`(product_id = any (${ids}::text[]) or sku = any (${ids}::text[]))`)
  if (search !== undefined) {
    const like = piecePattern(search)
    query = query.where(sql<boolean>`(searched like ${like} or sku = ${search} or barcode = ${search})`)
  }
  if (after) {
    query = query.where(sql<boolean>`(name, pos_name, product_id) > (${after.name}, ${after.pos}, ${after.id})`)
  }
  return q.run(query.orderBy('name').orderBy('pos_name').orderBy('product_id').limit(limit))
}

/** All categories by name; a menu has dozens. */
export function listCategories(q: Queryable, businessId: Uuid): Promise<Category[]> {
  return q.run(
    db
      .selectFrom('catalogue_categories')
      .selectAll()
      .where('business_id', '=', businessId)
      .where('gone_at', 'is', null)
      .orderBy('name')
      .orderBy('pos_name')
      .orderBy('category_id'),
  )
}

/** The catalogue entries of the products of a reward. */
export interface CatalogueGoods {
  /** Whether this POS has a catalogue; without one nothing is known about its products. */
  known: boolean
  /** By id; at most a thousand. */
  goods: { productId: string; sku: string | null; categoryId: string | null; price: Minor | null }[]
}

/** The current products with these ids or SKUs, or in these categories. */
export async function catalogueGoods(
  q: Queryable,
  { businessId, posName }: { businessId: Uuid; posName: string },
  { products, categories }: { products: readonly string[]; categories: readonly string[] },
): Promise<CatalogueGoods> {
  const [found] = await q.query<CatalogueGoods>(GOODS, [businessId, posName, products, categories])
  return must(found, 'the one row of the query')
}

const GOODS: Statement = {
  name: 'catalogue_goods',
  text: `
select exists (select from catalogue_products where business_id = $1 and pos_name = $2 and gone_at is null) as known,
  coalesce((
    select jsonb_agg(jsonb_build_object('productId', product_id, 'sku', sku, 'categoryId', category_id, 'price', price) order by product_id)
    from (
      select * from catalogue_products
      where business_id = $1 and pos_name = $2 and gone_at is null
        and (product_id = any ($3::text[]) or sku = any ($3::text[]) or category_id = any ($4::text[]))
      order by product_id limit 1000
    ) as p
  ), '[]') as goods`,
}

export async function writeCategories(
  tx: Transaction,
  { businessId, posName }: InstallationKey,
  items: readonly CategoryRecord[],
  seenAt: EpochMs,
): Promise<void> {
  await tx.query(
    `insert into catalogue_categories (business_id, pos_name, category_id, name, name_ar, seen_at)
     select distinct on (id) $1::uuid, $2, id, name, name_ar, $6::timestamptz
     from unnest($3::text[], $4::text[], $5::text[]) as r (id, name, name_ar)
     on conflict (business_id, pos_name, category_id) do update set name = excluded.name, name_ar = excluded.name_ar,
       seen_at = excluded.seen_at, gone_at = null`,
    [businessId, posName, ...columnsOf(items), instant(seenAt)],
  )
}

export async function writeProducts(
  tx: Transaction,
  { businessId, posName }: InstallationKey,
  items: readonly ProductRecord[],
  seenAt: EpochMs,
): Promise<void> {
  await tx.query(
    `insert into catalogue_products (business_id, pos_name, product_id, name, name_ar, category_id, sku, barcode, price, active, seen_at)
     select distinct on (id) $1::uuid, $2, r.*, $11::timestamptz
     from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[], $10::boolean[])
       as r (id, name, name_ar, category_id, sku, barcode, price, active)
     on conflict (business_id, pos_name, product_id) do update set name = excluded.name, name_ar = excluded.name_ar,
       category_id = excluded.category_id, sku = excluded.sku, barcode = excluded.barcode, price = excluded.price,
       active = excluded.active, seen_at = excluded.seen_at, gone_at = null`,
    [
      businessId,
      posName,
      ...columnsOf(items),
      items.map((item) => item.categoryId),
      items.map((item) => item.sku),
      items.map((item) => item.barcode),
      items.map((item) => item.price),
      items.map((item) => item.active),
      instant(seenAt),
    ],
  )
}

function columnsOf(items: readonly CategoryRecord[]) {
  return [items.map(({ id }) => id), items.map(({ name }) => name), items.map(({ nameAr }) => nameAr)]
}

/** Marks entries that a complete import did not list; rows stay, because rules may name them. */
export async function markGone(
  tx: Transaction,
  table: 'catalogue_categories' | 'catalogue_products',
  { businessId, posName }: InstallationKey,
  startedAt: EpochMs,
  now: EpochMs,
): Promise<void> {
  await tx.query(
    `update ${table} set gone_at = $4::timestamptz
     where business_id = $1 and pos_name = $2 and gone_at is null and seen_at < $3::timestamptz`,
    [businessId, posName, instant(startedAt), instant(now)],
  )
}
