// The types of the rows of what a business shows its customers: its brand and its privacy notices.
import type { Actor } from '../../contract/actor.ts'
import type { CardDesign, ShopColors } from '../../contract/brand.ts'
import type { NoticeTexts } from '../../contract/privacy-notice.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Instant, Json, OptionalInstant } from './columns.ts'

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

export interface PrivacyNoticeTable {
  business_id: Uuid
  id: Uuid
  version: number | null
  texts: Json<NoticeTexts>
  created_at: Instant
  created_by: Actor | null
  updated_at: Instant
  updated_by: Actor | null
  published_at: OptionalInstant
  published_by: Actor | null
}
