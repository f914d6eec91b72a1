// The current programs of the caller's business: names, versions in force, and the currency.
import type { Text } from '../../../../contract/errors.ts'
import type { ProgramType } from '../../../../contract/program.ts'
import { unitOf } from '../../../../contract/unit.ts'
import type { Statement } from '../../../db/database.ts'
import { must } from '../../../kernel/assert.ts'
import { formatId, type Uuid } from '../../../kernel/ids.ts'
import { type BusinessPrograms, loadPrograms } from '../../../programs/store.ts'
import type { AppContext } from '../../../server/context.ts'

/**
 * Usually from memory, but never older than this call. Call it before a transaction is opened: it
 * may need a connection of its own, and a request that waits for a second connection can starve all
 * others.
 */
export async function programsOf(ctx: AppContext, businessId: Uuid): Promise<BusinessPrograms> {
  const [book] = await ctx.db.query<{ configVersion: number }>(BOOK, [businessId])
  const cached = book && ctx.programs.get(businessId, book.configVersion)
  if (cached) return cached
  return ctx.db.transaction(async (tx) => {
    const locked = await tx.query<{ businessId: Uuid; configVersion: number }>(LOCKED_BOOK, [businessId])
    return must((await loadPrograms(tx, locked, ctx.programs)).get(businessId), 'the programs of the business')
  })
}

const BOOK: Statement = {
  name: 'order_book',
  text: 'select config_version as "configVersion" from business_locks where business_id = $1',
}

/** Excludes changes of programs while they are loaded. Ingest, whose lock is weaker, goes on. */
const LOCKED_BOOK: Statement = {
  name: 'order_book_locked',
  text: `
select business_id as "businessId", config_version as "configVersion"
from business_locks where business_id = $1 for key share`,
}

export interface ShownProgram {
  program_id: string
  program_type: ProgramType
  program_name: Text
  unit: string
}

/** How balances and movements refer to their program. */
export function programToJson(programs: BusinessPrograms, programId: Uuid): ShownProgram {
  const { type, name, nameAr } = must(programs.programs.get(programId), `program ${programId}`)
  return {
    program_id: formatId('program', programId),
    program_type: type,
    program_name: { en: name, ar: nameAr },
    unit: unitOf(type, programs.business.currency),
  }
}
