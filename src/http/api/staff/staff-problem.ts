// The refusals of operations on members and invitations.

import { type Role, scopesOf } from '../../../../contract/roles.ts'
import { holdApiKey } from '../../../businesses/api-keys.ts'
import { branchNames } from '../../../businesses/branches.ts'
import type { Transaction } from '../../../db/database.ts'
import type { Uuid } from '../../../kernel/ids.ts'
import type { AppContext } from '../../../server/context.ts'
import { findMember, holdOwner, type MemberOutcome } from '../../../staff/members.ts'
import { forbidden, unauthenticated } from '../../auth/authenticate.ts'
import { invalid, Problem } from '../../problem.ts'
import type { Caller } from '../../server.ts'
import { idOr404, notFound } from '../format.ts'

/**
 * The caller is still who they were when the request was authenticated, and stays so until the
 * transaction ends.
 */
export async function holdCaller({ clock }: AppContext, tx: Transaction, caller: Caller): Promise<void> {
  const { key, staff, businessId } = caller
  if (key && !(await holdApiKey(tx, key.id, clock.now()))) throw unauthenticated()
  if (staff && !(await holdOwner(tx, businessId, staff.staffId))) throw forbidden(caller, ['staff:write'])
}

/** An API key is still valid, and the person can do no more than the key. */
export async function holdKey(ctx: AppContext, tx: Transaction, caller: Caller, staffId: Uuid): Promise<void> {
  if (!caller.key) return
  await holdCaller(ctx, tx, caller)
  const member = await findMember(tx, caller.businessId, staffId)
  if (member) refuseMoreThanOwn(caller, member.role)
}

/** Nobody gives a role that can do more than they can themselves. */
export function refuseMoreThanOwn(caller: Caller, role: Role): void {
  const beyond = scopesOf(role, false).find((scope) => !caller.scopes.includes(scope))
  if (beyond) throw forbidden(caller, [beyond])
}

/** The branches of a body. Null: all. */
export async function readBranches(
  tx: Transaction,
  businessId: Uuid,
  { role, branches }: { role: Role; branches: readonly string[] | null },
): Promise<Uuid[] | null> {
  if (branches === null) return null
  if (role === 'owner') {
    throw invalid('/branches', 'must be null: an owner has all branches', 'يجب أن تكون null: المالك له كل الفروع')
  }
  const ids = branches.map((id) => idOr404('branch', id))
  const known = await branchNames(tx, businessId, ids)
  if (ids.some((id) => !known.has(id))) throw notFound('branch')
  return ids
}

export function memberProblem(outcome: Exclude<MemberOutcome, 'done'>, caller: Caller): Problem {
  switch (outcome) {
    case 'not_found':
      return notFound('staff')
    case 'not_allowed':
      return forbidden(caller, ['staff:write'])
    case 'last_owner':
      return lastOwner()
  }
}

export function lastOwner(): Problem {
  return new Problem('conflict', {
    detail: {
      en: 'This person is the only owner of the business. Make somebody else an owner first.',
      ar: 'هذا الشخص هو المالك الوحيد للمنشأة. عيّن مالكًا آخر أولًا.',
    },
  })
}

export function tooManyInvitations(waitMs: number): Problem {
  const seconds = Math.ceil(waitMs / 1000)
  return new Problem('rate_limited', {
    detail: {
      en: `The business has sent many invitations today. Try again in ${seconds} s.`,
      ar: `أرسلت المنشأة دعوات كثيرة اليوم. الثواني المتبقية قبل المحاولة التالية: ${seconds}.`,
    },
    headers: { 'retry-after': String(seconds) },
  })
}
