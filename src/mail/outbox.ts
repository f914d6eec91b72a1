// The outbox: mails that wait, and what came of them. Written in the transaction of what causes a mail,
// and read by send-mails.ts.
import type { Seal } from '../businesses/seal.ts'
import type { Queryable, WriteTransaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import type { MailContent, MailLanguage } from './content.ts'

export interface NewMail {
  /** On whose behalf it is sent; null for what concerns an account alone. */
  businessId: Uuid | null
  /** A normalised address (`normaliseEmail`). */
  recipient: string
  language: MailLanguage
  content: MailContent
  /** It is not sent later than that: what it offers has ended. */
  expiresAt: EpochMs
  /** Nobody gets it: the same work is done for an address that nobody has. */
  isDiscarded?: boolean
}

/** Returns its id. Call `wakeJob` after the commit, so that it is sent at once. */
export async function queueMail(
  tx: WriteTransaction,
  { businessId, recipient, language, content, expiresAt, isDiscarded = false }: NewMail,
  { ids, clock, seal }: { ids: Ids; clock: Clock; seal: Seal },
): Promise<Uuid> {
  const id = ids.next()
  const sealed = seal.close(JSON.stringify(content), purposeOf(id))
  await tx.query(
    `insert into mails (id, business_id, kind, language, recipient, sealed_content, status, attempts, due_at, expires_at, created_at, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, 0, $8::timestamptz, $9::timestamptz, $8::timestamptz, $10)`,
    [
      id,
      businessId,
      content.kind,
      language,
      recipient,
      sealed,
      isDiscarded ? 'discarded' : 'waiting',
      instant(clock.now()),
      instant(expiresAt),
      tx.actor,
    ],
  )
  return id
}

/** `sending`: a process has claimed it, and its outcome is not known yet. */
export type MailStatus = 'waiting' | 'sending' | 'sent' | 'failed' | 'discarded'

/** The mail is not sent any more, because what it offers was withdrawn. One that was sent is unchanged. */
export async function dropMail(tx: WriteTransaction, id: Uuid): Promise<void> {
  await tx.query(`delete from mails where id = $1 and status = 'waiting'`, [id])
}

export interface ClaimedMail {
  id: Uuid
  business_id: Uuid | null
  language: MailLanguage
  recipient: string
  sealed_content: Buffer
  attempts: number
}

/**
 * Claims the mail that is due longest for this process. Null when none is due. A claimed mail is sent
 * once at most: when its process dies, it counts as failed.
 */
export async function claimMail(q: Queryable, now: EpochMs): Promise<ClaimedMail | null> {
  const [mail] = await q.query<ClaimedMail>(CLAIM, [instant(now)])
  return mail ?? null
}

const CLAIM = {
  name: 'mails_claim',
  text: `
update mails set status = 'sending', attempts = attempts + 1, due_at = $1::timestamptz
where id = (
  select id from mails where status = 'waiting' and due_at <= $1::timestamptz and expires_at > $1::timestamptz
  order by due_at, id limit 1 for update skip locked)
returning id, business_id, language, recipient, sealed_content, attempts`,
}

/** `keepsContent`: the page of the demo shows it until it expires. */
export async function saveSent(
  q: Queryable,
  id: Uuid,
  { at, keepsContent }: { at: EpochMs; keepsContent: boolean },
): Promise<void> {
  await q.query(
    `update mails set status = 'sent', sent_at = $2::timestamptz, problem = null,
       sealed_content = case when $3 then sealed_content end
     where id = $1 and status = 'sending'`,
    [id, instant(at), keepsContent],
  )
}

export async function saveRetry(q: Queryable, id: Uuid, problem: string, dueAt: EpochMs): Promise<void> {
  await q.query(
    `update mails set status = 'waiting', problem = $2, due_at = $3::timestamptz where id = $1 and status = 'sending'`,
    [id, problem, instant(dueAt)],
  )
}

export async function saveFailed(q: Queryable, id: Uuid, problem: string): Promise<void> {
  await q.query(
    `update mails set status = 'failed', problem = $2, sealed_content = null where id = $1 and status = 'sending'`,
    [id, problem],
  )
}

/**
 * Mails that can no longer be sent: `expired`, and `interrupted`, whose process died while it sent
 * them: they may have arrived, so they are not sent again. Returns how many.
 */
export async function failStuckMails(q: Queryable, now: EpochMs): Promise<number> {
  const rows = await q.query(
    `update mails set status = 'failed', sealed_content = null,
       problem = case when status = 'sending' then 'interrupted' else coalesce(problem, 'expired') end
     where (status = 'waiting' and expires_at <= $1::timestamptz) or (status = 'sending' and due_at <= $2::timestamptz)
     returning id`,
    [instant(now), instant(now - SENDING_MS)],
  )
  return rows.length
}

/** Longer than all time limits of a connection to a mail server together. */
const SENDING_MS = 10 * 60_000

export interface ListedMail {
  id: Uuid
  recipient: string
  language: MailLanguage
  status: MailStatus
  created_at: EpochMs
  expires_at: EpochMs
  sealed_content: Buffer | null
}

/** The mails on behalf of a business, newest first. */
export function listMails(q: Queryable, businessId: Uuid, limit: number): Promise<ListedMail[]> {
  return q.query<ListedMail>(
    `select id, recipient, language, status, created_at, expires_at, sealed_content from mails
     where business_id = $1 and status <> 'discarded' order by id desc limit $2`,
    [businessId, limit],
  )
}

export function openContent(seal: Seal, { id, sealed_content }: { id: Uuid; sealed_content: Buffer }): MailContent {
  return JSON.parse(seal.open(sealed_content, purposeOf(id)))
}

function purposeOf(id: Uuid): string {
  return `mail ${id}`
}
