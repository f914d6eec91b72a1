// Records who removed a connection or an installation, whose rows are deleted.
import type { WriteTransaction } from '../db/database.ts'
import { db } from '../db/tables.ts'
import { instant } from '../db/values.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'

export interface RemovalDeps {
  ids: Ids
  clock: Clock
}

export async function recordRemoval(
  tx: WriteTransaction,
  { businessId, kind, name }: { businessId: Uuid; kind: 'connection' | 'installation'; name: string },
  { ids, clock }: RemovalDeps,
): Promise<void> {
  const row = { business_id: businessId, id: ids.next(), kind, name, removed_at: instant(clock.now()) }
  await tx.run(db.insertInto('removals').values({ ...row, removed_by: tx.actor }))
}
