// Formats a movement of the ledger for the business API, with its reason in both languages.
import { type Actor, actorToJson } from '../../../../contract/actor.ts'
import type { LedgerEntry } from '../../../../contract/api/customers.ts'
import type { EpochMs } from '../../../kernel/clock.ts'
import { formatId, type Uuid } from '../../../kernel/ids.ts'
import { signedUnits, type Transfer } from '../../../ledger/transfers.ts'
import type { BusinessPrograms } from '../../../programs/store.ts'
import { explain, type Why } from '../../../programs/why.ts'
import { formatInstant, formatOptionalId } from '../format.ts'
import { programToJson } from '../programs/programs-of.ts'

type Entry = Omit<Transfer<Why>, 'lots' | 'pending'> & { createdAt: EpochMs; actor: Actor | null }

/** `sales` returns the sale behind the source of a movement, if there is one. */
export function entryToJson(entry: Entry, programs: BusinessPrograms, sales: ReadonlyMap<Uuid, Uuid>): LedgerEntry {
  const program = programToJson(programs, entry.programId)
  const setting = { type: program.program_type, currency: programs.business.currency }
  return {
    id: formatId('transfer', entry.id),
    ...program,
    kind: entry.kind,
    units: signedUnits(entry),
    balance: entry.balance,
    why: { en: explain(entry.why, 'en', setting), ar: explain(entry.why, 'ar', setting) },
    order_id: formatOptionalId('order', sales.get(entry.sourceId) ?? null),
    occurred_at: formatInstant(entry.occurredAt),
    created_at: formatInstant(entry.createdAt),
    actor: actorToJson(entry.actor),
  }
}
