// Creates, versions, renames, archives and activates rewards of the catalogue.
import type { FieldError } from '../../../contract/field-error.ts'
import { checkImageUrl, checkTerms } from '../../../contract/reward/check.ts'
import { normaliseTerms } from '../../../contract/reward/normalise.ts'
import type { RewardTermsInput } from '../../../contract/reward.ts'
import type { Transaction, Writer, WriteTransaction } from '../../db/database.ts'
import { db } from '../../db/tables.ts'
import { instant, json } from '../../db/values.ts'
import type { Clock, EpochMs } from '../../kernel/clock.ts'
import type { Ids, Uuid } from '../../kernel/ids.ts'
import { findProgram } from '../../programs/program-queries.ts'
import { branchProblems, priceProblems } from './check-reward.ts'

export interface RewardKey {
  businessId: Uuid
  rewardId: Uuid
}

/**
 * What a version fixes: the price in units of the program, and the terms in the shape of
 * `RewardTermsSchema`.
 */
export interface Offer {
  price: number
  terms: RewardTermsInput
}

export interface NewReward extends Offer {
  businessId: Uuid
  programId: Uuid
  name: string
  nameAr: string
  imageUrl: string | null
}

export type CreateRewardOutcome =
  | { kind: 'program_not_found' }
  | { kind: 'invalid'; problems: FieldError[] }
  | { kind: 'created'; rewardId: Uuid; version: 1 }

/**
 * Creates a reward with its first version; it can be claimed at once. The program of a reward never
 * changes and may have any status: units of a program that has ended can still be spent. Outcomes
 * in order of precedence: program_not_found, invalid, created.
 */
export async function createReward(
  tx: WriteTransaction,
  { businessId, programId, name, nameAr, imageUrl, ...offer }: NewReward,
  { ids, clock }: { ids: Ids; clock: Clock },
): Promise<CreateRewardOutcome> {
  const program = await findProgram(tx, businessId, programId)
  if (!program) return { kind: 'program_not_found' }
  const problems = [...imageProblems(imageUrl), ...(await offerProblems(tx, businessId, program.type, offer))]
  if (problems.length > 0) return { kind: 'invalid', problems }
  const rewardId = ids.next()
  const now = clock.now()
  const row = {
    business_id: businessId,
    id: rewardId,
    program_id: programId,
    name,
    name_ar: nameAr,
    image_url: imageUrl,
    status: 'active' as const,
    version: 1,
    created_at: instant(now),
    updated_at: instant(now),
    updated_by: tx.actor,
  }
  await tx.run(db.insertInto('rewards').values(row))
  await insertVersion(tx, { businessId, rewardId, version: 1 }, offer, now)
  return { kind: 'created', rewardId, version: 1 }
}

export type CreateRewardVersionOutcome =
  | { kind: 'not_found' }
  | { kind: 'invalid'; problems: FieldError[] }
  | { kind: 'saved'; version: number }

/**
 * Creates a version that holds for new claims; earlier claims keep theirs. An archived reward stays
 * archived. Outcomes in order of precedence: not_found, invalid, saved.
 */
export async function createRewardVersion(
  tx: WriteTransaction,
  { price, terms, ...key }: RewardKey & Offer,
  { clock }: { clock: Clock },
): Promise<CreateRewardVersionOutcome> {
  const reward = await lockReward(tx, key)
  const program = reward && (await findProgram(tx, key.businessId, reward.program_id))
  if (!program) return { kind: 'not_found' }
  const problems = await offerProblems(tx, key.businessId, program.type, { price, terms })
  if (problems.length > 0) return { kind: 'invalid', problems }
  const version = reward.version + 1
  const now = clock.now()
  await insertVersion(tx, { ...key, version }, { price, terms }, now)
  await tx.run(updateRow(tx, key, now).set({ version }))
  return { kind: 'saved', version }
}

export type ArchiveRewardOutcome = { kind: 'not_found' | 'already_archived' | 'archived' }

/**
 * An archived reward cannot be claimed; held claims stay valid. Outcomes in order of precedence:
 * not_found, already_archived, archived.
 */
export async function archiveReward(
  tx: WriteTransaction,
  key: RewardKey,
  { clock }: { clock: Clock },
): Promise<ArchiveRewardOutcome> {
  const reward = await lockReward(tx, key)
  if (!reward) return { kind: 'not_found' }
  if (reward.status === 'archived') return { kind: 'already_archived' }
  await tx.run(updateRow(tx, key, clock.now()).set({ status: 'archived' }))
  return { kind: 'archived' }
}

export type ActivateRewardOutcome = { kind: 'not_found' | 'already_active' | 'activated' }

/**
 * Makes an archived reward available again, in its latest version. Outcomes in order of precedence:
 * not_found, already_active, activated.
 */
export async function activateReward(
  tx: WriteTransaction,
  key: RewardKey,
  { clock }: { clock: Clock },
): Promise<ActivateRewardOutcome> {
  const reward = await lockReward(tx, key)
  if (!reward) return { kind: 'not_found' }
  if (reward.status === 'active') return { kind: 'already_active' }
  await tx.run(updateRow(tx, key, clock.now()).set({ status: 'active' }))
  return { kind: 'activated' }
}

export type UpdateRewardOutcome =
  | { kind: 'not_found' }
  | { kind: 'invalid'; problems: FieldError[] }
  | { kind: 'changed' }

/**
 * Changes name and image. Absent fields stay; null removes the image. Outcomes in order of
 * precedence: not_found, invalid, changed.
 */
export async function updateReward(
  tx: WriteTransaction,
  { name, nameAr, imageUrl, ...key }: RewardKey & { name?: string; nameAr?: string; imageUrl?: string | null },
  { clock }: { clock: Clock },
): Promise<UpdateRewardOutcome> {
  if (!(await lockReward(tx, key))) return { kind: 'not_found' }
  const problems = imageProblems(imageUrl ?? null)
  if (problems.length > 0) return { kind: 'invalid', problems }
  const changes = {
    ...(name !== undefined && { name }),
    ...(nameAr !== undefined && { name_ar: nameAr }),
    ...(imageUrl !== undefined && { image_url: imageUrl }),
  }
  await tx.run(updateRow(tx, key, clock.now()).set(changes))
  return { kind: 'changed' }
}

function imageProblems(url: string | null): FieldError[] {
  return url === null ? [] : checkImageUrl(url, '/image_url')
}

async function offerProblems(
  tx: Transaction,
  businessId: Uuid,
  type: Parameters<typeof priceProblems>[0],
  { price, terms }: Offer,
): Promise<FieldError[]> {
  return [
    ...priceProblems(type, price),
    ...checkTerms(terms),
    ...(await branchProblems(tx, businessId, terms.branches ?? [])),
  ]
}

/** Concurrent changes of a reward wait for each other. */
async function lockReward(tx: Transaction, { businessId, rewardId }: RewardKey) {
  const [row] = await tx.run(
    db
      .selectFrom('rewards')
      .select(['program_id', 'status', 'version'])
      .where('business_id', '=', businessId)
      .where('id', '=', rewardId)
      .forNoKeyUpdate(),
  )
  return row ?? null
}

function updateRow({ actor }: Writer, { businessId, rewardId }: RewardKey, now: EpochMs) {
  return db
    .updateTable('rewards')
    .set({ updated_at: instant(now), updated_by: actor })
    .where('business_id', '=', businessId)
    .where('id', '=', rewardId)
}

async function insertVersion(
  tx: WriteTransaction,
  { businessId, rewardId, version }: RewardKey & { version: number },
  { price, terms }: Offer,
  now: EpochMs,
): Promise<void> {
  const row = {
    business_id: businessId,
    reward_id: rewardId,
    version,
    price,
    created_at: instant(now),
    created_by: tx.actor,
  }
  await tx.run(db.insertInto('reward_versions').values({ ...row, terms: json(normaliseTerms(terms)) }))
}
