// A privacy notice as the API shows it, and the refusals that its operations share.
import { actorToJson } from '../../../../contract/actor.ts'
import type { PrivacyNotice, PrivacyNoticeSummary } from '../../../../contract/api/privacy-notices.ts'
import type { NoticeTexts } from '../../../../contract/privacy-notice.ts'
import type { Transaction } from '../../../db/database.ts'
import { formatId, type Uuid } from '../../../kernel/ids.ts'
import { findNotice, type Notice, type NoticeInFull } from '../../../privacy/notices.ts'
import { invalid, Problem } from '../../problem.ts'
import { formatInstant, notFound } from '../format.ts'

export function noticeSummaryToJson(notice: Notice): PrivacyNoticeSummary {
  const { id, version, isInForce, createdAt, createdBy, updatedAt, updatedBy, publishedAt, publishedBy } = notice
  return {
    id: formatId('notice', id),
    status: version === null ? 'draft' : isInForce ? 'in_force' : 'replaced',
    version,
    created_at: formatInstant(createdAt),
    created_by: actorToJson(createdBy),
    updated_at: formatInstant(updatedAt),
    updated_by: actorToJson(updatedBy),
    published_at: formatInstant(publishedAt),
    published_by: actorToJson(publishedBy),
  }
}

export function noticeToJson(notice: NoticeInFull): PrivacyNotice {
  return { ...noticeSummaryToJson(notice), texts: notice.texts }
}

export async function noticeOr404(tx: Transaction, businessId: Uuid, id: Uuid): Promise<NoticeInFull> {
  const notice = await findNotice(tx, businessId, id)
  if (notice === null) throw notFound('notice')
  return notice
}

/** Throws 404, or 409 for one that is published. */
export async function draftOr409(tx: Transaction, businessId: Uuid, id: Uuid): Promise<NoticeInFull> {
  const notice = await noticeOr404(tx, businessId, id)
  if (notice.version === null) return notice
  throw new Problem('conflict', {
    detail: {
      en: `Version ${notice.version} is published and never changes, because customers may have agreed to it. Create a new draft.`,
      ar: `النسخة ${notice.version} منشورة ولا تتغيّر، فقد يكون عملاء وافقوا عليها. أنشئ مسودة جديدة.`,
    },
  })
}

/** The texts without spaces around them. Throws 422 for one that is empty. */
export function trimmed(texts: NoticeTexts): NoticeTexts {
  const both = (name: keyof NoticeTexts) => {
    const [en, ar] = [texts[name].en.trim(), texts[name].ar.trim()]
    if (en === '') throw invalid(`/texts/${name}/en`, 'must not be empty', 'يجب ألا يكون فارغًا')
    if (ar === '') throw invalid(`/texts/${name}/ar`, 'must not be empty', 'يجب ألا يكون فارغًا')
    return { en, ar }
  }
  return { notice: both('notice'), service: both('service'), marketing: both('marketing') }
}
