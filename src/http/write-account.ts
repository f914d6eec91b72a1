// How an operation on the account of the person who is signed in writes: as that person, with an entry
// in the activity log of each business that they belong to.
import type { FastifyRequest } from 'fastify'
import { loggable, type Values } from '../activity/changes.ts'
import { recordInEach } from '../activity/record.ts'
import type { WriteTransaction } from '../db/database.ts'
import { wakeJob } from '../db/wake-job.ts'
import { formatId } from '../kernel/ids.ts'
import type { FactorChange } from '../mail/content.ts'
import type { AppContext } from '../server/context.ts'
import { tellFactorChange } from '../staff/factor-mails.ts'
import { endOtherSessions } from '../staff/own-sessions.ts'
import { notSignedIn } from './auth/person.ts'
import { operationOf } from './record-write.ts'

export interface AccountWrite<T> {
  answer: T
  /** What was changed; the person when absent. */
  subject?: string
  /** Values for the activity log. */
  before?: Values
  after?: Values
  /** What the person is told by mail. */
  news?: FactorChange
  /** It changes how the person signs in: nobody else stays signed in. */
  endsOtherSessions?: true
}

/** Runs `work` in one transaction, and returns its answer. */
export async function writeAccount<T>(
  ctx: AppContext,
  request: FastifyRequest,
  work: (tx: WriteTransaction) => Promise<AccountWrite<T>>,
): Promise<T> {
  const { staffId, sessionId, memberships } = request.person
  const person = formatId('staff', staffId)
  const { answer, news } = await ctx.db.write(`staff:${person}`, async (tx) => {
    const done = await work(tx)
    const { subject = person, before, after, news } = done
    if (done.endsOtherSessions) {
      const ended = await endOtherSessions(tx, staffId, sessionId, ctx.clock.now())
      if (ended === null) throw notSignedIn()
    }
    if (news !== undefined) await tellFactorChange(tx, staffId, news, ctx)
    const entry = {
      operation: operationOf(request),
      subject,
      address: request.ip,
      userAgent: request.headers['user-agent'] ?? '',
      requestId: request.id,
      before: before === undefined ? null : loggable(before, false),
      after: after === undefined ? null : loggable(after, false),
    }
    recordInEach(
      tx,
      memberships.map(({ businessId }) => businessId),
      entry,
      ctx,
    )
    return done
  })
  if (news !== undefined) await wakeJob(ctx, 'send_mails')
  return answer
}
