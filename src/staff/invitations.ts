// Invitations: a mail with a link that is valid once, for 72 hours.
import type { Actor } from '../../contract/actor.ts'
import type { Role } from '../../contract/roles.ts'
import type { Seal } from '../businesses/seal.ts'
import type { Queryable, WriteTransaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { dropMail, type MailStatus, queueMail } from '../mail/outbox.ts'
import { type AttemptLimit, takeAttempt } from './attempts.ts'
import { hasRoomForMember } from './members.ts'
import { hashSecret, isSecret, newSecret } from './secret.ts'

export const INVITATION_VALID_MS = 72 * 3_600_000

export interface InvitationDeps {
  ids: Ids
  clock: Clock
  seal: Seal
}

export interface Invitation {
  id: Uuid
  email: string
  role: Role
  branchIds: Uuid[] | null
  createdAt: EpochMs
  createdBy: Actor
  expiresAt: EpochMs
  /** Of the latest mail. */
  mailStatus: MailStatus | null
}

/** What the mail says beyond the invitation. */
export interface MailedWith {
  business: { name: string; name_ar: string | null; language: 'ar' | 'en' }
  inviter: string | null
  /** The page that takes the token behind `#`. */
  page: string
}

export interface NewInvitation {
  businessId: Uuid
  /** Normalised. */
  email: string
  role: Role
  branchIds: readonly Uuid[] | null
}

export type InviteOutcome =
  | { kind: 'invited'; id: Uuid }
  | { kind: 'is_member' | 'is_invited' | 'too_many_members' }
  | { kind: 'too_many_invitations'; waitMs: number }

/**
 * Whether the address has an account makes no difference. In order of precedence: is_member,
 * too_many_members, too_many_invitations, is_invited, invited. Roll back unless `invited`.
 */
export async function invite(
  tx: WriteTransaction,
  { businessId, email, role, branchIds }: NewInvitation,
  mailed: MailedWith,
  deps: InvitationDeps,
): Promise<InviteOutcome> {
  const now = deps.clock.now()
  if (await isMember(tx, businessId, email)) return { kind: 'is_member' }
  if (!(await hasRoomForMember(tx, businessId))) return { kind: 'too_many_members' }
  const waitMs = await takeInvitation(tx, businessId, now)
  if (waitMs > 0) return { kind: 'too_many_invitations', waitMs }
  const { text, hash } = newSecret()
  const mailId = await mail(tx, { businessId, email, role, token: text }, mailed, deps)
  const [made] = await tx.query<{ id: Uuid }>(
    `insert into invitations (id, business_id, email, role, branch_ids, hash, mail_id, expires_at, created_at, created_by, updated_by)
     values ($1, $2, $3, $4, $5::uuid[], $6, $7, $8::timestamptz, $9::timestamptz, $10, $10)
     on conflict (business_id, email) do nothing returning id`,
    [
      deps.ids.next(),
      businessId,
      email,
      role,
      branchIds,
      hash,
      mailId,
      instant(now + INVITATION_VALID_MS),
      instant(now),
      tx.actor,
    ],
  )
  return made ? { kind: 'invited', id: made.id } : { kind: 'is_invited' }
}

export type ResendOutcome = { kind: 'sent' | 'not_found' } | { kind: 'too_many_invitations'; waitMs: number }

/** A new link, valid for 72 hours from now; the former one ends. Roll back unless `sent`. */
export async function resendInvitation(
  tx: WriteTransaction,
  businessId: Uuid,
  id: Uuid,
  mailed: MailedWith,
  deps: InvitationDeps,
): Promise<ResendOutcome> {
  const now = deps.clock.now()
  const [found] = await tx.query<{ email: string; role: Role; mail_id: Uuid }>(
    'select email, role, mail_id from invitations where business_id = $1 and id = $2 for update',
    [businessId, id],
  )
  if (!found) return { kind: 'not_found' }
  const waitMs = await takeInvitation(tx, businessId, now)
  if (waitMs > 0) return { kind: 'too_many_invitations', waitMs }
  await dropMail(tx, found.mail_id)
  const { text, hash } = newSecret()
  const mailId = await mail(tx, { ...found, businessId, token: text }, mailed, deps)
  await tx.query(
    'update invitations set hash = $3, mail_id = $4, expires_at = $5::timestamptz, updated_by = $6 where business_id = $1 and id = $2',
    [businessId, id, hash, mailId, instant(now + INVITATION_VALID_MS), tx.actor],
  )
  return { kind: 'sent' }
}

/** The link ends. False when there is no such invitation. */
export async function withdrawInvitation(tx: WriteTransaction, businessId: Uuid, id: Uuid): Promise<boolean> {
  const [row] = await tx.query<{ mail_id: Uuid }>(
    'delete from invitations where business_id = $1 and id = $2 returning mail_id',
    [businessId, id],
  )
  if (row) await dropMail(tx, row.mail_id)
  return row !== undefined
}

/** Newest first, also those that have expired. */
export function listInvitations(q: Queryable, businessId: Uuid): Promise<Invitation[]> {
  return q.query<Invitation>(`${INVITATIONS} order by i.id desc`, [businessId])
}

export async function findInvitation(q: Queryable, businessId: Uuid, id: Uuid): Promise<Invitation | null> {
  const [found] = await q.query<Invitation>(`${INVITATIONS} and i.id = $2`, [businessId, id])
  return found ?? null
}

const INVITATIONS = `
select i.id, i.email, i.role, i.branch_ids as "branchIds", i.created_at as "createdAt", i.created_by as "createdBy",
  i.expires_at as "expiresAt", m.status as "mailStatus"
from invitations i left join mails m on m.id = i.mail_id
where i.business_id = $1`

/** What the holder of the link may know. */
export interface OpenInvitation {
  businessId: Uuid
  businessName: string
  businessNameAr: string | null
  email: string
  role: Role
  expiresAt: EpochMs
  /** The account of the address, if there is one. */
  staffId: Uuid | null
}

/** Null when the link is not valid. It stays good. */
export async function openInvitation(q: Queryable, token: string, now: EpochMs): Promise<OpenInvitation | null> {
  if (!isSecret(token)) return null
  const [row] = await q.query<OpenInvitation>(
    `select i.business_id as "businessId", b.name as "businessName", b.name_ar as "businessNameAr", i.email, i.role,
       i.expires_at as "expiresAt", s.id as "staffId"
     from invitations i join businesses b on b.id = i.business_id left join staff s on s.email = i.email
     where i.hash = $1 and i.expires_at > $2::timestamptz`,
    [hashSecret(token), instant(now)],
  )
  return row ?? null
}

/** Uses the link up. Null when it is not valid any more. Of several at once, one gets it. */
export async function takeInvitationLink(
  tx: WriteTransaction,
  token: string,
  now: EpochMs,
): Promise<NewInvitation | null> {
  const [row] = await tx.query<NewInvitation>(
    `delete from invitations where hash = $1 and expires_at > $2::timestamptz
     returning business_id as "businessId", email, role, branch_ids as "branchIds"`,
    [hashSecret(token), instant(now)],
  )
  return row ?? null
}

/** Of a business: fifty at once, and fifty a day. */
const OF_BUSINESS: AttemptLimit = { burst: 50, everyMs: (24 * 3_600_000) / 50 }

function takeInvitation(q: Queryable, businessId: Uuid, now: EpochMs): Promise<number> {
  return takeAttempt(q, `invitations ${businessId}`, OF_BUSINESS, now)
}

async function isMember(q: Queryable, businessId: Uuid, email: string): Promise<boolean> {
  const rows = await q.query(
    'select m.staff_id from memberships m join staff s on s.id = m.staff_id where m.business_id = $1 and s.email = $2',
    [businessId, email],
  )
  return rows.length > 0
}

function mail(
  tx: WriteTransaction,
  { businessId, email, role, token }: { businessId: Uuid; email: string; role: Role; token: string },
  { business, inviter, page }: MailedWith,
  deps: InvitationDeps,
): Promise<Uuid> {
  return queueMail(
    tx,
    {
      businessId,
      recipient: email,
      language: business.language,
      content: {
        kind: 'invitation',
        business: { en: business.name, ar: business.name_ar },
        inviter,
        role,
        url: `${page}#${token}`,
      },
      expiresAt: deps.clock.now() + INVITATION_VALID_MS,
    },
    deps,
  )
}
