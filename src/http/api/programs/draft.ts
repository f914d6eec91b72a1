// The version that a request asks to try: a draft in its body, or a stored version of a program.
import { type Definition, type ProgramType, readDefinition } from '../../../../contract/program.ts'
import { derivedId, type Uuid } from '../../../kernel/ids.ts'
import { withCeiling } from '../../../programs/ceiling.ts'
import type { BusinessPrograms } from '../../../programs/store.ts'
import type { PinnedVersion } from '../../../programs/terms.ts'
import { invalid } from '../../problem.ts'
import { idOr404, notFound } from '../format.ts'
import { badDefinition, withType } from './definition.ts'

interface AsksFor {
  program_id?: string
  version?: number
  definition?: unknown
}

/**
 * `version` is 0 for a draft. Throws 404 for an unknown program or version, and 422 for a
 * definition with errors and for a body that names neither or both.
 */
export function draftOf(programs: BusinessPrograms, { program_id, version, definition }: AsksFor): PinnedVersion {
  if (program_id !== undefined) return ofProgram(programs, idOr404('program', program_id), { version, definition })
  if (definition === undefined) throw nothingToTry()
  const read = readDraft(programs, definition)
  return { programId: UNSAVED, type: read.type, name: '', nameAr: '', version: 0, definition: read }
}

/** A draft or a version of this program; by default its latest version. */
export function ofProgram(
  programs: BusinessPrograms,
  programId: Uuid,
  { version, definition }: { version?: number | undefined; definition?: unknown },
): PinnedVersion {
  const program = programs.programs.get(programId)
  if (!program) throw notFound('program')
  const { type, name, nameAr } = program
  if (definition !== undefined) {
    if (version !== undefined) throw onlyOne()
    const read = readDraft(programs, withType(type, definition), type)
    return { programId, type, name, nameAr, version: 0, definition: read }
  }
  const stored = version === undefined ? latestOf(programs, programId) : programs.version(programId, version)
  if (!stored) throw notFound('program')
  return stored
}

const UNSAVED = derivedId('sample', 'program')

function latestOf(programs: BusinessPrograms, programId: Uuid): PinnedVersion | undefined {
  let latest: PinnedVersion | undefined
  for (let version = 1; ; version++) {
    const next = programs.version(programId, version)
    if (!next) return latest
    latest = next
  }
}

function readDraft(programs: BusinessPrograms, definition: unknown, type?: ProgramType): Definition {
  const read = readDefinition(definition, type)
  if (read.kind === 'invalid') throw badDefinition(read.errors)
  return withCeiling(read.definition, programs.business.currency)
}

function nothingToTry() {
  return invalid(
    '/definition',
    'is missing: send a definition, or the program_id of an existing program',
    'غير موجود: أرسل تعريفًا، أو program_id لبرنامج موجود',
  )
}

function onlyOne() {
  return invalid(
    '/version',
    'cannot be combined with a definition; remove one of them',
    'لا يمكن إرساله مع تعريف؛ احذف أحدهما',
  )
}
