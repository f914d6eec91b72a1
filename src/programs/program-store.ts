// Statements of a program's lifecycle (tables `programs`, `program_versions`).
import type { Definition, ProgramType } from '../../contract/program.ts'
import { raiseConfigVersion } from '../db/config-version.ts'
import type { Transaction, WriteTransaction } from '../db/database.ts'
import { instant, json } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

export interface ProgramKey {
  businessId: Uuid
  programId: Uuid
}

export async function insertDraft(
  tx: WriteTransaction,
  { businessId, programId, type, name, nameAr }: ProgramKey & { type: ProgramType; name: string; nameAr: string },
  now: EpochMs,
): Promise<void> {
  await tx.query(
    `insert into programs (business_id, id, type, name, name_ar, status, created_at, updated_at, updated_by)
     values ($1, $2, $3, $4, $5, 'draft', $6::timestamptz, $6::timestamptz, $7)`,
    [businessId, programId, type, name, nameAr, instant(now), tx.actor],
  )
}

export interface LatestVersion {
  type: ProgramType
  status: 'draft' | 'active' | 'ended'
  /** Number and definition of the latest version. */
  latest: number
  definition: Definition
}

export async function findLatest(
  tx: Transaction,
  { businessId, programId }: ProgramKey,
): Promise<LatestVersion | null> {
  const [row] = await tx.query<LatestVersion>(
    `select p.type, p.status, v.version as latest, v.definition
     from programs p join program_versions v on v.business_id = p.business_id and v.program_id = p.id
     where p.business_id = $1 and p.id = $2
     order by v.version desc limit 1`,
    [businessId, programId],
  )
  return row ?? null
}

/** Null when there is no such version. */
export async function findDefinition(
  tx: Transaction,
  { businessId, programId }: ProgramKey,
  version: number,
): Promise<Definition | null> {
  const [row] = await tx.query<{ definition: Definition }>(
    'select definition from program_versions where business_id = $1 and program_id = $2 and version = $3',
    [businessId, programId, version],
  )
  return row?.definition ?? null
}

export async function insertVersion(
  tx: WriteTransaction,
  { businessId, programId, version }: ProgramKey & { version: number },
  definition: Definition,
  now: EpochMs,
): Promise<void> {
  await tx.query(
    `insert into program_versions (business_id, program_id, version, definition, created_at, created_by)
     values ($1, $2, $3, $4, $5::timestamptz, $6)`,
    [businessId, programId, version, json(definition), instant(now), tx.actor],
  )
}

/** Sets the status and marks the program as changed. */
export async function setStatus(
  tx: WriteTransaction,
  key: ProgramKey,
  status: LatestVersion['status'],
  now: EpochMs,
): Promise<void> {
  await tx.query(
    'update programs set status = $3, updated_at = $4::timestamptz, updated_by = $5 where business_id = $1 and id = $2',
    [key.businessId, key.programId, status, instant(now), tx.actor],
  )
  await raiseConfigVersion(tx, key.businessId)
}
