// The types of the rows of a brand.
import type { Actor } from '../../contract/actor.ts'
import type { CardDesign, ShopColors } from '../../contract/brand.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Instant, Json } from './columns.ts'

export interface BrandTable {
  business_id: Uuid
  colors: Json<ShopColors>
  card: Json<CardDesign>
  logo: string | null
  updated_at: Instant
  updated_by: Actor | null
}

export interface BrandLogoTable {
  business_id: Uuid
  hash: string
  type: 'image/png' | 'image/jpeg' | 'image/webp'
  width: number
  height: number
  picture: Buffer
  created_at: Instant
  created_by: Actor | null
}
