// The life of a program: made as a draft, changed by new versions, put in force, ended.
import type { FieldError } from '../../contract/field-error.ts'
import { type Definition, type ProgramType, readDefinition } from '../../contract/program.ts'
import type { Transaction } from '../db/database.ts'
import { instant, json } from '../db/values.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { withCeiling } from './ceiling.ts'
import { appendTerms, expiryProblem, lockRuleset, timeProblem, without } from './ruleset.ts'

interface ProgramKey {
  businessId: Uuid
  programId: Uuid
}

interface DefinitionAsSent {
  definition: unknown
  /**
   * Of the business: writes out the default ceiling. Without it, and without an `order_ceiling` of
   * its own, the program has no ceiling.
   */
  currency?: string
}

export type CreateProgramOutcome =
  | { kind: 'created'; programId: Uuid; version: 1 }
  | { kind: 'invalid'; problems: FieldError[] }

/**
 * A draft with its first version; its type, which never changes, is the definition's. Outcomes by
 * precedence: invalid, created.
 */
export async function createProgram(
  tx: Transaction,
  { businessId, name, nameAr, ...input }: { businessId: Uuid; name: string; nameAr: string } & DefinitionAsSent,
  { ids, clock }: { ids: Ids; clock: Clock },
): Promise<CreateProgramOutcome> {
  const read = readAsSent(input)
  if (read.kind === 'invalid') return read
  const programId = ids.next()
  const now = clock.now()
  await tx.query(
    `insert into programs (business_id, id, type, name, name_ar, status, created_at, updated_at)
     values ($1, $2, $3, $4, $5, 'draft', $6::timestamptz, $6::timestamptz)`,
    [businessId, programId, read.definition.type, name, nameAr, instant(now)],
  )
  await insertVersion(tx, { businessId, programId, version: 1 }, read.definition, now)
  await moveConfig(tx, businessId)
  return { kind: 'created', programId, version: 1 }
}

export type NewVersionOutcome =
  | { kind: 'not_found' | 'ended' }
  | { kind: 'invalid'; problems: FieldError[] }
  | { kind: 'bad_time'; problem: FieldError }
  | { kind: 'saved'; version: number; terms: number | null }

/**
 * Another version of a program. A draft's takes force at activation (`terms` is null), an active
 * program's at `effectiveFrom`, by default now; orders paid before that stay with the version
 * before. Outcomes by precedence: not_found, ended, bad_time, invalid, saved.
 */
export async function newVersion(
  tx: Transaction,
  input: ProgramKey & DefinitionAsSent & { effectiveFrom?: EpochMs },
  { clock }: { clock: Clock },
): Promise<NewVersionOutcome> {
  const { businessId, programId } = input
  const now = clock.now()
  const effectiveFrom = input.effectiveFrom ?? now
  const book = await lockRuleset(tx, businessId)
  const program = await findProgram(tx, input)
  if (!program) return { kind: 'not_found' }
  if (program.status === 'ended') return { kind: 'ended' }
  const isActive = program.status === 'active'
  const problem = isActive ? timeProblem(book, effectiveFrom, now) : null
  if (problem) return { kind: 'bad_time', problem }
  const read = readAsSent(input, program.type)
  if (read.kind === 'invalid') return read
  const expired = isActive ? expiryProblem(read.definition, effectiveFrom) : null
  if (expired) return { kind: 'invalid', problems: [expired] }
  const version = program.latest + 1
  await insertVersion(tx, { businessId, programId, version }, read.definition, now)
  await setStatus(tx, input, program.status, now)
  if (!isActive) return { kind: 'saved', version, terms: null }
  const members = [...without(book, programId), { program_id: programId, version }]
  return { kind: 'saved', version, terms: await appendTerms(tx, book, members, effectiveFrom, now) }
}

/** Every order is evaluated by each of them. */
export const MAX_ACTIVE_PROGRAMS = 20

export type ActivateOutcome =
  | { kind: 'not_found' | 'ended' | 'already_active' | 'too_many' }
  | { kind: 'bad_time'; problem: FieldError }
  | { kind: 'invalid'; problems: FieldError[] }
  | { kind: 'activated'; version: number; terms: number }

/**
 * Puts the latest version of a draft in force from `effectiveFrom`, by default now; it may lie in
 * the past as long as no other terms began later. Orders that were judged already keep their terms.
 * Outcomes by precedence: not_found, ended, already_active, too_many, bad_time, invalid, activated.
 */
export async function activateProgram(
  tx: Transaction,
  input: ProgramKey & { effectiveFrom?: EpochMs },
  { clock }: { clock: Clock },
): Promise<ActivateOutcome> {
  const now = clock.now()
  const effectiveFrom = input.effectiveFrom ?? now
  const book = await lockRuleset(tx, input.businessId)
  const program = await findProgram(tx, input)
  if (!program) return { kind: 'not_found' }
  if (program.status === 'ended') return { kind: 'ended' }
  if (program.status === 'active') return { kind: 'already_active' }
  if (book.members.length >= MAX_ACTIVE_PROGRAMS) return { kind: 'too_many' }
  const problem = timeProblem(book, effectiveFrom, now)
  if (problem) return { kind: 'bad_time', problem }
  const expired = expiryProblem(program.definition, effectiveFrom)
  if (expired) return { kind: 'invalid', problems: [expired] }
  await setStatus(tx, input, 'active', now)
  const members = [...book.members, { program_id: input.programId, version: program.latest }]
  return { kind: 'activated', version: program.latest, terms: await appendTerms(tx, book, members, effectiveFrom, now) }
}

export type EndOutcome =
  | { kind: 'not_found' | 'already_ended' }
  | { kind: 'bad_time'; problem: FieldError }
  | { kind: 'ended'; terms: number | null }

/**
 * Ends a program for good at `at`, by default now: orders paid later earn nothing in it, what was
 * earned stays. A draft is given up (`terms` is null). There is no way back; a new program is made
 * instead. Outcomes by precedence: not_found, already_ended, bad_time, ended.
 */
export async function endProgram(
  tx: Transaction,
  input: ProgramKey & { at?: EpochMs },
  { clock }: { clock: Clock },
): Promise<EndOutcome> {
  const now = clock.now()
  const at = input.at ?? now
  const book = await lockRuleset(tx, input.businessId)
  const program = await findProgram(tx, input)
  if (!program) return { kind: 'not_found' }
  if (program.status === 'ended') return { kind: 'already_ended' }
  const isActive = program.status === 'active'
  const problem = isActive ? timeProblem(book, at, now) : null
  if (problem) return { kind: 'bad_time', problem }
  await setStatus(tx, input, 'ended', now)
  if (!isActive) return { kind: 'ended', terms: null }
  return { kind: 'ended', terms: await appendTerms(tx, book, without(book, input.programId), at, now) }
}

function readAsSent({ definition, currency }: DefinitionAsSent, type?: ProgramType): ReturnType<typeof readDefinition> {
  const read = readDefinition(definition, type)
  if (read.kind === 'invalid' || currency === undefined) return read
  return { ...read, definition: withCeiling(read.definition, currency) }
}

interface ProgramRow {
  type: ProgramType
  status: 'draft' | 'active' | 'ended'
  /** Number and definition of the latest version. */
  latest: number
  definition: Definition
}

async function findProgram(tx: Transaction, { businessId, programId }: ProgramKey): Promise<ProgramRow | null> {
  const [row] = await tx.query<ProgramRow>(
    `select p.type, p.status, v.version as latest, v.definition
     from programs p join program_versions v on v.business_id = p.business_id and v.program_id = p.id
     where p.business_id = $1 and p.id = $2
     order by v.version desc limit 1`,
    [businessId, programId],
  )
  return row ?? null
}

async function insertVersion(
  tx: Transaction,
  { businessId, programId, version }: ProgramKey & { version: number },
  definition: Definition,
  now: EpochMs,
): Promise<void> {
  await tx.query(
    `insert into program_versions (business_id, program_id, version, definition, created_at)
     values ($1, $2, $3, $4, $5::timestamptz)`,
    [businessId, programId, version, json(definition), instant(now)],
  )
}

/** Marks the program as changed, in the status that it has from now on. */
async function setStatus(tx: Transaction, key: ProgramKey, status: ProgramRow['status'], now: EpochMs): Promise<void> {
  await tx.query('update programs set status = $3, updated_at = $4::timestamptz where business_id = $1 and id = $2', [
    key.businessId,
    key.programId,
    status,
    instant(now),
  ])
  await moveConfig(tx, key.businessId)
}

/**
 * Every process that holds the business's programs in memory sees by this number that they are old.
 */
async function moveConfig(tx: Transaction, businessId: Uuid): Promise<void> {
  await tx.query('update business_locks set config_version = config_version + 1 where business_id = $1', [businessId])
}
