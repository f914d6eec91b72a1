// Loads the programs of businesses for assessments, and caches them by configuration version.
import { LRUCache } from 'lru-cache'
import { normaliseDefinition } from '../../contract/program/normalise.ts'
import type { Definition, ProgramType } from '../../contract/program.ts'
import type { Queryable, Statement } from '../db/database.ts'
import { must } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import { countryOf } from '../kernel/country.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Member } from './ruleset.ts'
import type { PinnedVersion, Terms } from './terms.ts'

export interface ProgramSummary {
  readonly id: Uuid
  readonly type: ProgramType
  readonly name: string
  readonly nameAr: string
  readonly status: 'draft' | 'active' | 'ended'
}

/** Everything that determines what an order of one business earns, at one configuration version. */
export interface BusinessPrograms {
  readonly businessId: Uuid
  readonly configVersion: number
  readonly business: {
    readonly currency: string
    readonly timezone: string
    readonly language: 'ar' | 'en'
    /** ISO 3166-1 alpha-2; null when neither the business nor its time zone names one. */
    readonly country: string | null
  }
  /** Ascending by number and by the time from which they are in force. */
  readonly terms: readonly Terms[]
  readonly programs: ReadonlyMap<Uuid, ProgramSummary>
  version(programId: Uuid, version: number): PinnedVersion | undefined
  termsNumber(number: number): Terms | undefined
}

/** What was loaded last of each business; the businesses that were used longest ago make room. */
export interface ProgramCache {
  get(businessId: Uuid, configVersion: number): BusinessPrograms | undefined
  /** The version that was loaded last; it may be outdated. */
  latest(businessId: Uuid): BusinessPrograms | undefined
  set(programs: BusinessPrograms): void
}

export function createProgramCache(mostBusinesses = 10_000): ProgramCache {
  const entries = new LRUCache<Uuid, BusinessPrograms>({ max: mostBusinesses })
  return {
    get: (businessId, configVersion) => {
      if (entries.peek(businessId)?.configVersion !== configVersion) return undefined
      return entries.get(businessId)
    },
    latest: (businessId) => entries.peek(businessId),
    set: (programs) => void entries.set(programs.businessId, programs),
  }
}

/**
 * Loads the programs of any number of businesses in four statements, or none when all are in
 * `cache`. `configVersion` is read under the business lock in the same transaction, so that it
 * belongs to what is loaded. Do not call it in a transaction that changes programs: after a
 * rollback the cache would hold data that never existed.
 */
export async function loadPrograms(
  q: Queryable,
  businesses: readonly { businessId: Uuid; configVersion: number }[],
  cache: ProgramCache,
): Promise<Map<Uuid, BusinessPrograms>> {
  const found = new Map<Uuid, BusinessPrograms>()
  const missing: { businessId: Uuid; configVersion: number }[] = []
  for (const key of businesses) {
    const cached = cache.get(key.businessId, key.configVersion)
    if (cached) found.set(key.businessId, cached)
    else missing.push(key)
  }
  if (missing.length === 0) return found
  const rows = await loadRows(
    q,
    missing.map(({ businessId }) => businessId),
  )
  for (const { businessId, configVersion } of missing) {
    const programs = assemble(businessId, configVersion, rows)
    cache.set(programs)
    found.set(businessId, programs)
  }
  return found
}

interface Rows {
  businesses: Map<Uuid, BusinessRow>
  programs: Map<Uuid, ProgramRow[]>
  versions: Map<Uuid, VersionRow[]>
  terms: Map<Uuid, TermsRow[]>
}

type BusinessRow = BusinessPrograms['business'] & { businessId: Uuid }
type ProgramRow = ProgramSummary & { businessId: Uuid }
type VersionRow = { businessId: Uuid; programId: Uuid; version: number; definition: Definition }
type TermsRow = { businessId: Uuid; number: number; effectiveFrom: EpochMs; members: Member[] }

async function loadRows(q: Queryable, ids: Uuid[]): Promise<Rows> {
  const [businesses, programs, versions, terms] = await Promise.all([
    q.query<BusinessRow>(BUSINESSES, [ids]),
    q.query<ProgramRow>(PROGRAMS, [ids]),
    q.query<VersionRow>(VERSIONS, [ids]),
    q.query<TermsRow>(TERMS, [ids]),
  ])
  return {
    businesses: new Map(businesses.map((row) => [row.businessId, row])),
    programs: Map.groupBy(programs, (row) => row.businessId),
    versions: Map.groupBy(versions, (row) => row.businessId),
    terms: Map.groupBy(terms, (row) => row.businessId),
  }
}

function assemble(businessId: Uuid, configVersion: number, rows: Rows): BusinessPrograms {
  const row = must(rows.businesses.get(businessId), `business ${businessId}`)
  const { currency, timezone, language } = row
  const programs = new Map(
    (rows.programs.get(businessId) ?? []).map(({ businessId: _, ...program }) => [program.id, program]),
  )
  const versions = new Map<string, PinnedVersion>()
  for (const { programId, version, definition } of rows.versions.get(businessId) ?? []) {
    const { type, name, nameAr } = must(programs.get(programId), `program ${programId}`)
    // Defaults are filled in again: the default of an option that is newer than the row changes
    // nothing for it.
    const pinned = { programId, type, name, nameAr, version, definition: normaliseDefinition(definition) }
    versions.set(versionKey(programId, version), pinned)
  }
  const terms = (rows.terms.get(businessId) ?? []).map(({ number, effectiveFrom, members }) => ({
    number,
    effectiveFrom,
    members: members.map((member) => {
      const key = versionKey(member.program_id, member.version)
      return must(versions.get(key), `program version ${key}`)
    }),
  }))
  const byNumber = new Map(terms.map((one) => [one.number, one]))
  return {
    businessId,
    configVersion,
    business: { currency, timezone, language, country: countryOf(row) },
    terms,
    programs,
    version: (programId, version) => versions.get(versionKey(programId, version)),
    termsNumber: (number) => byNumber.get(number),
  }
}

function versionKey(programId: Uuid, version: number): string {
  return `${programId} ${version}`
}

const BUSINESSES: Statement = {
  name: 'programs_businesses',
  text: 'select id as "businessId", currency, timezone, language, country from businesses where id = any($1::uuid[])',
}

const PROGRAMS: Statement = {
  name: 'programs_programs',
  text: `
select business_id as "businessId", id, type, name, name_ar as "nameAr", status
from programs where business_id = any($1::uuid[])`,
}

const VERSIONS: Statement = {
  name: 'programs_versions',
  text: `
select business_id as "businessId", program_id as "programId", version, definition
from program_versions where business_id = any($1::uuid[])`,
}

const TERMS: Statement = {
  name: 'programs_terms',
  text: `
select business_id as "businessId", number, effective_from as "effectiveFrom", members
from terms where business_id = any($1::uuid[]) order by business_id, number`,
}
