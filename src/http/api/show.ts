// How values cross the business API: ids and instants in their shown form, and an id that names nothing is 404.
import { Type } from 'typebox'
import type { EpochMs } from '../../kernel/clock.ts'
import { type IdKind, readId, showId, type Uuid } from '../../kernel/ids.ts'
import { Problem } from '../problem.ts'

/** A UUID inside a cursor: it comes back from outside and goes into a query. */
export const CursorId = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })

/** The position of a list that is sorted by id. */
export const IdPosition = Type.Object({ id: CursorId })

/** ISO 8601 in UTC. */
export function showInstant(at: EpochMs): string
export function showInstant(at: EpochMs | null): string | null
export function showInstant(at: EpochMs | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}

export function showOptionalId(kind: IdKind, id: Uuid | null): string | null {
  return id === null ? null : showId(kind, id)
}

/** The id in a path or a body. What is not an id at all is answered as one that names nothing: 404 `not_found`. */
export function idOr404(kind: IdKind, text: string): Uuid {
  const id = readId(kind, text)
  if (id === null) throw notFound(kind)
  return id
}

/** The one answer for what is absent and what is another business's. */
export function notFound(kind: IdKind): Problem {
  const { en, ar } = WHAT[kind]
  return new Problem('not_found', { detail: { en: `There is no such ${en}.`, ar: `لا يوجد ${ar} بهذا المعرّف.` } })
}

const WHAT: Record<IdKind, { en: string; ar: string }> = {
  business: { en: 'business', ar: 'منشأة' },
  branch: { en: 'branch', ar: 'فرع' },
  customer: { en: 'customer', ar: 'عميل' },
  program: { en: 'program', ar: 'برنامج' },
  order: { en: 'order', ar: 'طلب' },
  delivery: { en: 'delivery', ar: 'رسالة' },
  transfer: { en: 'movement', ar: 'حركة' },
  subscription: { en: 'subscription', ar: 'اشتراك' },
  card: { en: 'stamp card', ar: 'بطاقة أختام' },
  reward: { en: 'reward', ar: 'مكافأة' },
  claim: { en: 'claim', ar: 'حجز' },
  redemption: { en: 'redemption', ar: 'استبدال' },
  apiKey: { en: 'API key', ar: 'مفتاح واجهة' },
}
