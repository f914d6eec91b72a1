// The lifecycle of a program: created as a draft, changed by new versions, activated, ended.
import type { FieldError } from '../../contract/field-error.ts'
import { type Definition, type ProgramType, readDefinition } from '../../contract/program.ts'
import { raiseConfigVersion } from '../db/config-version.ts'
import type { WriteTransaction } from '../db/database.ts'
import { recordEvents } from '../events/record.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { withCeiling } from './ceiling.ts'
import { findDefinition, findLatest, insertDraft, insertVersion, type ProgramKey, setStatus } from './program-store.ts'
import { appendTerms, expiryError, lockRuleset, timeError, without } from './ruleset.ts'

interface DefinitionAsSent {
  definition: unknown
  /**
   * The currency of the business, for the default ceiling. Without it, and without an
   * `order_ceiling`, the program has no ceiling.
   */
  currency?: string
}

export type CreateProgramOutcome =
  | { kind: 'created'; programId: Uuid; version: 1 }
  | { kind: 'invalid'; errors: FieldError[] }

/**
 * Creates a draft with its first version. Its type is that of the definition and never changes.
 * Outcomes in order of precedence: invalid, created.
 */
export async function createProgram(
  tx: WriteTransaction,
  { businessId, name, nameAr, ...input }: { businessId: Uuid; name: string; nameAr: string } & DefinitionAsSent,
  { ids, clock }: { ids: Ids; clock: Clock },
): Promise<CreateProgramOutcome> {
  const read = readAsSent(input)
  if (read.kind === 'invalid') return read
  const programId = ids.next()
  const now = clock.now()
  await insertDraft(tx, { businessId, programId, type: read.definition.type, name, nameAr }, now)
  await insertVersion(tx, { businessId, programId, version: 1 }, read.definition, now)
  await raiseConfigVersion(tx, businessId)
  return { kind: 'created', programId, version: 1 }
}

export type NewVersionOutcome =
  | { kind: 'not_found' | 'ended' }
  | { kind: 'outdated'; basedOn: Definition | null; latest: number; definition: Definition }
  | { kind: 'invalid'; errors: FieldError[] }
  | { kind: 'bad_time'; error: FieldError }
  | { kind: 'saved'; version: number; terms: number | null }

/**
 * Adds a version. The version of a draft takes effect at activation (`terms` is null), that of an
 * active program at `effectiveFrom`, by default now; orders paid before keep the previous version.
 * `basedOn`: the version that was edited; `outdated` when somebody has saved another one since.
 * Outcomes in order of precedence: not_found, ended, outdated, bad_time, invalid, saved.
 */
export async function newVersion(
  tx: WriteTransaction,
  input: ProgramKey & DefinitionAsSent & { basedOn?: number | undefined; effectiveFrom?: EpochMs },
  { clock }: { clock: Clock },
): Promise<NewVersionOutcome> {
  const { businessId, programId } = input
  const now = clock.now()
  const effectiveFrom = input.effectiveFrom ?? now
  const ruleset = await lockRuleset(tx, businessId)
  const program = await findLatest(tx, input)
  if (!program) return { kind: 'not_found' }
  if (program.status === 'ended') return { kind: 'ended' }
  const { latest, definition } = program
  if (input.basedOn !== undefined && input.basedOn !== latest) {
    return { kind: 'outdated', basedOn: await findDefinition(tx, input, input.basedOn), latest, definition }
  }
  const isActive = program.status === 'active'
  const error = isActive ? timeError(ruleset, effectiveFrom, now) : null
  if (error) return { kind: 'bad_time', error }
  const read = readAsSent(input, program.type)
  if (read.kind === 'invalid') return read
  const expired = isActive ? expiryError(read.definition, effectiveFrom) : null
  if (expired) return { kind: 'invalid', errors: [expired] }
  const version = latest + 1
  await insertVersion(tx, { businessId, programId, version }, read.definition, now)
  await setStatus(tx, input, program.status, now)
  if (!isActive) return { kind: 'saved', version, terms: null }
  const members = [...without(ruleset, programId), { program_id: programId, version }]
  return { kind: 'saved', version, terms: await appendTerms(tx, ruleset, members, effectiveFrom, now) }
}

/** Every order is evaluated by each of them. */
export const MAX_ACTIVE_PROGRAMS = 20

export type ActivateOutcome =
  | { kind: 'not_found' | 'ended' | 'already_active' | 'too_many' }
  | { kind: 'outdated'; basedOn: Definition | null; latest: number; definition: Definition }
  | { kind: 'bad_time'; error: FieldError }
  | { kind: 'invalid'; errors: FieldError[] }
  | { kind: 'activated'; version: number; terms: number }

/**
 * Activates the latest version of a draft from `effectiveFrom`, by default now. It may lie in the
 * past if no other terms start later. Orders that were assessed already keep their terms.
 * `expected`: the version that was seen; `outdated` when somebody has saved another one since.
 * Outcomes in order of precedence: not_found, ended, already_active, outdated, too_many, bad_time,
 * invalid, activated.
 */
export async function activateProgram(
  tx: WriteTransaction,
  input: ProgramKey & { expected?: number | undefined; effectiveFrom?: EpochMs },
  { clock }: { clock: Clock },
): Promise<ActivateOutcome> {
  const now = clock.now()
  const effectiveFrom = input.effectiveFrom ?? now
  const ruleset = await lockRuleset(tx, input.businessId)
  const program = await findLatest(tx, input)
  if (!program) return { kind: 'not_found' }
  if (program.status === 'ended') return { kind: 'ended' }
  if (program.status === 'active') return { kind: 'already_active' }
  const { latest, definition } = program
  if (input.expected !== undefined && input.expected !== latest) {
    return { kind: 'outdated', basedOn: await findDefinition(tx, input, input.expected), latest, definition }
  }
  if (ruleset.members.length >= MAX_ACTIVE_PROGRAMS) return { kind: 'too_many' }
  const error = timeError(ruleset, effectiveFrom, now)
  if (error) return { kind: 'bad_time', error }
  const expired = expiryError(program.definition, effectiveFrom)
  if (expired) return { kind: 'invalid', errors: [expired] }
  await setStatus(tx, input, 'active', now)
  recordEvents(tx, ruleset.lock, [ruleset], () => {
    const data = { effective_from: effectiveFrom }
    return { type: 'program.activated', at: now, actor: tx.actor, subject: input.programId, data }
  })
  const members = [...ruleset.members, { program_id: input.programId, version: program.latest }]
  return {
    kind: 'activated',
    version: program.latest,
    terms: await appendTerms(tx, ruleset, members, effectiveFrom, now),
  }
}

export type EndOutcome =
  | { kind: 'not_found' | 'already_ended' }
  | { kind: 'bad_time'; error: FieldError }
  | { kind: 'ended'; terms: number | null }

/**
 * Ends a program at `at`, by default now: orders paid later earn nothing in it, balances stay. A
 * draft ends without terms (`terms` is null). An ended program cannot be reactivated. Outcomes in
 * order of precedence: not_found, already_ended, bad_time, ended.
 */
export async function endProgram(
  tx: WriteTransaction,
  input: ProgramKey & { at?: EpochMs },
  { clock }: { clock: Clock },
): Promise<EndOutcome> {
  const now = clock.now()
  const at = input.at ?? now
  const ruleset = await lockRuleset(tx, input.businessId)
  const program = await findLatest(tx, input)
  if (!program) return { kind: 'not_found' }
  if (program.status === 'ended') return { kind: 'already_ended' }
  const isActive = program.status === 'active'
  const error = isActive ? timeError(ruleset, at, now) : null
  if (error) return { kind: 'bad_time', error }
  await setStatus(tx, input, 'ended', now)
  if (!isActive) return { kind: 'ended', terms: null }
  return { kind: 'ended', terms: await appendTerms(tx, ruleset, without(ruleset, input.programId), at, now) }
}

function readAsSent({ definition, currency }: DefinitionAsSent, type?: ProgramType): ReturnType<typeof readDefinition> {
  const read = readDefinition(definition, type)
  if (read.kind === 'invalid' || currency === undefined) return read
  return { ...read, definition: withCeiling(read.definition, currency) }
}
