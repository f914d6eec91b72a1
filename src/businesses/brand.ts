// The brand of a business: its colours, the design of its card, and its logo.
import type { Actor } from '../../contract/actor.ts'
import { type CardDesign, DEFAULT_COLORS, DEFAULT_DESIGN, type ShopColors } from '../../contract/brand.ts'
import type { Queryable, Statement, WriteTransaction } from '../db/database.ts'
import { instant, json } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Logo } from './logo.ts'
import type { LogoType } from './logo-metadata.ts'

export interface Brand {
  colors: ShopColors
  card: CardDesign
  logo: Omit<Logo, 'picture'> | null
  /** Null while nothing was chosen. */
  updatedAt: EpochMs | null
  updatedBy: Actor | null
}

/** Of a business that has chosen nothing, the default. */
export async function findBrand(q: Queryable, businessId: Uuid): Promise<Brand> {
  const [row] = await q.query<BrandRow>(FIND, [businessId])
  if (!row) return { colors: DEFAULT_COLORS, card: DEFAULT_DESIGN, logo: null, updatedAt: null, updatedBy: null }
  const { hash, type, width, height, ...brand } = row
  return { ...brand, logo: hash === null ? null : { hash, type, width, height } }
}

interface BrandRow extends Omit<Brand, 'logo'> {
  hash: string | null
  type: LogoType
  width: number
  height: number
}

/**
 * Absent members stay. The colours must be readable (`colorProblems`). A logo that is replaced or
 * removed (null) is deleted.
 */
export async function updateBrand(
  tx: WriteTransaction,
  businessId: Uuid,
  changes: { colors?: ShopColors; card?: CardDesign; logo?: Logo | null },
  now: EpochMs,
): Promise<Brand> {
  const { colors, card, logo } = changes
  if (logo) {
    const { hash, type, width, height, picture } = logo
    await tx.query(ADD_LOGO, [businessId, hash, type, width, height, picture, instant(now), tx.actor])
  }
  await tx.query(SAVE, [
    businessId,
    json(colors ?? DEFAULT_COLORS),
    json(card ?? DEFAULT_DESIGN),
    logo?.hash ?? null,
    instant(now),
    tx.actor,
    colors !== undefined,
    card !== undefined,
    logo !== undefined,
  ])
  await tx.query(DROP_LOGOS, [businessId])
  return findBrand(tx, businessId)
}

/** The picture of a logo by its address; null when it is none of this business, or not any more. */
export async function findLogo(
  q: Queryable,
  businessId: Uuid,
  hash: string,
): Promise<{ type: LogoType; picture: Buffer } | null> {
  const [logo] = await q.query<{ type: LogoType; picture: Buffer }>(FIND_LOGO, [businessId, hash])
  return logo ?? null
}

const FIND: Statement = {
  name: 'find_brand',
  text: `
select b.colors, b.card, b.updated_at as "updatedAt", b.updated_by as "updatedBy", l.hash, l.type, l.width, l.height
from brands b left join brand_logos l on l.business_id = b.business_id and l.hash = b.logo
where b.business_id = $1`,
}

const SAVE: Statement = {
  name: 'save_brand',
  text: `
insert into brands (business_id, colors, card, logo, updated_at, updated_by)
values ($1, $2::jsonb, $3::jsonb, $4, $5::timestamptz, $6)
on conflict (business_id) do update set
  colors = case when $7 then excluded.colors else brands.colors end,
  card = case when $8 then excluded.card else brands.card end,
  logo = case when $9 then excluded.logo else brands.logo end,
  updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
}

const ADD_LOGO: Statement = {
  name: 'add_logo',
  text: `
insert into brand_logos (business_id, hash, type, width, height, picture, created_at, created_by)
values ($1, $2, $3, $4, $5, $6, $7::timestamptz, $8)
on conflict (business_id, hash) do nothing`,
}

const DROP_LOGOS: Statement = {
  name: 'drop_logos',
  text: `
delete from brand_logos l using brands b
where b.business_id = $1 and l.business_id = $1 and l.hash is distinct from b.logo`,
}

const FIND_LOGO: Statement = {
  name: 'find_logo',
  text: 'select type, picture from brand_logos where business_id = $1 and hash = $2',
}
