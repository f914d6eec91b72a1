// Formats a program for the business API, alone and with its versions.
import { actorToJson } from '../../../../contract/actor.ts'
import type { Program, ProgramInFull } from '../../../../contract/api/programs.ts'
import { unitOf } from '../../../../contract/unit.ts'
import type { Queryable } from '../../../db/database.ts'
import type { EpochMs } from '../../../kernel/clock.ts'
import { formatId, type Uuid } from '../../../kernel/ids.ts'
import {
  findProgram,
  type InForce,
  listVersions,
  type ProgramRow,
  timesInForce,
} from '../../../programs/program-queries.ts'
import { formatInstant, notFound } from '../format.ts'

/** `version` is the one in force now. */
export function programRowToJson(row: ProgramRow, version: number | null, currency: string): Program {
  return {
    id: formatId('program', row.id),
    type: row.type,
    name: { en: row.name, ar: row.name_ar },
    status: row.status,
    unit: unitOf(row.type, currency),
    version,
    created_at: formatInstant(row.created_at),
    updated_at: formatInstant(row.updated_at),
    updated_by: actorToJson(row.updated_by),
  }
}

/** Throws 404 when the business has no such program. */
export async function programDetailsToJson(
  q: Queryable,
  { businessId, id, currency, now }: { businessId: Uuid; id: Uuid; currency: string; now: EpochMs },
): Promise<ProgramInFull> {
  const [row, versions, times] = await Promise.all([
    findProgram(q, businessId, id),
    listVersions(q, businessId, id),
    timesInForce(q, businessId, id),
  ])
  if (!row) throw notFound('program')
  return {
    ...programRowToJson(row, times.find((time) => holds(time, now))?.version ?? null, currency),
    versions: versions.map(({ version, definition, created_at, created_by }) => ({
      version,
      // The column contains the result of readDefinition, which is an object.
      definition: definition as Record<string, unknown>,
      in_force: times.filter((time) => time.version === version).map(showTime),
      created_at: formatInstant(created_at),
      created_by: actorToJson(created_by),
    })),
  }
}

function holds({ from, until }: InForce, now: EpochMs): boolean {
  return from <= now && (until === null || now < until)
}

function showTime({ from, until }: InForce) {
  return { from: formatInstant(from), until: formatInstant(until) }
}
