// Privacy notices in the database (table `privacy_notices`): drafts, and versions that never change.
import type { Actor } from '../../contract/actor.ts'
import type { NoticeTexts } from '../../contract/privacy-notice.ts'
import type { Queryable, Statement, WriteTransaction } from '../db/database.ts'
import { instant, json } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

export interface Notice {
  id: Uuid
  /** Null: a draft. */
  version: number | null
  isInForce: boolean
  createdAt: EpochMs
  createdBy: Actor | null
  updatedAt: EpochMs
  updatedBy: Actor | null
  publishedAt: EpochMs | null
  publishedBy: Actor | null
}

export interface NoticeInFull extends Notice {
  texts: NoticeTexts
}

/** Drafts and versions of one business. A list has no pages, and nobody changes a notice this often. */
export const MAX_NOTICES = 200

/** Drafts first, then the versions; newest first. */
export function listNotices(q: Queryable, businessId: Uuid): Promise<Notice[]> {
  return q.query(LIST, [businessId])
}

export async function findNotice(q: Queryable, businessId: Uuid, id: Uuid): Promise<NoticeInFull | null> {
  const [notice] = await q.query<NoticeInFull>(FIND, [businessId, id])
  return notice ?? null
}

/** The notice that new customers are shown; null before the first is published. */
export async function noticeInForce(q: Queryable, businessId: Uuid): Promise<NoticeInFull | null> {
  const [notice] = await q.query<NoticeInFull>(IN_FORCE, [businessId])
  return notice ?? null
}

/** Null when the business has the maximum of notices. The caller holds the business. */
export async function createNotice(
  tx: WriteTransaction,
  { businessId, id, texts }: { businessId: Uuid; id: Uuid; texts: NoticeTexts },
  now: EpochMs,
): Promise<NoticeInFull | null> {
  const [created] = await tx.query(CREATE, [businessId, id, json(texts), instant(now), tx.actor, MAX_NOTICES])
  return created ? findNotice(tx, businessId, id) : null
}

/** Of a draft; false when it is none, or not any more. */
export async function changeNotice(
  tx: WriteTransaction,
  { businessId, id, texts }: { businessId: Uuid; id: Uuid; texts: NoticeTexts },
  now: EpochMs,
): Promise<boolean> {
  return (await tx.query(CHANGE, [businessId, id, json(texts), instant(now), tx.actor])).length > 0
}

/** False when it is no draft, or not any more. The caller holds the business. */
export async function publishNotice(
  tx: WriteTransaction,
  { businessId, id }: { businessId: Uuid; id: Uuid },
  now: EpochMs,
): Promise<boolean> {
  return (await tx.query(PUBLISH, [businessId, id, instant(now), tx.actor])).length > 0
}

/** Only a draft can be deleted. */
export async function deleteNotice(
  tx: WriteTransaction,
  { businessId, id }: { businessId: Uuid; id: Uuid },
): Promise<boolean> {
  return (await tx.query(DELETE, [businessId, id])).length > 0
}

const COLUMNS = `
  n.id, n.version, n.version is not distinct from (select max(version) from privacy_notices where business_id = $1) as "isInForce",
  n.created_at as "createdAt", n.created_by as "createdBy", n.updated_at as "updatedAt", n.updated_by as "updatedBy",
  n.published_at as "publishedAt", n.published_by as "publishedBy"`

const LIST: Statement = {
  name: 'privacy_notices',
  text: `select ${COLUMNS} from privacy_notices n where n.business_id = $1 order by n.version desc nulls first, n.id desc`,
}

const FIND: Statement = {
  name: 'privacy_notice',
  text: `select ${COLUMNS}, n.texts from privacy_notices n where n.business_id = $1 and n.id = $2`,
}

const IN_FORCE: Statement = {
  name: 'privacy_notice_in_force',
  text: `
select ${COLUMNS}, n.texts from privacy_notices n where n.business_id = $1 and n.version is not null
order by n.version desc limit 1`,
}

const CREATE: Statement = {
  name: 'privacy_notice_create',
  text: `
insert into privacy_notices (business_id, id, texts, created_at, created_by, updated_at, updated_by)
select $1::uuid, $2::uuid, $3::jsonb, $4::timestamptz, $5, $4::timestamptz, $5
where (select count(*) from privacy_notices where business_id = $1) < $6::integer
returning id`,
}

const CHANGE: Statement = {
  name: 'privacy_notice_change',
  text: `
update privacy_notices set texts = $3::jsonb, updated_at = $4::timestamptz, updated_by = $5
where business_id = $1 and id = $2 and version is null returning id`,
}

const PUBLISH: Statement = {
  name: 'privacy_notice_publish',
  text: `
update privacy_notices n set published_at = $3::timestamptz, published_by = $4,
  version = (select coalesce(max(version), 0) + 1 from privacy_notices where business_id = $1)
where business_id = $1 and id = $2 and version is null returning id`,
}

const DELETE: Statement = {
  name: 'privacy_notice_delete',
  text: 'delete from privacy_notices where business_id = $1 and id = $2 and version is null returning id',
}
