// How values cross the business API: ids and instants in their shown form, and an id that names
// nothing is 404.
import { Type } from 'typebox'
import { type EpochMs, isStorableInstant } from '../../kernel/clock.ts'
import { formatId, type IdKind, parseId, type Uuid } from '../../kernel/ids.ts'
import { invalid, Problem } from '../problem.ts'

/** A UUID inside a cursor: it comes back from outside and goes into a query. */
export const CursorId = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })

/** An instant inside a cursor, in milliseconds. */
export const CursorInstant = Type.Refine(Type.Integer(), isStorableInstant)

/** The position of a list that is sorted by id. */
export const IdPosition = Type.Object({ id: CursorId })

/** ISO 8601 in UTC. */
export function formatInstant(at: EpochMs): string
export function formatInstant(at: EpochMs | null): string | null
export function formatInstant(at: EpochMs | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}

export function formatOptionalId(kind: IdKind, id: Uuid | null): string | null {
  return id === null ? null : formatId(kind, id)
}

/**
 * The id in a path or a body. What is not an id at all is answered as one that names nothing: 404
 * `not_found`.
 */
export function idOr404(kind: IdKind, text: string): Uuid {
  const id = parseId(kind, text)
  if (id === null) throw notFound(kind)
  return id
}

/** The one answer for what is absent and what is another business's. */
export function notFound(kind: IdKind): Problem {
  const { en, ar } = WHAT[kind]
  return new Problem('not_found', { detail: { en: `No ${en} has this ID.`, ar: `${ar} بهذا المعرّف.` } })
}

const WHAT: Record<IdKind, { en: string; ar: string }> = {
  business: { en: 'business', ar: 'لا توجد منشأة' },
  branch: { en: 'branch', ar: 'لا يوجد فرع' },
  customer: { en: 'customer', ar: 'لا يوجد عميل' },
  program: { en: 'program', ar: 'لا يوجد برنامج' },
  order: { en: 'order', ar: 'لا يوجد طلب' },
  delivery: { en: 'webhook delivery', ar: 'لا يوجد إشعار وارد' },
  transfer: { en: 'movement', ar: 'لا توجد حركة' },
  subscription: { en: 'subscription', ar: 'لا يوجد اشتراك' },
  card: { en: 'stamp card', ar: 'لا توجد بطاقة أختام' },
  reward: { en: 'reward', ar: 'لا توجد مكافأة' },
  claim: { en: 'claim', ar: 'لا يوجد حجز' },
  redemption: { en: 'redemption', ar: 'لا توجد عملية استبدال' },
  apiKey: { en: 'API key', ar: 'لا يوجد مفتاح API' },
  note: { en: 'note', ar: 'لا توجد ملاحظة' },
  staff: { en: 'member of staff', ar: 'لا يوجد موظف' },
  activity: { en: 'activity', ar: 'لا يوجد نشاط' },
  invitation: { en: 'invitation', ar: 'لا توجد دعوة' },
  mail: { en: 'mail', ar: 'لا توجد رسالة بريد' },
  session: { en: 'session', ar: 'لا توجد جلسة' },
  passkey: { en: 'passkey', ar: 'لا يوجد مفتاح مرور' },
  erasure: { en: 'erasure', ar: 'لا توجد عملية حذف بيانات' },
  notice: { en: 'privacy notice', ar: 'لا يوجد إشعار خصوصية' },
  backTest: { en: 'back-test', ar: 'لا توجد تجربة على الطلبات السابقة' },
}

export function unknownTimezone(): Problem {
  return invalid(
    '/timezone',
    'must be an IANA time zone, e.g. Asia/Riyadh',
    'يجب أن تكون منطقة زمنية معروفة مثل Asia/Riyadh',
  )
}
